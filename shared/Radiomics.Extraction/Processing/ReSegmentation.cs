namespace Radiomics.Extraction;

/// <summary>Takes voxels out of the intensity mask by their intensity (IBSI manual 2.5).</summary>
internal static class ReSegmentation
{
    /// <summary>The intensity mask that remains of <paramref name="grid"/>'s mask: that mask itself if nothing leaves it.</summary>
    /// <param name="grid">The ROI.</param>
    /// <param name="inside">What its intensities are; outliers are judged on them, whatever the range takes out.</param>
    /// <param name="settings">The limits; with both kinds, what both leave.</param>
    public static byte[] Apply(RoiGrid grid, IntensitySummary inside, ReSegmentationSettings settings)
    {
        var (lower, upper) = Limits(inside, settings);
        if (inside.Minimum >= lower && inside.Maximum <= upper)
        {
            return grid.Mask;
        }

        return grid.Intensities.Doubles is { } doubles ? Between(grid.Mask, doubles, lower, upper) : Between(grid.Mask, grid.Intensities.Floats, lower, upper);
    }

    private static byte[] Between<T>(byte[] original, T[] intensities, double lower, double upper)
        where T : unmanaged
    {
        var mask = new byte[original.Length];
        for (var i = 0; i < mask.Length; i++)
        {
            if (original[i] != 0 && Real.ToDouble(intensities[i]) >= lower && Real.ToDouble(intensities[i]) <= upper)
            {
                mask[i] = 1;
            }
        }

        return mask;
    }

    private static (double Lower, double Upper) Limits(IntensitySummary inside, ReSegmentationSettings settings)
    {
        var deviation = Math.Sqrt(inside.Squares / inside.Count);
        var (zero, unit) = settings.Unit switch
        {
            ReSegmentationUnit.Maximum => (0, inside.Maximum),
            ReSegmentationUnit.StandardDeviation => (inside.Mean, deviation),
            _ => (0.0, 1.0),
        };
        var lower = settings.Lower is { } l ? zero + unit * l : double.NegativeInfinity;
        var upper = settings.Upper is { } u ? zero + unit * u : double.PositiveInfinity;
        return settings.OutlierSigma is { } sigmas
            ? (Math.Max(lower, inside.Mean - sigmas * deviation), Math.Min(upper, inside.Mean + sigmas * deviation))
            : (lower, upper);
    }
}
