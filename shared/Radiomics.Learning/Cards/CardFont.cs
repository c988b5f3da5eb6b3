using ScottPlot;
using SkiaSharp;

namespace Radiomics.Learning;

/// <summary>
/// The font of every plot: Inter, embedded, because a server may have no font at all and two machines rarely have the same. It answers for whatever font a
/// plot asks for, so that the system's are never used.
/// </summary>
internal sealed class CardFont : IFontResolver
{
    /// <summary>Name under which plots ask for it.</summary>
    public const string Name = "Radiomics card font";

    private static readonly Lazy<CardFont> Registered = new(Register);

    private CardFont(SKTypeface typeface) => Typeface = typeface;

    /// <summary>The font, made the default of every plot on first use.</summary>
    public static CardFont Instance => Registered.Value;

    /// <summary>The typeface.</summary>
    public SKTypeface Typeface { get; }

    /// <inheritdoc/>
    public SKTypeface CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) => Typeface;

    /// <inheritdoc/>
    public SKTypeface CreateTypeface(string fontName, bool bold, bool italic) => Typeface;

    /// <summary>The text if the font has all its characters, else <paramref name="otherwise"/>: a box in place of a letter tells nothing.</summary>
    public string Legible(string text, string otherwise) => Typeface.ContainsGlyphs(text) ? text : otherwise;

    private static CardFont Register()
    {
        using var stream = typeof(CardFont).Assembly.GetManifestResourceStream("Inter-Regular.ttf")!;
        using var data = SKData.Create(stream);
        var font = new CardFont(SKTypeface.FromData(data));
        Fonts.FontResolvers.Insert(0, font);
        Fonts.Default = Name;
        return font;
    }
}
