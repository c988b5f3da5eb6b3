using static Radiomics.Extraction.FeatureUnit;

namespace Radiomics.Extraction;

/// <summary>Grey level size zone matrix, <c>szm_</c> (IBSI manual 3.8): s_ij counts zones of grey level i and j voxels.</summary>
internal static class GlszmFeatures
{
    public static readonly FeatureTable<CountMatrixSums> Table = new(
        FeatureFamily.Glszm,
        new("szm_sze", "5QRC", "Small zone emphasis (GLSZM)", None, "3.8.1", CountMatrixFormulas.Small) { PyRadiomics = "SmallAreaEmphasis" },
        new("szm_lze", "48P8", "Large zone emphasis (GLSZM)", None, "3.8.2", CountMatrixFormulas.Large) { PyRadiomics = "LargeAreaEmphasis" },
        new("szm_lgze", "XMSY", "Low grey level zone emphasis (GLSZM)", None, "3.8.3", CountMatrixFormulas.Low)
        {
            PyRadiomics = "LowGrayLevelZoneEmphasis",
        },
        new("szm_hgze", "5GN9", "High grey level zone emphasis (GLSZM)", None, "3.8.4", CountMatrixFormulas.High)
        {
            PyRadiomics = "HighGrayLevelZoneEmphasis",
        },
        new("szm_szlge", "5RAI", "Small zone low grey level emphasis (GLSZM)", None, "3.8.5", CountMatrixFormulas.SmallLow)
        {
            PyRadiomics = "SmallAreaLowGrayLevelEmphasis",
        },
        new("szm_szhge", "HW1V", "Small zone high grey level emphasis (GLSZM)", None, "3.8.6", CountMatrixFormulas.SmallHigh)
        {
            PyRadiomics = "SmallAreaHighGrayLevelEmphasis",
        },
        new("szm_lzlge", "YH51", "Large zone low grey level emphasis (GLSZM)", None, "3.8.7", CountMatrixFormulas.LargeLow)
        {
            PyRadiomics = "LargeAreaLowGrayLevelEmphasis",
        },
        new("szm_lzhge", "J17V", "Large zone high grey level emphasis (GLSZM)", None, "3.8.8", CountMatrixFormulas.LargeHigh)
        {
            PyRadiomics = "LargeAreaHighGrayLevelEmphasis",
        },
        new("szm_glnu", "JNSA", "Grey level non-uniformity (GLSZM)", None, "3.8.9", CountMatrixFormulas.LevelNonUniformity)
        {
            PyRadiomics = "GrayLevelNonUniformity",
        },
        new("szm_glnu_norm", "Y1RO", "Normalised grey level non-uniformity (GLSZM)", None, "3.8.10", CountMatrixFormulas.LevelNonUniformityNormalised)
        {
            PyRadiomics = "GrayLevelNonUniformityNormalized",
        },
        new("szm_zsnu", "4JP3", "Zone size non-uniformity (GLSZM)", None, "3.8.11", CountMatrixFormulas.NonUniformity)
        {
            PyRadiomics = "SizeZoneNonUniformity",
        },
        new("szm_zsnu_norm", "VB3A", "Normalised zone size non-uniformity (GLSZM)", None, "3.8.12", CountMatrixFormulas.NonUniformityNormalised)
        {
            PyRadiomics = "SizeZoneNonUniformityNormalized",
        },
        new("szm_z_perc", "P30P", "Zone percentage (GLSZM)", None, "3.8.13", CountMatrixFormulas.Percentage) { PyRadiomics = "ZonePercentage" },
        new("szm_gl_var", "BYLV", "Grey level variance (GLSZM)", SquareGreyLevel, "3.8.14", CountMatrixFormulas.LevelVariance)
        {
            PyRadiomics = "GrayLevelVariance",
        },
        new("szm_zs_var", "3NSA", "Zone size variance (GLSZM)", None, "3.8.15", CountMatrixFormulas.Variance) { PyRadiomics = "ZoneVariance" },
        new("szm_zs_entr", "GU8N", "Zone size entropy (GLSZM)", Bit, "3.8.16", CountMatrixFormulas.Entropy)
        {
            PyRadiomics = "ZoneEntropy",
            Difference = PyRadiomicsEpsilon.Text,
            PyRadiomicsPerCell = PyRadiomicsEpsilon.PerCell,
        });

    public static void Add(MeasuredImage image, FeatureSink features) =>
        CountMatrixFeatures.Add(Table, image.Settings.Texture, bySlice => (bySlice ? image.SliceZones : image.Zones).Sizes, features);
}
