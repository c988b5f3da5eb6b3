namespace Radiomics.Extraction;

/// <summary>Intensity histogram, <c>ih_</c> (IBSI manual 3.4): of the discretised intensity mask.</summary>
internal static class HistogramFeatures
{
    public static void Add(Intensities sortedIntensities, GreyLevels levels, FeatureSink features)
    {
        var counts = new int[levels.Count];
        foreach (var intensity in sortedIntensities)
        {
            counts[levels.LevelOf(intensity) - 1]++;
        }

        var m = HistogramMoments.Of(counts);
        features.Add("ih_mean", m.Mean);
        features.Add("ih_var", m.Variance);
        features.Add("ih_skew", m.Skewness);
        features.Add("ih_kurt", m.Kurtosis);
        features.Add("ih_median", m.Median);
        features.Add("ih_min", m.Minimum);
        features.Add("ih_p10", m.P10);
        features.Add("ih_p90", m.P90);
        features.Add("ih_max", m.Maximum);
        features.Add("ih_mode", Mode(counts, m.Mean));
        features.Add("ih_iqr", m.InterquartileRange);
        features.Add("ih_range", m.Range);
        features.Add("ih_mad", m.MeanAbsoluteDeviation);
        features.Add("ih_rmad", m.RobustMeanAbsoluteDeviation, "No grey level lies between the 10th and the 90th percentile.");
        features.Add("ih_medad", m.MedianAbsoluteDeviation);
        features.Add("ih_cov", m.CoefficientOfVariation);
        features.Add("ih_qcod", m.QuartileCoefficientOfDispersion);
        AddShape(counts, sortedIntensities.Length, features);
        AddGradients(counts, features);
    }

    /// <summary>The commonest level; of several, the one closest to the mean, and of two as close, the lower.</summary>
    private static int Mode(int[] counts, double mean)
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

    /// <summary>Entropy −Σ p·log₂ p and uniformity Σ p².</summary>
    private static void AddShape(int[] counts, int total, FeatureSink features)
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

        features.Add("ih_entropy", entropy);
        features.Add("ih_uniformity", uniformity);
    }

    /// <summary>Steepest rise and fall of the counts, by central differences (one-sided at the ends), and at which level.</summary>
    private static void AddGradients(int[] counts, FeatureSink features)
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

        const string reason = "A histogram of one grey level has no gradient.";
        features.Add("ih_max_grad", max, reason);
        features.Add("ih_max_grad_g", maxLevel, reason);
        features.Add("ih_min_grad", min, reason);
        features.Add("ih_min_grad_g", minLevel, reason);
    }
}
