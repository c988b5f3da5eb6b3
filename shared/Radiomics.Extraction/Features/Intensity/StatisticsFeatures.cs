using static Radiomics.Extraction.FeatureUnit;

namespace Radiomics.Extraction;

/// <summary>Intensity-based statistics, <c>stat_</c> (IBSI manual 3.3): of the intensity mask, without discretisation.</summary>
internal static class StatisticsFeatures
{
    public static readonly FeatureTable<IntensityMoments> Table = new(
        FeatureFamily.Statistics,
        new("stat_mean", "Q4LE", "Mean (intensity)", Intensity, "3.3.1", MomentFormulas.Mean) { PyRadiomics = "Mean" },
        new("stat_var", "ECT3", "Variance (intensity)", SquareIntensity, "3.3.2", MomentFormulas.Variance) { PyRadiomics = "Variance" },
        new("stat_skew", "KE2A", "Skewness (intensity)", None, "3.3.3", MomentFormulas.Skewness) { PyRadiomics = "Skewness" },
        new("stat_kurt", "IPH6", "Kurtosis (intensity)", None, "3.3.4", MomentFormulas.Kurtosis)
        {
            PyRadiomics = "Kurtosis",
            Difference = "Not less 3; 0 where all intensities are equal.",
        },
        new("stat_median", "Y12H", "Median (intensity)", Intensity, "3.3.5", MomentFormulas.Median) { PyRadiomics = "Median" },
        new("stat_min", "1GSF", "Minimum (intensity)", Intensity, "3.3.6", MomentFormulas.Minimum) { PyRadiomics = "Minimum" },
        new("stat_p10", "QG58", "10th percentile (intensity)", Intensity, "3.3.7", MomentFormulas.P10) { PyRadiomics = "10Percentile" },
        new("stat_p90", "8DWT", "90th percentile (intensity)", Intensity, "3.3.8", MomentFormulas.P90) { PyRadiomics = "90Percentile" },
        new("stat_max", "84IY", "Maximum (intensity)", Intensity, "3.3.9", MomentFormulas.Maximum) { PyRadiomics = "Maximum" },
        new("stat_iqr", "SALO", "Interquartile range (intensity)", Intensity, "3.3.10", MomentFormulas.InterquartileRange) { PyRadiomics = "InterquartileRange" },
        new("stat_range", "2OJQ", "Range (intensity)", Intensity, "3.3.11", MomentFormulas.Range) { PyRadiomics = "Range" },
        new("stat_mad", "4FUA", "Mean absolute deviation (intensity)", Intensity, "3.3.12", MomentFormulas.MeanAbsoluteDeviation)
        {
            PyRadiomics = "MeanAbsoluteDeviation",
        },
        new("stat_rmad", "1128", "Robust mean absolute deviation (intensity)", Intensity, "3.3.13", MomentFormulas.RobustMeanAbsoluteDeviation)
        {
            PyRadiomics = "RobustMeanAbsoluteDeviation",
            Undefined = "No intensity lies between the 10th and the 90th percentile.",
        },
        new("stat_medad", "N72L", "Median absolute deviation (intensity)", Intensity, "3.3.14", MomentFormulas.MedianAbsoluteDeviation),
        new("stat_cov", "7TET", "Coefficient of variation (intensity)", None, "3.3.15", MomentFormulas.CoefficientOfVariation)
        {
            Undefined = "The mean intensity is 0.",
        },
        new("stat_qcod", "9S40", "Quartile coefficient of dispersion (intensity)", None, "3.3.16", MomentFormulas.QuartileCoefficientOfDispersion)
        {
            Undefined = "The quartiles of the intensities add up to 0.",
        },
        new("stat_energy", "N8CA", "Energy (intensity)", SquareIntensity, "3.3.17", "Σ x²", m => m.Energy)
        {
            PyRadiomics = "Energy",
            Difference = "Of x + voxelArrayShift.",
        },
        new("stat_rms", "5ZWQ", "Root mean square (intensity)", Intensity, "3.3.18", "√(Σ x² / n)", m => Math.Sqrt(m.Energy / m.Count))
        {
            PyRadiomics = "RootMeanSquared",
            Difference = "Of x + voxelArrayShift.",
        });

    public static void Add(Intensities sorted, FeatureSink features) => Table.Add(IntensityMoments.Of(sorted), features);
}
