namespace Radiomics.Extraction;

/// <summary>Formulas that intensities (<c>stat_</c>) and grey levels (<c>ih_</c>) have in common; x are the n values, P_k is their k-th percentile.</summary>
internal static class MomentFormulas
{
    public static readonly Formula<IntensityMoments> Mean = new("μ = Σ x / n", m => m.Mean);
    public static readonly Formula<IntensityMoments> Variance = new("σ² = Σ (x − μ)² / n", m => m.Variance);
    public static readonly Formula<IntensityMoments> Skewness = new("Σ (x − μ)³ / n / σ³; 0 if σ = 0", m => m.Skewness);
    public static readonly Formula<IntensityMoments> Kurtosis = new("Σ (x − μ)⁴ / n / σ⁴ − 3; 0 if σ = 0", m => m.Kurtosis);
    public static readonly Formula<IntensityMoments> Median = new("P_50", m => m.Median);
    public static readonly Formula<IntensityMoments> Minimum = new("min x", m => m.Minimum);
    public static readonly Formula<IntensityMoments> P10 = new("P_10", m => m.P10);
    public static readonly Formula<IntensityMoments> P90 = new("P_90", m => m.P90);
    public static readonly Formula<IntensityMoments> Maximum = new("max x", m => m.Maximum);
    public static readonly Formula<IntensityMoments> InterquartileRange = new("P_75 − P_25", m => m.InterquartileRange);
    public static readonly Formula<IntensityMoments> Range = new("max x − min x", m => m.Range);
    public static readonly Formula<IntensityMoments> MeanAbsoluteDeviation = new("Σ |x − μ| / n", m => m.MeanAbsoluteDeviation);
    public static readonly Formula<IntensityMoments> RobustMeanAbsoluteDeviation =
        new("Σ |x − μ'| / n' over the n' values with P_10 ≤ x ≤ P_90, μ' being their mean", m => m.RobustMeanAbsoluteDeviation);
    public static readonly Formula<IntensityMoments> MedianAbsoluteDeviation = new("Σ |x − P_50| / n", m => m.MedianAbsoluteDeviation);
    public static readonly Formula<IntensityMoments> CoefficientOfVariation = new("σ / μ", m => m.CoefficientOfVariation);
    public static readonly Formula<IntensityMoments> QuartileCoefficientOfDispersion = new("(P_75 − P_25) / (P_75 + P_25)", m => m.QuartileCoefficientOfDispersion);
}
