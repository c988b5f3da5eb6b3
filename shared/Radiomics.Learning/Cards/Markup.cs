using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Radiomics.Learning;

/// <summary>HTML. What is put into it by interpolation is escaped unless it is HTML itself, so that no name can become a tag.</summary>
/// <param name="Text">The HTML text.</param>
internal readonly record struct Markup(string Text)
{
    /// <summary>Nothing.</summary>
    public static readonly Markup Empty = new(string.Empty);

    /// <summary>HTML with values in it.</summary>
    public static Markup Of(MarkupHandler content) => content.Markup;

    /// <summary>Pieces one after the other.</summary>
    public static Markup Join(IEnumerable<Markup> pieces) => new(string.Concat(pieces.Select(piece => piece.Text)));
}

/// <summary>Collects an interpolated string as <see cref="Markup"/>. Fractions can't be put in: <see cref="CardNumber"/> says with how many digits.</summary>
[InterpolatedStringHandler]
internal readonly struct MarkupHandler
{
    private readonly StringBuilder _text;

    /// <summary>Called by the compiler.</summary>
    public MarkupHandler(int literalLength, int formattedCount) => _text = new(literalLength + (16 * formattedCount));

    /// <summary>What was collected.</summary>
    public Markup Markup => new(_text.ToString());

    /// <summary>Text of the program: HTML.</summary>
    public void AppendLiteral(string text) => _text.Append(text);

    /// <summary>HTML.</summary>
    public void AppendFormatted(Markup markup) => _text.Append(markup.Text);

    /// <summary>Pieces of HTML one after the other.</summary>
    public void AppendFormatted(IEnumerable<Markup> pieces) => _text.Append(Markup.Join(pieces).Text);

    /// <summary>A whole number.</summary>
    public void AppendFormatted(int number) => _text.Append(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Any text: escaped; control characters become the replacement character.</summary>
    public void AppendFormatted(string? text)
    {
        foreach (var character in text ?? string.Empty)
        {
            _ = character switch
            {
                '&' => _text.Append("&amp;"),
                '<' => _text.Append("&lt;"),
                '>' => _text.Append("&gt;"),
                '"' => _text.Append("&quot;"),
                '\'' => _text.Append("&#39;"),
                _ => _text.Append(char.IsControl(character) && !char.IsWhiteSpace(character) ? '\uFFFD' : character),
            };
        }
    }
}
