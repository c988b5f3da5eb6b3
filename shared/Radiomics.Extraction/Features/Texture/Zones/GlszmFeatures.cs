namespace Radiomics.Extraction;

/// <summary>Grey level size zone matrix, <c>szm_</c> (IBSI manual 3.8).</summary>
internal static class GlszmFeatures
{
    private static readonly string[] Names =
    [
        "sze", "lze", "lgze", "hgze", "szlge", "szhge", "lzlge", "lzhge", "glnu", "glnu_norm", "zsnu", "zsnu_norm", "z_perc", "gl_var", "zs_var", "zs_entr",
    ];

    public static void Add(MeasuredImage image, FeatureSink features) =>
        CountMatrixFeatures.Add(
            "szm_", Names, image.Settings.Texture, bySlice => (bySlice ? image.SliceZones : image.Zones).Sizes, features);
}
