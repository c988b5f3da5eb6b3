namespace Radiomics.Extraction;

/// <summary>Takes voxels out of the intensity mask by their intensity (IBSI manual 2.5).</summary>
internal static class ReSegmentation
{
    /// <summary>The intensity mask that remains of <paramref name="grid"/>'s mask.</summary>
    /// <param name="inside">The intensities of that mask.</param>
    public static byte[] Apply(RoiGrid grid, float[] inside, ReSegmentationSettings settings)
    {
        var (lower, upper) = (settings.Lower ?? double.NegativeInfinity, settings.Upper ?? double.PositiveInfinity);
        if (settings.OutlierSigma is { } sigmas)
        {
            var (mean, deviation) = MeanAndDeviation(inside);
            lower = Math.Max(lower, mean - sigmas * deviation);
            upper = Math.Min(upper, mean + sigmas * deviation);
        }

        if (double.IsNegativeInfinity(lower) && double.IsPositiveInfinity(upper))
        {
            return grid.Mask;
        }

        var mask = new byte[grid.Mask.Length];
        for (var i = 0; i < mask.Length; i++)
        {
            if (grid.Mask[i] != 0 && grid.Intensities[i] >= lower && grid.Intensities[i] <= upper)
            {
                mask[i] = 1;
            }
        }

        return mask;
    }

    private static (double Mean, double Deviation) MeanAndDeviation(float[] values)
    {
        double sum = 0;
        foreach (var value in values)
        {
            sum += value;
        }

        var mean = sum / values.Length;
        double squares = 0;
        foreach (var value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        return (mean, Math.Sqrt(squares / values.Length));
    }
}
