namespace Radiomics.Extraction;

/// <summary>A box of an image's voxels, or of what is made of them; the whole image isn't copied.</summary>
internal readonly record struct ImageBlock(Intensities Voxels, VoxelBox Box)
{
    /// <summary>The whole image, as it is.</summary>
    public static ImageBlock Whole(Volume image) => new(image.Intensities, VoxelBox.Whole((image.Geometry.SizeX, image.Geometry.SizeY, image.Geometry.SizeZ)));

    /// <summary>Index of the first voxel of row (y, z), in the image's own indices, less the box's x: add an image's x.</summary>
    public int Row(int y, int z) => ((z - Box.Z) * Box.SizeY + y - Box.Y) * Box.SizeX - Box.X;
}
