namespace Radiomics.Extraction.Tests;

/// <summary>Which tags of the reference tables the engine has so far.</summary>
internal static class EngineScope
{
    private static readonly string[] Families =
    [
        "img_",
        "vox_dim_",
        "mean_int_",
        "min_int_",
        "max_int_",
        "int_mask_",
        "morph_",
        "stat_",
        "ih_",
        "ivh_",
        "loc_",
        "cm_",
        "rlm_",
        "szm_",
        "dzm_",
        "ngt_",
        "ngl_",
    ];

    private static readonly string[] NotYet =
    [
    ];

    public static bool Has(string tag) => Families.Any(f => tag.StartsWith(f, StringComparison.Ordinal)) && !NotYet.Contains(tag);
}
