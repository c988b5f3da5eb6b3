using static Radiomics.Extraction.FeatureUnit;

namespace Radiomics.Extraction;

/// <summary>Grey level distance zone matrix, <c>dzm_</c> (IBSI manual 3.9): s_ij counts zones of grey level i at distance j from the border; zones of the intensity mask, distances within the morphological mask.</summary>
internal static class GldzmFeatures
{
    public static readonly FeatureTable<CountMatrixSums> Table = new(
        FeatureFamily.Gldzm,
        new("dzm_sde", "0GBI", "Small distance emphasis (GLDZM)", None, "3.9.1", CountMatrixFormulas.Small),
        new("dzm_lde", "MB4I", "Large distance emphasis (GLDZM)", None, "3.9.2", CountMatrixFormulas.Large),
        new("dzm_lgze", "S1RA", "Low grey level zone emphasis (GLDZM)", None, "3.9.3", CountMatrixFormulas.Low),
        new("dzm_hgze", "K26C", "High grey level zone emphasis (GLDZM)", None, "3.9.4", CountMatrixFormulas.High),
        new("dzm_sdlge", "RUVG", "Small distance low grey level emphasis (GLDZM)", None, "3.9.5", CountMatrixFormulas.SmallLow),
        new("dzm_sdhge", "DKNJ", "Small distance high grey level emphasis (GLDZM)", None, "3.9.6", CountMatrixFormulas.SmallHigh),
        new("dzm_ldlge", "A7WM", "Large distance low grey level emphasis (GLDZM)", None, "3.9.7", CountMatrixFormulas.LargeLow),
        new("dzm_ldhge", "KLTH", "Large distance high grey level emphasis (GLDZM)", None, "3.9.8", CountMatrixFormulas.LargeHigh),
        new("dzm_glnu", "VFT7", "Grey level non-uniformity (GLDZM)", None, "3.9.9", CountMatrixFormulas.LevelNonUniformity),
        new("dzm_glnu_norm", "7HP3", "Normalised grey level non-uniformity (GLDZM)", None, "3.9.10", CountMatrixFormulas.LevelNonUniformityNormalised),
        new("dzm_zdnu", "V294", "Zone distance non-uniformity (GLDZM)", None, "3.9.11", CountMatrixFormulas.NonUniformity),
        new("dzm_zdnu_norm", "IATH", "Normalised zone distance non-uniformity (GLDZM)", None, "3.9.12", CountMatrixFormulas.NonUniformityNormalised),
        new("dzm_z_perc", "VIWW", "Zone percentage (GLDZM)", None, "3.9.13", CountMatrixFormulas.Percentage),
        new("dzm_gl_var", "QK93", "Grey level variance (GLDZM)", SquareGreyLevel, "3.9.14", CountMatrixFormulas.LevelVariance),
        new("dzm_zd_var", "7WT1", "Zone distance variance (GLDZM)", None, "3.9.15", CountMatrixFormulas.Variance),
        new("dzm_zd_entr", "GBDU", "Zone distance entropy (GLDZM)", Bit, "3.9.16", CountMatrixFormulas.Entropy));

    public static void Add(MeasuredImage image, FeatureSink features) =>
        CountMatrixFeatures.Add(Table, image.Settings.Texture, bySlice => (bySlice ? image.SliceZones : image.Zones).Distances!, features);
}
