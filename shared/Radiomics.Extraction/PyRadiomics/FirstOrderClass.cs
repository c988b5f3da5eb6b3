namespace Radiomics.Extraction;

/// <summary>PyRadiomics' class <c>firstorder</c>: intensities, and the histogram of their grey levels.</summary>
internal static class FirstOrderClass
{
    /// <summary>What PyRadiomics adds to a probability before it takes the logarithm: the distance from 1 to the next number.</summary>
    public const double Epsilon = 2.220446049250313e-16;

    public static void Add(PyRadiomicsMap image, ClassSink features)
    {
        var sorted = image.Sorted;
        var (sx, sy, sz) = image.Roi.Spacing;
        var m = IntensityMoments.Of(sorted);
        var energy = Energy(sorted, image.Special.VoxelArrayShift);
        features.Add("Energy", energy);
        features.Add("TotalEnergy", energy * (sx * sy * sz));
        features.Add("RootMeanSquared", Math.Sqrt(energy / sorted.Length));
        features.Add("Minimum", m.Minimum);
        features.Add("10Percentile", m.P10);
        features.Add("90Percentile", m.P90);
        features.Add("Maximum", m.Maximum);
        features.Add("Mean", m.Mean);
        features.Add("Median", m.Median);
        features.Add("InterquartileRange", m.InterquartileRange);
        features.Add("Range", m.Range);
        features.Add("MeanAbsoluteDeviation", m.MeanAbsoluteDeviation);
        features.Add("RobustMeanAbsoluteDeviation", m.RobustMeanAbsoluteDeviation, "No intensity lies between the 10th and the 90th percentile.");
        features.Add("StandardDeviation", Math.Sqrt(m.Variance));
        features.Add("Skewness", m.Skewness);
        features.Add("Kurtosis", m.Variance == 0 ? 0 : m.Kurtosis + 3);
        features.Add("Variance", m.Variance);
        AddHistogram(image, features);
    }

    private static double Energy(Intensities values, double shift)
    {
        double sum = 0;
        foreach (var value in values)
        {
            sum += (value + shift) * (value + shift);
        }

        return sum;
    }

    /// <summary>Counts runs of equal levels: the intensities are sorted, and so are their levels.</summary>
    private static void AddHistogram(PyRadiomicsMap image, ClassSink features)
    {
        var values = image.Sorted;
        double entropy = 0, uniformity = 0;
        var from = 0;
        var level = image.Bins.LevelOf(values[0]);
        for (var i = 1; i <= values.Length; i++)
        {
            var next = i < values.Length ? image.Bins.LevelOf(values[i]) : 0;
            if (next != level)
            {
                var p = (double)(i - from) / values.Length;
                entropy -= p * Math.Log2(p + Epsilon);
                uniformity += p * p;
                (from, level) = (i, next);
            }
        }

        features.Add("Entropy", entropy);
        features.Add("Uniformity", uniformity);
    }
}
