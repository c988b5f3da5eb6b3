using System.Globalization;

namespace FellowOakDicom;

/// <summary>A tag pattern such as <c>(60xx,3000)</c>: each <c>x</c> stands for any hexadecimal digit.</summary>
public sealed class DicomMaskedTag : IFormattable
{
    public const uint FullMask = 0xffffffff;

    public DicomMaskedTag(DicomTag tag)
        : this(tag, FullMask)
    {
    }

    private DicomMaskedTag(DicomTag tag, uint mask)
    {
        Tag = tag;
        Card = tag.Number;
        Mask = mask;
    }

    public DicomTag Tag { get; }

    public ushort Group => Tag.Group;

    public ushort Element => Tag.Element;

    public uint Card { get; private set; }

    public uint Mask { get; private set; }

    /// <exception cref="DicomDataException">The text isn't a tag pattern.</exception>
    public static DicomMaskedTag Parse(string s)
    {
        var digits = s.Trim('(', ')').Replace(",", string.Empty, StringComparison.Ordinal);
        return digits.Length == 8
            ? Parse(digits[..4], digits[4..])
            : throw new DicomDataException($"Error parsing masked DICOM tag ['{s}']");
    }

    /// <exception cref="DicomDataException">The text isn't a tag pattern.</exception>
    public static DicomMaskedTag Parse(string group, string element)
    {
        var pattern = (group + element).ToLowerInvariant();
        if (pattern.Length != 8 || !uint.TryParse(pattern.Replace('x', '0'), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var card))
            throw new DicomDataException($"Error parsing masked DICOM tag [group:'{group}', element:'{element}']");

        var mask = 0u;
        foreach (var digit in pattern)
            mask = (mask << 4) | (digit == 'x' ? 0u : 0xfu);
        return new DicomMaskedTag(card, mask);
    }

    public bool IsMatch(DicomTag tag) => Card == (tag.Number & Mask);

    public override string ToString() => ToString("G", null);

    /// <summary>Formats: <c>G</c> (gggg,eeee); <c>g</c> the group; <c>e</c> the element.</summary>
    public string ToString(string? format, IFormatProvider? formatProvider) => format switch
    {
        "g" => Digits()[..4],
        "e" => Digits()[4..],
        _ => $"({Digits()[..4]},{Digits()[4..]})",
    };

    private string Digits() => string.Create(8, this, static (text, tag) =>
    {
        for (var i = 0; i < 8; i++)
        {
            var shift = 28 - (4 * i);
            text[i] = ((tag.Mask >> shift) & 0xf) == 0 ? 'x' : "0123456789abcdef"[(int)((tag.Card >> shift) & 0xf)];
        }
    });
}
