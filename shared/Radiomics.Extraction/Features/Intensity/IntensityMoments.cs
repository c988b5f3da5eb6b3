namespace Radiomics.Extraction;

/// <summary>
/// The statistics that intensities (<c>stat_</c>) and grey levels (<c>ih_</c>) have in common, of values in ascending order.
/// Sums run over the sorted values in double precision, so that they don't depend on the order of voxels.
/// </summary>
internal sealed record IntensityMoments
{
    public required double Mean { get; init; }

    /// <summary>Population variance.</summary>
    public required double Variance { get; init; }

    /// <summary>0 where all values are equal (IBSI manual 3.3.3).</summary>
    public required double Skewness { get; init; }

    /// <summary>Excess kurtosis; 0 where all values are equal (IBSI manual 3.3.4).</summary>
    public required double Kurtosis { get; init; }

    public required double Minimum { get; init; }

    public required double P10 { get; init; }

    public required double P25 { get; init; }

    public required double Median { get; init; }

    public required double P75 { get; init; }

    public required double P90 { get; init; }

    public required double Maximum { get; init; }

    /// <summary>Mean distance from the mean.</summary>
    public required double MeanAbsoluteDeviation { get; init; }

    /// <summary>Mean distance from their own mean of the values between the 10th and the 90th percentile, both included.</summary>
    public required double RobustMeanAbsoluteDeviation { get; init; }

    /// <summary>Mean distance from the median.</summary>
    public required double MedianAbsoluteDeviation { get; init; }

    /// <summary>Sum of squares.</summary>
    public required double Energy { get; init; }

    /// <summary>Number of values.</summary>
    public required int Count { get; init; }

    public double InterquartileRange => P75 - P25;

    public double Range => Maximum - Minimum;

    /// <summary>Not finite if the mean is 0.</summary>
    public double CoefficientOfVariation => Math.Sqrt(Variance) / Mean;

    /// <summary>Not finite if the quartiles add up to 0.</summary>
    public double QuartileCoefficientOfDispersion => (P75 - P25) / (P75 + P25);

    public static IntensityMoments Of(ReadOnlySpan<float> sorted)
    {
        var n = sorted.Length;
        double sum = 0, energy = 0;
        foreach (var value in sorted)
        {
            sum += value;
            energy += (double)value * value;
        }

        var mean = sum / n;
        var median = Percentile(sorted, 50);
        double m2 = 0, m3 = 0, m4 = 0, aroundMean = 0, aroundMedian = 0;
        foreach (var value in sorted)
        {
            var d = value - mean;
            var d2 = d * d;
            m2 += d2;
            m3 += d2 * d;
            m4 += d2 * d2;
            aroundMean += Math.Abs(d);
            aroundMedian += Math.Abs(value - median);
        }

        var variance = sorted[0] == sorted[^1] ? 0 : m2 / n;
        var (p10, p90) = (Percentile(sorted, 10), Percentile(sorted, 90));
        return new()
        {
            Count = n,
            Mean = mean,
            Variance = variance,
            Skewness = variance == 0 ? 0 : m3 / n / Math.Pow(variance, 1.5),
            Kurtosis = variance == 0 ? 0 : m4 / n / (variance * variance) - 3,
            Minimum = sorted[0],
            P10 = p10,
            P25 = Percentile(sorted, 25),
            Median = median,
            P75 = Percentile(sorted, 75),
            P90 = p90,
            Maximum = sorted[^1],
            MeanAbsoluteDeviation = aroundMean / n,
            RobustMeanAbsoluteDeviation = DeviationBetween(sorted, p10, p90),
            MedianAbsoluteDeviation = aroundMedian / n,
            Energy = energy,
        };
    }

    /// <summary>Percentile by linear interpolation between the closest ranks.</summary>
    private static double Percentile(ReadOnlySpan<float> sorted, int percent)
    {
        // In whole numbers, so that a rank that is whole is exactly so.
        var scaled = (long)(sorted.Length - 1) * percent;
        var rank = (int)(scaled / 100);
        var fraction = (scaled % 100) / 100.0;
        return fraction == 0 ? sorted[rank] : sorted[rank] + fraction * ((double)sorted[rank + 1] - sorted[rank]);
    }

    private static double DeviationBetween(ReadOnlySpan<float> sorted, double low, double high)
    {
        double sum = 0;
        var count = 0;
        foreach (var value in sorted)
        {
            if (value >= low && value <= high)
            {
                sum += value;
                count++;
            }
        }

        var mean = sum / count;
        double deviation = 0;
        foreach (var value in sorted)
        {
            if (value >= low && value <= high)
            {
                deviation += Math.Abs(value - mean);
            }
        }

        // One or two values have none between their percentiles.
        return count == 0 ? double.NaN : deviation / count;
    }
}
