namespace Radiomics.Extraction;

/// <summary>Intensity-based statistics, <c>stat_</c> (IBSI manual 3.3): of the intensity mask, without discretisation.</summary>
internal static class StatisticsFeatures
{
    public static void Add(Intensities sorted, FeatureSink features)
    {
        var m = IntensityMoments.Of(sorted);
        features.Add("stat_mean", m.Mean);
        features.Add("stat_var", m.Variance);
        features.Add("stat_skew", m.Skewness);
        features.Add("stat_kurt", m.Kurtosis);
        features.Add("stat_median", m.Median);
        features.Add("stat_min", m.Minimum);
        features.Add("stat_p10", m.P10);
        features.Add("stat_p90", m.P90);
        features.Add("stat_max", m.Maximum);
        features.Add("stat_iqr", m.InterquartileRange);
        features.Add("stat_range", m.Range);
        features.Add("stat_mad", m.MeanAbsoluteDeviation);
        features.Add("stat_rmad", m.RobustMeanAbsoluteDeviation, "No intensity lies between the 10th and the 90th percentile.");
        features.Add("stat_medad", m.MedianAbsoluteDeviation);
        features.Add("stat_cov", m.CoefficientOfVariation, "The mean intensity is 0.");
        features.Add("stat_qcod", m.QuartileCoefficientOfDispersion, "The quartiles of the intensities add up to 0.");
        features.Add("stat_energy", m.Energy);
        features.Add("stat_rms", Math.Sqrt(m.Energy / m.Count));
    }
}
