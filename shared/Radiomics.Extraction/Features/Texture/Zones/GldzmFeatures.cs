namespace Radiomics.Extraction;

/// <summary>Grey level distance zone matrix, <c>dzm_</c> (IBSI manual 3.9): zones of the intensity mask, distances within the morphological mask.</summary>
internal static class GldzmFeatures
{
    private static readonly string[] Names =
    [
        "sde", "lde", "lgze", "hgze", "sdlge", "sdhge", "ldlge", "ldhge", "glnu", "glnu_norm", "zdnu", "zdnu_norm", "z_perc", "gl_var", "zd_var", "zd_entr",
    ];

    public static void Add(MeasuredImage image, FeatureSink features) =>
        CountMatrixFeatures.Add(
            "dzm_", Names, image.Settings.Texture, bySlice => (bySlice ? image.SliceZones : image.Zones).Distances!, features);
}
