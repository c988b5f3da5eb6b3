namespace Radiomics.Extraction;

/// <summary>What is measured of a histogram of grey levels.</summary>
internal sealed record LevelHistogram
{
    /// <summary>Moments and percentiles of the levels.</summary>
    public required IntensityMoments Moments { get; init; }

    /// <summary>The commonest level; of several, the one closest to the mean, and of two as close, the lower.</summary>
    public required int Mode { get; init; }

    /// <summary>−Σ p·log₂ p.</summary>
    public required double Entropy { get; init; }

    /// <summary>Σ p².</summary>
    public required double Uniformity { get; init; }

    /// <summary>Steepest rise of the counts from level to level; not finite if there is one level only.</summary>
    public required double MaximumGradient { get; init; }

    /// <summary>At which level.</summary>
    public required double MaximumGradientLevel { get; init; }

    /// <summary>Steepest fall.</summary>
    public required double MinimumGradient { get; init; }

    /// <summary>At which level.</summary>
    public required double MinimumGradientLevel { get; init; }

    /// <summary>Of <c>counts[i]</c> voxels of grey level i + 1.</summary>
    public static LevelHistogram Of(int[] counts)
    {
        var moments = HistogramMoments.Of(counts);
        var (entropy, uniformity) = Shape(counts, moments.Count);
        var gradients = Gradients(counts);
        return new()
        {
            Moments = moments,
            Mode = FindMode(counts, moments.Mean),
            Entropy = entropy,
            Uniformity = uniformity,
            MaximumGradient = gradients.Max,
            MaximumGradientLevel = gradients.MaxLevel,
            MinimumGradient = gradients.Min,
            MinimumGradientLevel = gradients.MinLevel,
        };
    }

    private static int FindMode(int[] counts, double mean)
    {
        var best = 0;
        for (var i = 1; i < counts.Length; i++)
        {
            if (counts[i] > counts[best] || (counts[i] == counts[best] && Math.Abs(i + 1 - mean) < Math.Abs(best + 1 - mean)))
            {
                best = i;
            }
        }

        return best + 1;
    }

    private static (double Entropy, double Uniformity) Shape(int[] counts, int total)
    {
        double entropy = 0, uniformity = 0;
        foreach (var count in counts)
        {
            if (count > 0)
            {
                var p = (double)count / total;
                entropy -= p * Math.Log2(p);
                uniformity += p * p;
            }
        }

        return (entropy, uniformity);
    }

    /// <summary>By central differences, one-sided at the ends.</summary>
    private static (double Max, double MaxLevel, double Min, double MinLevel) Gradients(int[] counts)
    {
        double max = double.NegativeInfinity, min = double.PositiveInfinity;
        double maxLevel = double.NaN, minLevel = double.NaN;
        for (var i = 0; i < counts.Length && counts.Length > 1; i++)
        {
            var (low, high) = (Math.Max(0, i - 1), Math.Min(counts.Length - 1, i + 1));
            var gradient = (double)(counts[high] - counts[low]) / (high - low);
            if (gradient > max)
            {
                (max, maxLevel) = (gradient, i + 1);
            }

            if (gradient < min)
            {
                (min, minLevel) = (gradient, i + 1);
            }
        }

        return (max, maxLevel, min, minLevel);
    }
}
