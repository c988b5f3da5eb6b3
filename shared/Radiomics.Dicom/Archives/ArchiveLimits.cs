using System.ComponentModel.DataAnnotations;

namespace Radiomics.Dicom;

/// <summary>How much an upload may hold before it is refused as <c>ArchiveTooLarge</c>.</summary>
public sealed record ArchiveLimits
{
    /// <summary>For a tool that works on one study, for somebody who knows what it is.</summary>
    public static ArchiveLimits OfATool { get; } = new() { MaxVoxels = VoxelLimit.Most };

    /// <summary>Entries, folders included.</summary>
    [Range(1, int.MaxValue)]
    public int MaxEntries { get; init; } = 20_000;

    /// <summary>Bytes of all entries together after inflation, as the archive says and as actually read.</summary>
    [Range(1, long.MaxValue)]
    public long MaxTotalBytes { get; init; } = 8L << 30;

    /// <summary>
    /// Bytes of one entry after inflation, as the archive says and as actually read. An entry is held while it is parsed: in memory if it is small, else in a temporary file.
    /// What is no DICOM file isn't held, and only counts in the total.
    /// </summary>
    [Range(1, long.MaxValue)]
    public long MaxEntryBytes { get; init; } = 1L << 30;

    /// <summary>
    /// Inflated bytes per stored byte of one entry, or of the deflated dataset inside it, asked once more than <see cref="RatioFloorBytes"/> have come.
    /// </summary>
    [Range(1, double.MaxValue)]
    public double MaxRatio { get; init; } = 200;

    /// <summary>
    /// Up to this many inflated bytes the ratio isn't asked, and the other limits alone bound what is read. Blank images and masks deflate as far as Deflate
    /// goes (1032 : 1), so any volume must fit: the most voxels that one may have, a byte each.
    /// </summary>
    [Range(0, long.MaxValue)]
    public long RatioFloorBytes { get; init; } = VoxelLimit.Most;

    /// <summary>
    /// Voxels of a series, or of the grid of a region of interest: 512 × 512 × 256 if not said. All steps hold a volume in memory, four bytes a voxel and more while they work on it. A series
    /// of more is <c>GeometryUnusable</c>, a region <c>RoiUnreadable</c>.
    /// </summary>
    [Range(1, VoxelLimit.Most)]
    public int MaxVoxels { get; init; } = 1 << 26;
}
