namespace FellowOakDicom.Imaging;

/// <summary>What the samples of a pixel mean (PS3.3 section C.7.6.3.1.2).</summary>
public class PhotometricInterpretation : DicomParseable
{
    public static readonly PhotometricInterpretation Monochrome1 = new("MONOCHROME1", "Monochrome 1");
    public static readonly PhotometricInterpretation Monochrome2 = new("MONOCHROME2", "Monochrome 2");
    public static readonly PhotometricInterpretation PaletteColor = new("PALETTE COLOR", "Palette Color");
    public static readonly PhotometricInterpretation Rgb = new("RGB", "RGB");
    public static readonly PhotometricInterpretation YbrFull = new("YBR_FULL", "YBR Full");
    public static readonly PhotometricInterpretation YbrFull422 = new("YBR_FULL_422", "YBR Full 4:2:2");
    public static readonly PhotometricInterpretation YbrPartial422 = new("YBR_PARTIAL_422", "YBR Partial 4:2:2");
    public static readonly PhotometricInterpretation YbrPartial420 = new("YBR_PARTIAL_420", "YBR Partial 4:2:0");
    public static readonly PhotometricInterpretation YbrIct = new("YBR_ICT", "YBR Irreversible Color Transformation (JPEG 2000)");
    public static readonly PhotometricInterpretation YbrRct = new("YBR_RCT", "YBR Reversible Color Transformation (JPEG 2000)");

    private static readonly PhotometricInterpretation[] s_all =
        [Monochrome1, Monochrome2, PaletteColor, Rgb, YbrFull, YbrFull422, YbrPartial422, YbrPartial420, YbrIct, YbrRct];

    private PhotometricInterpretation(string value, string description)
    {
        Value = value;
        Description = description;
    }

    /// <summary>The defined term.</summary>
    public string Value { get; }

    public string Description { get; }

    public bool IsColor => this != Monochrome1 && this != Monochrome2;

    public bool IsPalette => this == PaletteColor;

    public bool IsYBR => Value.StartsWith("YBR", StringComparison.Ordinal);

    public static bool operator ==(PhotometricInterpretation? a, PhotometricInterpretation? b) => a?.Value == b?.Value;

    public static bool operator !=(PhotometricInterpretation? a, PhotometricInterpretation? b) => !(a == b);

    /// <exception cref="DicomImagingException">The term isn't one of those above.</exception>
    public static PhotometricInterpretation Parse(string photometricInterpretation)
    {
        var term = photometricInterpretation.TrimEnd(' ', '\0');
        return Array.Find(s_all, p => p.Value == term)
            ?? throw new DicomImagingException($"Unrecognized photometric interpretation [{photometricInterpretation}]");
    }

    public override bool Equals(object? obj) => obj is PhotometricInterpretation other && other == this;

    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Description;
}
