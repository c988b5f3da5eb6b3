namespace Radiomics.Pages.Report;

/// <summary>
/// What volumes a whole liver can be expected to have, by body surface, which is not known here: from a small child's to a large adult's. Standard liver volume by Urata et al. (Hepatology 1995;21:1317),
/// 706.2 ml a m² + 2.4 ml; the upper end by Vauthey et al. (Liver Transpl 2002;8:233), 1,267.28 ml a m² − 794.41 ml, whose livers of large adults are larger.
/// </summary>
internal static class LiverVolume
{
    /// <summary>A whole liver at 0.5 m² (Urata), ml.</summary>
    public const double SmallChild = 706.2 * 0.5 + 2.4;

    /// <summary>A whole liver at 1.5 m² (Urata), ml.</summary>
    public const double SmallAdult = 706.2 * 1.5 + 2.4;

    /// <summary>A whole liver at 2.5 m² (Vauthey), ml.</summary>
    public const double LargeAdult = 1267.28 * 2.5 - 794.41;

    /// <summary>Which of the texts <c>Volume.…</c> says what a volume is.</summary>
    public static string KeyOf(double ml) => ml switch
    {
        < SmallChild => "Volume.TooSmall",
        < SmallAdult => "Volume.Small",
        <= LargeAdult => "Volume.Adult",
        _ => "Volume.TooLarge",
    };
}
