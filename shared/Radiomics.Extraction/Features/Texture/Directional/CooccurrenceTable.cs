using static Radiomics.Extraction.FeatureUnit;

namespace Radiomics.Extraction;

/// <summary>
/// Grey level co-occurrence features, <c>cm_</c> (IBSI manual 3.6): p_ij is the probability of grey levels i and j a step apart, p_i. and p_.j its marginals
/// with means μ_x, μ_y and deviations σ_x, σ_y, N_g the number of grey levels. The maximal correlation coefficient is Haralick's (1973); IBSI has no identifier for it.
/// </summary>
internal static class CooccurrenceTable
{
    public static readonly FeatureTable<CooccurrenceMeasures> Table = new(
        FeatureFamily.Glcm,
        new("cm_joint_max", "GYBY", "Joint maximum (GLCM)", None, "3.6.1", "max p_ij", m => m.Maximum / m.Total)
        {
            PyRadiomics = "MaximumProbability",
        },
        new("cm_joint_avg", "60VM", "Joint average (GLCM)", GreyLevel, "3.6.2", "μ_x = Σ i p_ij", m => m.MeanX) { PyRadiomics = "JointAverage" },
        new("cm_joint_var", "UR99", "Joint variance (GLCM)", SquareGreyLevel, "3.6.3", "Σ (i − μ_x)² p_ij", m => m.VarianceX)
        {
            PyRadiomics = "SumSquares",
        },
        new("cm_joint_entr", "TU9B", "Joint entropy (GLCM)", Bit, "3.6.4", "−Σ p_ij log₂ p_ij", m => m.JointEntropy)
        {
            PyRadiomics = "JointEntropy",
            Difference = PyRadiomicsEpsilon.Text,
            PyRadiomicsPerCell = PyRadiomicsEpsilon.PerCell,
        },
        new("cm_diff_avg", "TF7R", "Difference average (GLCM)", GreyLevel, "3.6.5", "Σ_k k p_(|i−j|=k)", m => m.Difference.Mean)
        {
            PyRadiomics = "DifferenceAverage",
        },
        new("cm_diff_var", "D3YU", "Difference variance (GLCM)", SquareGreyLevel, "3.6.6", "Σ_k (k − μ)² p_(|i−j|=k), μ = Σ_k k p_(|i−j|=k)", m => m.Difference.Variance)
        {
            PyRadiomics = "DifferenceVariance",
        },
        new("cm_diff_entr", "NTRS", "Difference entropy (GLCM)", Bit, "3.6.7", "−Σ_k p_(|i−j|=k) log₂ p_(|i−j|=k)", m => m.Difference.Entropy)
        {
            PyRadiomics = "DifferenceEntropy",
        },
        new("cm_sum_avg", "ZGXS", "Sum average (GLCM)", GreyLevel, "3.6.8", "Σ_k k p_(i+j=k)", m => m.MeanX + m.MeanY) { PyRadiomics = "SumAverage" },
        new("cm_sum_var", "OEEB", "Sum variance (GLCM)", SquareGreyLevel, "3.6.9", "Σ_k (k − μ)² p_(i+j=k), μ = Σ_k k p_(i+j=k)", m => m.Sum.Second),
        new("cm_sum_entr", "P6QZ", "Sum entropy (GLCM)", Bit, "3.6.10", "−Σ_k p_(i+j=k) log₂ p_(i+j=k)", m => m.Sum.Entropy)
        {
            PyRadiomics = "SumEntropy",
        },
        new("cm_energy", "8ZQL", "Angular second moment (GLCM)", None, "3.6.11", "Σ p_ij²", m => m.Squares / (m.Total * m.Total))
        {
            PyRadiomics = "JointEnergy",
        },
        new("cm_contrast", "ACUI", "Contrast (GLCM)", SquareGreyLevel, "3.6.12", "Σ (i − j)² p_ij", m => m.Difference.Contrast)
        {
            PyRadiomics = "Contrast",
        },
        new("cm_dissimilarity", "8S9J", "Dissimilarity (GLCM)", GreyLevel, "3.6.13", "Σ |i − j| p_ij", m => m.Difference.Mean),
        new("cm_inv_diff", "IB1Z", "Inverse difference (GLCM)", None, "3.6.14", "Σ p_ij / (1 + |i − j|)", m => m.Difference.Inverse)
        {
            PyRadiomics = "Id",
        },
        new("cm_inv_diff_norm", "NDRX", "Normalised inverse difference (GLCM)", None, "3.6.15", "Σ p_ij / (1 + |i − j| / N_g)", m => m.Difference.InverseNormalised)
        {
            PyRadiomics = "Idn",
        },
        new("cm_inv_diff_mom", "WF0Z", "Inverse difference moment (GLCM)", None, "3.6.16", "Σ p_ij / (1 + (i − j)²)", m => m.Difference.InverseMoment)
        {
            PyRadiomics = "Idm",
        },
        new("cm_inv_diff_mom_norm", "1QCO", "Normalised inverse difference moment (GLCM)", None, "3.6.17", "Σ p_ij / (1 + (i − j)² / N_g²)", m => m.Difference.InverseMomentNormalised)
        {
            PyRadiomics = "Idmn",
        },
        new("cm_inv_var", "E8JP", "Inverse variance (GLCM)", None, "3.6.18", "Σ_(i≠j) p_ij / (i − j)²", m => m.Difference.InverseVariance)
        {
            PyRadiomics = "InverseVariance",
        },
        new("cm_corr", "NI2N", "Correlation (GLCM)", None, "3.6.19", "(Σ i j p_ij − μ_x μ_y) / (σ_x σ_y); 1 if σ_x σ_y = 0", m => m.Deviations > 0 ? m.Covariance / m.Deviations : 1)
        {
            PyRadiomics = "Correlation",
        },
        new("cm_auto_corr", "QWB0", "Autocorrelation (GLCM)", SquareGreyLevel, "3.6.20", "Σ i j p_ij", m => m.Covariance + m.MeanX * m.MeanY)
        {
            PyRadiomics = "Autocorrelation",
        },
        new("cm_clust_tend", "DG8W", "Cluster tendency (GLCM)", SquareGreyLevel, "3.6.21", "Σ (i + j − μ_x − μ_y)² p_ij", m => m.Sum.Second)
        {
            PyRadiomics = "ClusterTendency",
        },
        new("cm_clust_shade", "7NFM", "Cluster shade (GLCM)", CubicGreyLevel, "3.6.22", "Σ (i + j − μ_x − μ_y)³ p_ij", m => m.Sum.Third)
        {
            PyRadiomics = "ClusterShade",
        },
        new("cm_clust_prom", "AE86", "Cluster prominence (GLCM)", QuarticGreyLevel, "3.6.23", "Σ (i + j − μ_x − μ_y)⁴ p_ij", m => m.Sum.Fourth)
        {
            PyRadiomics = "ClusterProminence",
        },
        new("cm_info_corr1", "R8DG", "First measure of information correlation (GLCM)", None, "3.6.24", "(HXY − HX − HY) / max(HX, HY), the entropies of p_ij, p_i., p_.j; 0 if HX = HY = 0", m => m.MarginalEntropy > 0 ? -m.Information / m.MarginalEntropy : 0)
        {
            PyRadiomics = "Imc1",
        },
        new("cm_info_corr2", "JN9H", "Second measure of information correlation (GLCM)", None, "3.6.25", "√(1 − exp(−2 (HX + HY − HXY))), the entropies of p_ij, p_i., p_.j", m => Math.Sqrt(1 - Math.Exp(-2 * m.Information)))
        {
            PyRadiomics = "Imc2",
        },
        new("cm_mcc", null, "Maximal correlation coefficient (GLCM)", None, "3.6", "√ of the second largest eigenvalue of Q_ij = Σ_k p_ik p_jk / (p_i. p_.k); 1 if the ROI has one grey level", m => MaximalCorrelation.Of(m.Matrix, m.Levels, m.IsSymmetric))
        {
            OnRequest = true,
            PyRadiomics = "MCC",
        });
}
