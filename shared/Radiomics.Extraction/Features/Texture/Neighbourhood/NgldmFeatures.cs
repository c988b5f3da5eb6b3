namespace Radiomics.Extraction;

/// <summary>Neighbouring grey level dependence matrix, <c>ngl_</c> (IBSI manual 3.11).</summary>
internal static class NgldmFeatures
{
    private static readonly string[] Names =
    [
        "lde", "hde", "lgce", "hgce", "ldlge", "ldhge", "hdlge", "hdhge", "glnu", "glnu_norm", "dcnu", "dcnu_norm", "dc_perc", "gl_var", "dc_var", "dc_entr",
        "dc_energy",
    ];

    public static void Add(MeasuredImage image, FeatureSink features)
    {
        var settings = image.Settings.Texture;
        CountMatrixFeatures.Add(
            "ngl_",
            Names,
            settings,
            bySlice => Dependence.Of(image.Grid, settings.DependenceDistance, settings.DependenceCoarseness, bySlice),
            features);
    }
}
