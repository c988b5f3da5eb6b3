using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace FellowOakDicom;

/// <summary>An attribute's tag, with its private creator when it is a private one (PS3.5 section 7.1 and 7.8).</summary>
public sealed partial class DicomTag : IFormattable, IEquatable<DicomTag>, IComparable<DicomTag>, IComparable
{
    public static readonly DicomTag Unknown = new(0xffff, 0xffff);

    public DicomTag(ushort group, ushort element)
    {
        Group = group;
        Element = element;
    }

    public DicomTag(ushort group, ushort element, string privateCreator)
        : this(group, element, DicomDictionary.Default.GetPrivateCreator(privateCreator))
    {
    }

    public DicomTag(ushort group, ushort element, DicomPrivateCreator? privateCreator)
        : this(group, element) => PrivateCreator = privateCreator;

    public ushort Group { get; }

    public ushort Element { get; }

    /// <summary>True for odd groups.</summary>
    public bool IsPrivate => (Group & 1) == 1;

    public DicomPrivateCreator? PrivateCreator { get; set; }

    /// <summary>What PS3.6 says of this tag; <see cref="DicomDictionary.UnknownTag"/> when it says nothing.</summary>
    public DicomDictionaryEntry DictionaryEntry => DicomDictionary.Default[this];

    internal uint Number => ((uint)Group << 16) | Element;

    public static implicit operator DicomTag(uint tag) => new((ushort)(tag >> 16), (ushort)tag);

    public static explicit operator uint(DicomTag tag) => tag.Number;

    public static bool operator ==(DicomTag? a, DicomTag? b) => a is null ? b is null : a.Equals(b);

    public static bool operator !=(DicomTag? a, DicomTag? b) => !(a == b);

    /// <summary>Reads <c>(gggg,eeee)</c>, <c>gggg,eeee</c> or <c>ggggeeee</c>, each optionally followed by <c>:creator</c>.</summary>
    /// <exception cref="DicomDataException">The text isn't a tag.</exception>
    public static DicomTag Parse(string s)
    {
        try
        {
            ReadOnlySpan<char> rest = s.StartsWith('(') ? s.AsSpan(1) : s;
            var group = ushort.Parse(rest[..4], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            rest = rest[4] == ',' ? rest[5..] : rest[4..];
            var element = ushort.Parse(rest[..4], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            rest = rest[4..];
            if (!rest.StartsWith(":"))
                return new DicomTag(group, element);

            var creator = rest[1..];
            if (creator.EndsWith(")"))
                creator = creator[..^1];
            return new DicomTag(group, element, DicomDictionary.Default.GetPrivateCreator(creator.ToString()));
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException or IndexOutOfRangeException or NullReferenceException)
        {
            throw new DicomDataException($"Error parsing DICOM tag ['{s}']", e);
        }
    }

    public override string ToString() => ToString("G", null);

    /// <summary>Formats: <c>G</c> (gggg,eeee[:creator]); <c>g</c> without brackets; <c>X</c> with <c>xx</c> for the reserved block; <c>J</c> GGGGEEEE.</summary>
    public string ToString(string? format, IFormatProvider? formatProvider)
    {
        if (formatProvider?.GetFormat(typeof(DicomTag)) is ICustomFormatter formatter)
            return formatter.Format(format, this, formatProvider);

        var creator = PrivateCreator?.Creator;
        return format switch
        {
            "X" when creator != null => $"({Group:x4},xx{Element & 0xff:x2}:{creator})",
            "X" => $"({Group:x4},{Element:x4})",
            "g" => creator != null ? $"{Group:x4},{Element:x4}:{creator}" : $"{Group:x4},{Element:x4}",
            "J" => $"{Group:X4}{Element:X4}",
            _ => creator != null ? $"({Group:x4},{Element:x4}:{creator})" : $"({Group:x4},{Element:x4})",
        };
    }

    public int CompareTo(DicomTag? other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var order = Number.CompareTo(other.Number);
        if (order != 0 || (PrivateCreator is null && other.PrivateCreator is null))
            return order;
        return PrivateCreator is null ? -1 : other.PrivateCreator is null ? 1 : PrivateCreator.CompareTo(other.PrivateCreator);
    }

    public int CompareTo(object? obj)
    {
        ArgumentNullException.ThrowIfNull(obj);
        return obj is DicomTag tag ? CompareTo(tag) : throw new ArgumentException("Passed non-DicomTag to comparer", nameof(obj));
    }

    public override bool Equals(object? obj) => obj is DicomTag other && Equals(other);

    /// <summary>Tags with the same creator are equal whichever block the creator reserved.</summary>
    public bool Equals([NotNullWhen(true)] DicomTag? other)
    {
        if (other is null)
            return false;
        if (PrivateCreator is null && other.PrivateCreator is null)
            return Number == other.Number;
        return PrivateCreator is not null && other.PrivateCreator is not null && Group == other.Group
            && PrivateCreator.Creator == other.PrivateCreator.Creator && (Element & 0xff) == (other.Element & 0xff);
    }

    public override int GetHashCode() => PrivateCreator is null
        ? (int)Number
        : (int)(Number & 0xffff00ff) ^ PrivateCreator.GetHashCode();
}
