using static Radiomics.Extraction.FeatureUnit;

namespace Radiomics.Extraction;

/// <summary>
/// Grey level run length features, <c>rlm_</c> (IBSI manual 3.7): r_ij counts runs of j voxels of grey level i, N_s all runs, N_v voxels; p_ij = r_ij / N_s.
/// </summary>
internal sealed class RunLengthFeatures(GreyLevelGrid grid, Feature<RunLengthMeasures>[] chosen) : IDirectionalFamily
{
    public static readonly FeatureTable<RunLengthMeasures> Table = new(
        FeatureFamily.Glrlm,
        new("rlm_sre", "22OV", "Short runs emphasis (GLRLM)", None, "3.7.1", "Σ r_ij / j² / N_s", m => m.Lengths.Low)
        {
            PyRadiomics = "ShortRunEmphasis",
        },
        new("rlm_lre", "W4KF", "Long runs emphasis (GLRLM)", None, "3.7.2", "Σ r_ij j² / N_s", m => m.Lengths.High)
        {
            PyRadiomics = "LongRunEmphasis",
        },
        new("rlm_lgre", "V3SW", "Low grey level run emphasis (GLRLM)", None, "3.7.3", "Σ r_ij / i² / N_s", m => m.Levels.Low)
        {
            PyRadiomics = "LowGrayLevelRunEmphasis",
        },
        new("rlm_hgre", "G3QZ", "High grey level run emphasis (GLRLM)", None, "3.7.4", "Σ r_ij i² / N_s", m => m.Levels.High)
        {
            PyRadiomics = "HighGrayLevelRunEmphasis",
        },
        new("rlm_srlge", "HTZT", "Short run low grey level emphasis (GLRLM)", None, "3.7.5", "Σ r_ij / (i² j²) / N_s", m => m.ShortLow / m.Runs)
        {
            PyRadiomics = "ShortRunLowGrayLevelEmphasis",
        },
        new("rlm_srhge", "GD3A", "Short run high grey level emphasis (GLRLM)", None, "3.7.6", "Σ r_ij i² / j² / N_s", m => m.ShortHigh / m.Runs)
        {
            PyRadiomics = "ShortRunHighGrayLevelEmphasis",
        },
        new("rlm_lrlge", "IVPO", "Long run low grey level emphasis (GLRLM)", None, "3.7.7", "Σ r_ij j² / i² / N_s", m => m.LongLow / m.Runs)
        {
            PyRadiomics = "LongRunLowGrayLevelEmphasis",
        },
        new("rlm_lrhge", "3KUM", "Long run high grey level emphasis (GLRLM)", None, "3.7.8", "Σ r_ij i² j² / N_s", m => m.LongHigh / m.Runs)
        {
            PyRadiomics = "LongRunHighGrayLevelEmphasis",
        },
        new("rlm_glnu", "R5YN", "Grey level non-uniformity (GLRLM)", None, "3.7.9", "Σ_i (Σ_j r_ij)² / N_s", m => m.Levels.Squares / m.Runs * m.Unit)
        {
            PyRadiomics = "GrayLevelNonUniformity",
        },
        new("rlm_glnu_norm", "OVBL", "Normalised grey level non-uniformity (GLRLM)", None, "3.7.10", "Σ_i (Σ_j r_ij)² / N_s²", m => m.Levels.Squares / (m.Runs * m.Runs))
        {
            PyRadiomics = "GrayLevelNonUniformityNormalized",
        },
        new("rlm_rlnu", "W92Y", "Run length non-uniformity (GLRLM)", None, "3.7.11", "Σ_j (Σ_i r_ij)² / N_s", m => m.Lengths.Squares / m.Runs * m.Unit)
        {
            PyRadiomics = "RunLengthNonUniformity",
        },
        new("rlm_rlnu_norm", "IC23", "Normalised run length non-uniformity (GLRLM)", None, "3.7.12", "Σ_j (Σ_i r_ij)² / N_s²", m => m.Lengths.Squares / (m.Runs * m.Runs))
        {
            PyRadiomics = "RunLengthNonUniformityNormalized",
        },
        new("rlm_r_perc", "9ZK5", "Run percentage (GLRLM)", None, "3.7.13", "N_s / N_v", m => m.Runs / m.VoxelCount)
        {
            PyRadiomics = "RunPercentage",
        },
        new("rlm_gl_var", "8CE5", "Grey level variance (GLRLM)", SquareGreyLevel, "3.7.14", "Σ (i − μ)² p_ij, μ = Σ i p_ij", m => m.Levels.Variance)
        {
            PyRadiomics = "GrayLevelVariance",
        },
        new("rlm_rl_var", "SXLW", "Run length variance (GLRLM)", None, "3.7.15", "Σ (j − μ)² p_ij, μ = Σ j p_ij", m => m.Lengths.Variance)
        {
            PyRadiomics = "RunVariance",
        },
        new("rlm_rl_entr", "HJ9O", "Run entropy (GLRLM)", Bit, "3.7.16", "−Σ p_ij log₂ p_ij", m => m.Cells > 1 ? Math.Log2(m.Runs) - m.Logarithms / m.Runs : 0)
        {
            PyRadiomics = "RunEntropy",
            Difference = PyRadiomicsEpsilon.Text,
            PyRadiomicsPerCell = PyRadiomicsEpsilon.PerCell,
        });

    private readonly RunLengthMeasures _measures = new(grid);

    public static void Add(GreyLevelGrid grid, TextureSettings settings, FeatureSink features) =>
        DirectionalFeatures.Add(new RunLengthFeatures(grid, Table.Chosen(features.Choice)), grid, settings, features);

    public Feature[] Features => chosen;

    public string WithoutMatrix => "The ROI has no run in any direction that has a weight.";

    public int Distance => 1;

    public DirectionalMatrix[] Count(ReadOnlySpan<Step> directions, int fromSlice, int toSlice) =>
        RunLengthMatrices.Count(grid, directions, fromSlice, toSlice);

    public void Measure(DirectionalMatrix matrix, double unit, Span<double> values)
    {
        _measures.Take(matrix, unit);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = chosen[i].Of(_measures);
        }
    }
}
