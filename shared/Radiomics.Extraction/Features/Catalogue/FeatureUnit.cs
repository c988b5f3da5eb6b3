namespace Radiomics.Extraction;

/// <summary>What a feature's value is counted in.</summary>
public sealed class FeatureUnit
{
    internal static readonly FeatureUnit None = new("", "1");
    internal static readonly FeatureUnit Millimetre = new("mm", "mm");
    internal static readonly FeatureUnit SquareMillimetre = new("mm²", "mm2");
    internal static readonly FeatureUnit CubicMillimetre = new("mm³", "mm3");
    internal static readonly FeatureUnit PerMillimetre = new("1/mm", "/mm");
    internal static readonly FeatureUnit Intensity = new("intensity", "1");
    internal static readonly FeatureUnit SquareIntensity = new("intensity²", "1");
    internal static readonly FeatureUnit IntegratedIntensity = new("intensity·mm³", "mm3");
    internal static readonly FeatureUnit GreyLevel = new("grey level", "1");
    internal static readonly FeatureUnit SquareGreyLevel = new("grey level²", "1");
    internal static readonly FeatureUnit CubicGreyLevel = new("grey level³", "1");
    internal static readonly FeatureUnit QuarticGreyLevel = new("grey level⁴", "1");
    internal static readonly FeatureUnit Bit = new("bit", "1");

    private FeatureUnit(string text, string ucum) => (Text, Ucum) = (text, ucum);

    /// <summary>In words: <c>mm³</c>, <c>intensity</c> (the image's own unit), <c>grey level</c>; empty for a pure number.</summary>
    public string Text { get; }

    /// <summary>By UCUM, for reports; <c>1</c> for pure numbers and for intensities, which have no unit of their own in MR.</summary>
    public string Ucum { get; }
}
