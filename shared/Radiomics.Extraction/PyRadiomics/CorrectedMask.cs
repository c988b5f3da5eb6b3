namespace Radiomics.Extraction;

/// <summary>PyRadiomics' <c>correctMask</c>: a mask on another grid, brought onto the image's.</summary>
internal static class CorrectedMask
{
    // In voxels of the image, as there.
    private const double Tolerance = 1e-3;

    /// <summary>The mask by its nearest voxels, if two opposite corners of the ROI's box lie within the image.</summary>
    /// <exception cref="RadiomicsException"><c>EmptyRoi</c>; <c>GridMismatch</c>: the ROI goes beyond the image.</exception>
    public static Mask Of(Mask roi, VolumeGeometry image)
    {
        var g = roi.Geometry;
        var box = VoxelBox.Around(roi.Voxels, g.SizeX, g.SizeY, g.SizeZ) ?? throw new RadiomicsException("EmptyRoi", "The ROI has no voxel inside.");
        var a = image.ToIndex(g.ToPatient(box.X - 0.5, box.Y - 0.5, box.Z - 0.5));
        var b = image.ToIndex(g.ToPatient(box.X + box.SizeX - 0.5, box.Y + box.SizeY - 0.5, box.Z + box.SizeZ - 0.5));
        return IsWithin(a.X, b.X, image.SizeX) && IsWithin(a.Y, b.Y, image.SizeY) && IsWithin(a.Z, b.Z, image.SizeZ)
            ? roi.ResampledOnto(image)
            : throw new RadiomicsException("GridMismatch", "The ROI reaches beyond the image, so 'correctMask' can't bring it onto the image's grid.");
    }

    private static bool IsWithin(double a, double b, int size) => Math.Min(a, b) >= -0.5 - Tolerance && Math.Max(a, b) <= size - 0.5 + Tolerance;
}
