namespace Radiomics.Extraction;

/// <summary>
/// The processed image around an ROI: its box grown by a margin, as far as the image goes. Unlike in <see cref="RoiGrid"/> every voxel is
/// interpolated, normalised and rounded, for what looks beyond the ROI (filters, intensity peaks). Voxels that are no number in the image are none here.
/// </summary>
internal sealed record SupportGrid
{
    /// <summary>mm.</summary>
    public required (double X, double Y, double Z) Spacing { get; init; }

    /// <summary>Where this part lies in the whole grid.</summary>
    public required VoxelBox Box { get; init; }

    /// <summary>Where the first voxel of the ROI's box lies in this part.</summary>
    public required (int X, int Y, int Z) Offset { get; init; }

    /// <summary>Intensities of the whole part, x fastest.</summary>
    public required Intensities Intensities { get; init; }
}
