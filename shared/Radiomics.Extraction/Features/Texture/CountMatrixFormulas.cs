namespace Radiomics.Extraction;

/// <summary>
/// The formulas that GLSZM, GLDZM and NGLDM have in common (IBSI manual 3.8, 3.9, 3.11): over counts s_ij of grey level i and size, distance or dependence j,
/// with N_s = Σ s_ij, p_ij = s_ij / N_s and N_v the number of voxels.
/// </summary>
internal static class CountMatrixFormulas
{
    public static readonly Formula<CountMatrixSums> Small = new("Σ s_ij / j² / N_s", m => m.Small / m.Total);
    public static readonly Formula<CountMatrixSums> Large = new("Σ s_ij j² / N_s", m => m.Large / m.Total);
    public static readonly Formula<CountMatrixSums> Low = new("Σ s_ij / i² / N_s", m => m.Low / m.Total);
    public static readonly Formula<CountMatrixSums> High = new("Σ s_ij i² / N_s", m => m.High / m.Total);
    public static readonly Formula<CountMatrixSums> SmallLow = new("Σ s_ij / (i² j²) / N_s", m => m.SmallLow / m.Total);
    public static readonly Formula<CountMatrixSums> SmallHigh = new("Σ s_ij i² / j² / N_s", m => m.SmallHigh / m.Total);
    public static readonly Formula<CountMatrixSums> LargeLow = new("Σ s_ij j² / i² / N_s", m => m.LargeLow / m.Total);
    public static readonly Formula<CountMatrixSums> LargeHigh = new("Σ s_ij i² j² / N_s", m => m.LargeHigh / m.Total);
    public static readonly Formula<CountMatrixSums> LevelNonUniformity = new("Σ_i (Σ_j s_ij)² / N_s", m => m.RowSquares / m.Total);
    public static readonly Formula<CountMatrixSums> LevelNonUniformityNormalised = new("Σ_i (Σ_j s_ij)² / N_s²", m => m.RowSquares / (m.Total * m.Total));
    public static readonly Formula<CountMatrixSums> NonUniformity = new("Σ_j (Σ_i s_ij)² / N_s", m => m.ColumnSquares / m.Total);
    public static readonly Formula<CountMatrixSums> NonUniformityNormalised = new("Σ_j (Σ_i s_ij)² / N_s²", m => m.ColumnSquares / (m.Total * m.Total));
    public static readonly Formula<CountMatrixSums> Percentage = new("N_s / N_v", m => m.Total / m.VoxelCount);
    public static readonly Formula<CountMatrixSums> LevelVariance = new("Σ (i − μ)² p_ij, μ = Σ i p_ij", m => m.RowVariance);
    public static readonly Formula<CountMatrixSums> Variance = new("Σ (j − μ)² p_ij, μ = Σ j p_ij", m => m.ColumnVariance);
    public static readonly Formula<CountMatrixSums> Entropy = new("−Σ p_ij log₂ p_ij", m => m.Entropy);
    public static readonly Formula<CountMatrixSums> Energy = new("Σ p_ij²", m => m.Squares);
}
