namespace Radiomics.Extraction;

/// <summary>An image: intensities on a voxel grid, x fastest.</summary>
public sealed class Volume
{
    /// <summary>Wraps <paramref name="voxels"/> (not copied); its length must be the grid's voxel count.</summary>
    /// <exception cref="ArgumentException">The length differs.</exception>
    public Volume(VolumeGeometry geometry, float[] voxels)
    {
        if (voxels.Length != geometry.Count)
        {
            throw new ArgumentException($"{voxels.Length} voxels for a grid of {geometry.Count}.", nameof(voxels));
        }

        Geometry = geometry;
        Voxels = voxels;
    }

    /// <summary>The grid.</summary>
    public VolumeGeometry Geometry { get; }

    /// <summary>Intensities; index <c>(k·SizeY + j)·SizeX + i</c>.</summary>
    public float[] Voxels { get; }
}
