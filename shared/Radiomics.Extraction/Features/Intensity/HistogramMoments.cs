namespace Radiomics.Extraction;

/// <summary><see cref="IntensityMoments"/> of grey levels from how often each occurs: as many steps as there are levels, not voxels.</summary>
internal static class HistogramMoments
{
    /// <summary>Of <c>counts[i]</c> voxels of grey level i + 1.</summary>
    public static IntensityMoments Of(ReadOnlySpan<int> counts)
    {
        var first = counts.IndexOfAnyExcept(0);
        var last = counts.LastIndexOfAnyExcept(0);
        long n = 0, sum = 0, energy = 0;
        for (var i = first; i <= last; i++)
        {
            long level = i + 1;
            n += counts[i];
            sum += counts[i] * level;
            energy += counts[i] * level * level;
        }

        var mean = (double)sum / n;
        var median = Percentile(counts, n, 50);
        double m2 = 0, m3 = 0, m4 = 0;
        for (var i = first; i <= last; i++)
        {
            var d = i + 1 - mean;
            var d2 = d * d;
            m2 += counts[i] * d2;
            m3 += counts[i] * (d2 * d);
            m4 += counts[i] * (d2 * d2);
        }

        var variance = first == last ? 0 : m2 / n;
        var (p10, p90) = (Percentile(counts, n, 10), Percentile(counts, n, 90));
        return new()
        {
            Count = (int)n,
            Mean = mean,
            Variance = variance,
            Skewness = variance == 0 ? 0 : m3 / n / Math.Pow(variance, 1.5),
            Kurtosis = variance == 0 ? 0 : m4 / n / (variance * variance) - 3,
            Minimum = first + 1,
            P10 = p10,
            P25 = Percentile(counts, n, 25),
            Median = median,
            P75 = Percentile(counts, n, 75),
            P90 = p90,
            Maximum = last + 1,
            MeanAbsoluteDeviation = MeanDistance(counts, first, last, mean),
            RobustMeanAbsoluteDeviation = Robust(counts, (int)Math.Ceiling(p10) - 1, (int)Math.Floor(p90) - 1),
            MedianAbsoluteDeviation = MeanDistance(counts, first, last, median),
            Energy = energy,
        };
    }

    /// <summary>Percentile by linear interpolation between the closest ranks.</summary>
    private static double Percentile(ReadOnlySpan<int> counts, long n, int percent)
    {
        var (rank, fraction) = IntensityMoments.Rank((int)n, percent);
        var level = 0;
        long through = counts[0];
        while (through <= rank)
        {
            through += counts[++level];
        }

        if (fraction == 0 || rank + 1 < through)
        {
            return level + 1;
        }

        var next = level + 1;
        while (counts[next] == 0)
        {
            next++;
        }

        return level + 1 + fraction * (next - level);
    }

    /// <summary>Mean distance of the levels from <paramref name="first"/> to <paramref name="last"/> (indices) from their own mean; NaN if none occurs.</summary>
    private static double Robust(ReadOnlySpan<int> counts, int first, int last)
    {
        long n = 0, sum = 0;
        for (var i = first; i <= last; i++)
        {
            n += counts[i];
            sum += counts[i] * (i + 1L);
        }

        return n == 0 ? double.NaN : MeanDistance(counts, first, last, (double)sum / n);
    }

    private static double MeanDistance(ReadOnlySpan<int> counts, int first, int last, double center)
    {
        double sum = 0;
        long n = 0;
        for (var i = first; i <= last; i++)
        {
            n += counts[i];
            sum += counts[i] * Math.Abs(i + 1 - center);
        }

        return sum / n;
    }
}
