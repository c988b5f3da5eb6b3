using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>What can be said of an ROI on the grid of a sequence, for people who must decide whether to believe what follows from it.</summary>
public sealed record RoiQuality
{
    /// <summary>Millilitres, on the sequence's grid.</summary>
    public required double VolumeMl { get; init; }

    /// <summary>Slices that have a voxel of it.</summary>
    public required int Slices { get; init; }

    /// <summary>Parts that don't touch each other, not even by a corner.</summary>
    public required int Components { get; init; }

    /// <summary>The largest part's share of the volume, from 0 to 1.</summary>
    public required double LargestComponentShare { get; init; }

    /// <summary>Holes, counted slice by slice: areas outside that lie within the ROI all around.</summary>
    public required int Holes { get; init; }

    /// <summary>The share of the region as drawn, from 0 to 1, that lies outside the image.</summary>
    public required double ShareOutside { get; init; }

    /// <summary>The profile's limits that it exceeds, in words; empty if it keeps them all or there are none.</summary>
    public IReadOnlyList<string> BeyondLimits { get; init; } = [];

    /// <summary>The quality of <paramref name="mask"/>, which has at least one voxel.</summary>
    internal static RoiQuality Of(Mask mask, double shareOutside, RoiLimits? limits)
    {
        var grid = mask.Geometry;
        var area = grid.SizeX * grid.SizeY;
        var components = MaskTopology.Components(mask);
        var inside = components.Sum();
        var quality = new RoiQuality
        {
            VolumeMl = Math.Round(inside * grid.VoxelVolume / 1000, 3),
            Slices = Enumerable.Range(0, grid.SizeZ).Count(k => mask.Voxels.AsSpan(k * area, area).Contains((byte)1)),
            Components = components.Count,
            LargestComponentShare = Math.Round((double)components.Max() / inside, 4),
            Holes = MaskTopology.CountHoles(mask),
            ShareOutside = Math.Round(shareOutside, 4),
        };
        return limits is null ? quality : quality with { BeyondLimits = [.. limits.ExceededBy(quality)] };
    }
}
