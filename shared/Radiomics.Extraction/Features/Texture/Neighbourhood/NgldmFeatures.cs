using static Radiomics.Extraction.FeatureUnit;

namespace Radiomics.Extraction;

/// <summary>Neighbouring grey level dependence matrix, <c>ngl_</c> (IBSI manual 3.11): s_ij counts voxels of grey level i with dependence j.</summary>
internal static class NgldmFeatures
{
    public static readonly FeatureTable<CountMatrixSums> Table = new(
        FeatureFamily.Ngldm,
        new("ngl_lde", "SODN", "Low dependence emphasis (NGLDM)", None, "3.11.1", CountMatrixFormulas.Small) { PyRadiomics = "SmallDependenceEmphasis" },
        new("ngl_hde", "IMOQ", "High dependence emphasis (NGLDM)", None, "3.11.2", CountMatrixFormulas.Large) { PyRadiomics = "LargeDependenceEmphasis" },
        new("ngl_lgce", "TL9H", "Low grey level count emphasis (NGLDM)", None, "3.11.3", CountMatrixFormulas.Low) { PyRadiomics = "LowGrayLevelEmphasis" },
        new("ngl_hgce", "OAE7", "High grey level count emphasis (NGLDM)", None, "3.11.4", CountMatrixFormulas.High)
        {
            PyRadiomics = "HighGrayLevelEmphasis",
        },
        new("ngl_ldlge", "EQ3F", "Low dependence low grey level emphasis (NGLDM)", None, "3.11.5", CountMatrixFormulas.SmallLow)
        {
            PyRadiomics = "SmallDependenceLowGrayLevelEmphasis",
        },
        new("ngl_ldhge", "JA6D", "Low dependence high grey level emphasis (NGLDM)", None, "3.11.6", CountMatrixFormulas.SmallHigh)
        {
            PyRadiomics = "SmallDependenceHighGrayLevelEmphasis",
        },
        new("ngl_hdlge", "NBZI", "High dependence low grey level emphasis (NGLDM)", None, "3.11.7", CountMatrixFormulas.LargeLow)
        {
            PyRadiomics = "LargeDependenceLowGrayLevelEmphasis",
        },
        new("ngl_hdhge", "9QMG", "High dependence high grey level emphasis (NGLDM)", None, "3.11.8", CountMatrixFormulas.LargeHigh)
        {
            PyRadiomics = "LargeDependenceHighGrayLevelEmphasis",
        },
        new("ngl_glnu", "FP8K", "Grey level non-uniformity (NGLDM)", None, "3.11.9", CountMatrixFormulas.LevelNonUniformity)
        {
            PyRadiomics = "GrayLevelNonUniformity",
        },
        new("ngl_glnu_norm", "5SPA", "Normalised grey level non-uniformity (NGLDM)", None, "3.11.10", CountMatrixFormulas.LevelNonUniformityNormalised),
        new("ngl_dcnu", "Z87G", "Dependence count non-uniformity (NGLDM)", None, "3.11.11", CountMatrixFormulas.NonUniformity)
        {
            PyRadiomics = "DependenceNonUniformity",
        },
        new("ngl_dcnu_norm", "OKJI", "Normalised dependence count non-uniformity (NGLDM)", None, "3.11.12", CountMatrixFormulas.NonUniformityNormalised)
        {
            PyRadiomics = "DependenceNonUniformityNormalized",
        },
        new("ngl_dc_perc", "6XV8", "Dependence count percentage (NGLDM)", None, "3.11.13", CountMatrixFormulas.Percentage),
        new("ngl_gl_var", "1PFV", "Grey level variance (NGLDM)", SquareGreyLevel, "3.11.14", CountMatrixFormulas.LevelVariance)
        {
            PyRadiomics = "GrayLevelVariance",
        },
        new("ngl_dc_var", "DNX2", "Dependence count variance (NGLDM)", None, "3.11.15", CountMatrixFormulas.Variance)
        {
            PyRadiomics = "DependenceVariance",
        },
        new("ngl_dc_entr", "FCBV", "Dependence count entropy (NGLDM)", Bit, "3.11.16", CountMatrixFormulas.Entropy)
        {
            PyRadiomics = "DependenceEntropy",
            Difference = PyRadiomicsEpsilon.Text,
            PyRadiomicsPerCell = PyRadiomicsEpsilon.PerCell,
        },
        new("ngl_dc_energy", "CAS9", "Dependence count energy (NGLDM)", None, "3.11.17", CountMatrixFormulas.Energy));

    public static void Add(MeasuredImage image, FeatureSink features)
    {
        var settings = image.Settings.Texture;
        CountMatrixFeatures.Add(
            Table,
            settings,
            bySlice => Dependence.Of(image.Grid, settings.DependenceDistance, settings.DependenceCoarseness, bySlice),
            features);
    }
}
