namespace Radiomics.Dicom;

/// <summary>How many voxels a series or a region's own grid may have at most, whatever <see cref="ArchiveLimits.MaxVoxels"/> says. Sizes come from headers, which cost their writer nothing.</summary>
internal static class VoxelLimit
{
    /// <summary>1024 × 1024 × 256; a volume of it takes 1 GiB.</summary>
    public const int Most = 1 << 28;

    /// <summary>Whether a grid stays within so many voxels; false for sizes that are no numbers. In floating point, since products of headers overflow integers.</summary>
    public static bool Holds(double sizeX, double sizeY, double sizeZ, int most = Most) => sizeX * sizeY * sizeZ <= most;
}
