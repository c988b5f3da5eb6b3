namespace Radiomics.Extraction;

/// <summary>PyRadiomics' class <c>firstorder</c>: intensities, and the histogram of their grey levels.</summary>
internal static class FirstOrderClass
{
    public static readonly PyRadiomicsClass<Measures> Class = new("firstorder", FeatureFamily.Statistics, All());

    public static void Add(PyRadiomicsMap image, ClassSink features)
    {
        var sorted = image.Sorted;
        var (sx, sy, sz) = image.Roi.Spacing;
        var (entropy, uniformity) = Histogram(image);
        Class.Add(new(IntensityMoments.Of(sorted), Energy(sorted, image.Special.VoxelArrayShift), sx * sy * sz, entropy, uniformity), features);
    }

    /// <summary>IBSI's statistics by its formulas where PyRadiomics has them; the others by its own.</summary>
    private static PyRadiomicsFeature<Measures>[] All()
    {
        var all = new List<PyRadiomicsFeature<Measures>>
        {
            new(StatisticsFeatures.Table["stat_energy"], m => m.Energy),
            new("TotalEnergy", FeatureUnit.IntegratedIntensity, "Σ (x + voxelArrayShift)² · volume of a voxel", m => m.Energy * m.VoxelVolume),
            new(StatisticsFeatures.Table["stat_rms"], m => Math.Sqrt(m.Energy / m.Moments.Count)),
            new("StandardDeviation", FeatureUnit.Intensity, "σ", m => Math.Sqrt(m.Moments.Variance)) { OnRequest = true },
            new(StatisticsFeatures.Table["stat_kurt"], m => m.Moments.Variance == 0 ? 0 : m.Moments.Kurtosis + 3),
            new(HistogramFeatures.Table["ih_entropy"], m => m.Entropy),
            new(HistogramFeatures.Table["ih_uniformity"], m => m.Uniformity),
        };
        foreach (var feature in StatisticsFeatures.Table.OfPyRadiomics)
        {
            if (feature.Difference is null)
            {
                all.Add(new(feature, m => feature.Of(m.Moments)));
            }
        }

        return [.. all];
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
    private static (double Entropy, double Uniformity) Histogram(PyRadiomicsMap image)
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
                entropy -= p * Math.Log2(p + PyRadiomicsEpsilon.Value);
                uniformity += p * p;
                (from, level) = (i, next);
            }
        }

        return (entropy, uniformity);
    }

    /// <summary>What the class' features are made of.</summary>
    internal sealed record Measures(IntensityMoments Moments, double Energy, double VoxelVolume, double Entropy, double Uniformity);
}
