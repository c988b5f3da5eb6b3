using static Radiomics.Extraction.FeatureUnit;

namespace Radiomics.Extraction;

/// <summary>Intensity histogram, <c>ih_</c> (IBSI manual 3.4): of the discretised intensity mask; x are the grey levels, n_i counts level i and p_i = n_i / n.</summary>
internal static class HistogramFeatures
{
    private const string NoGradient = "A histogram of one grey level has no gradient.";
    private const string Gradient = "(n_(i+1) − n_(i−1)) / 2, at the ends n_2 − n_1 and n_N − n_(N−1)";

    public static readonly FeatureTable<LevelHistogram> Table = new(
        FeatureFamily.Histogram,
        new("ih_mean", "X6K6", "Intensity histogram mean", GreyLevel, "3.4.1", Of(MomentFormulas.Mean)),
        new("ih_var", "CH89", "Intensity histogram variance", SquareGreyLevel, "3.4.2", Of(MomentFormulas.Variance)),
        new("ih_skew", "88K1", "Intensity histogram skewness", None, "3.4.3", Of(MomentFormulas.Skewness)),
        new("ih_kurt", "C3I7", "Intensity histogram kurtosis", None, "3.4.4", Of(MomentFormulas.Kurtosis)),
        new("ih_median", "WIFQ", "Intensity histogram median", GreyLevel, "3.4.5", Of(MomentFormulas.Median)),
        new("ih_min", "1PR8", "Intensity histogram minimum", GreyLevel, "3.4.6", Of(MomentFormulas.Minimum)),
        new("ih_p10", "GPMT", "Intensity histogram 10th percentile", GreyLevel, "3.4.7", Of(MomentFormulas.P10)),
        new("ih_p90", "OZ0C", "Intensity histogram 90th percentile", GreyLevel, "3.4.8", Of(MomentFormulas.P90)),
        new("ih_max", "3NCY", "Intensity histogram maximum", GreyLevel, "3.4.9", Of(MomentFormulas.Maximum)),
        new("ih_mode", "AMMC", "Intensity histogram mode", GreyLevel, "3.4.10", "level with the largest n_i; of several, the one closest to the mean, then the lower", h => h.Mode),
        new("ih_iqr", "WR0O", "Intensity histogram interquartile range", GreyLevel, "3.4.11", Of(MomentFormulas.InterquartileRange)),
        new("ih_range", "5Z3W", "Intensity histogram range", GreyLevel, "3.4.12", Of(MomentFormulas.Range)),
        new("ih_mad", "D2ZX", "Intensity histogram mean absolute deviation", GreyLevel, "3.4.13", Of(MomentFormulas.MeanAbsoluteDeviation)),
        new("ih_rmad", "WRZB", "Intensity histogram robust mean absolute deviation", GreyLevel, "3.4.14", Of(MomentFormulas.RobustMeanAbsoluteDeviation))
        {
            Undefined = "No grey level lies between the 10th and the 90th percentile.",
        },
        new("ih_medad", "4RNL", "Intensity histogram median absolute deviation", GreyLevel, "3.4.15", Of(MomentFormulas.MedianAbsoluteDeviation)),
        new("ih_cov", "CWYJ", "Intensity histogram coefficient of variation", None, "3.4.16", Of(MomentFormulas.CoefficientOfVariation)),
        new("ih_qcod", "SLWD", "Intensity histogram quartile coefficient of dispersion", None, "3.4.17", Of(MomentFormulas.QuartileCoefficientOfDispersion)),
        new("ih_entropy", "TLU2", "Intensity histogram entropy", Bit, "3.4.18", "−Σ_i p_i log₂ p_i", h => h.Entropy)
        {
            PyRadiomics = "Entropy",
            Difference = PyRadiomicsEpsilon.Text,
        },
        new("ih_uniformity", "BJ5W", "Intensity histogram uniformity", None, "3.4.19", "Σ_i p_i²", h => h.Uniformity) { PyRadiomics = "Uniformity" },
        new("ih_max_grad", "12CE", "Maximum histogram gradient", None, "3.4.20", "max_i " + Gradient, h => h.MaximumGradient) { Undefined = NoGradient },
        new("ih_max_grad_g", "8E6O", "Maximum histogram gradient grey level", GreyLevel, "3.4.21", "lowest i of the largest " + Gradient, h => h.MaximumGradientLevel)
        {
            Undefined = NoGradient,
        },
        new("ih_min_grad", "VQB3", "Minimum histogram gradient", None, "3.4.22", "min_i " + Gradient, h => h.MinimumGradient) { Undefined = NoGradient },
        new("ih_min_grad_g", "RHQZ", "Minimum histogram gradient grey level", GreyLevel, "3.4.23", "lowest i of the smallest " + Gradient, h => h.MinimumGradientLevel)
        {
            Undefined = NoGradient,
        });

    public static void Add(Intensities sortedIntensities, GreyLevels levels, FeatureSink features)
    {
        var counts = new int[levels.Count];
        foreach (var intensity in sortedIntensities)
        {
            counts[levels.LevelOf(intensity) - 1]++;
        }

        Table.Add(LevelHistogram.Of(counts), features);
    }

    private static Formula<LevelHistogram> Of(Formula<IntensityMoments> formula) => new(formula.Text, h => formula.Of(h.Moments));
}
