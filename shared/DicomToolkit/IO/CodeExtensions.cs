using System.Text;

namespace FellowOakDicom;

/// <summary>Decodes text that changes its character set by escape sequences (PS3.5 section 6.1.2.5, ISO/IEC 2022).</summary>
internal static class CodeExtensions
{
    private const byte Escape = 0x1b;

    private static readonly (byte[] Sequence, string Encoding)[] s_designations =
    [
        ("(B"u8.ToArray(), "us-ascii"),
        ("(J"u8.ToArray(), "shift_jis"),
        (")I"u8.ToArray(), "shift_jis"),
        ("-A"u8.ToArray(), "iso-8859-1"),
        ("-B"u8.ToArray(), "iso-8859-2"),
        ("-C"u8.ToArray(), "iso-8859-3"),
        ("-D"u8.ToArray(), "iso-8859-4"),
        ("-F"u8.ToArray(), "iso-8859-7"),
        ("-G"u8.ToArray(), "iso-8859-6"),
        ("-H"u8.ToArray(), "iso-8859-8"),
        ("-L"u8.ToArray(), "iso-8859-5"),
        ("-M"u8.ToArray(), "iso-8859-9"),
        ("-T"u8.ToArray(), "windows-874"),
        ("$)C"u8.ToArray(), "x-cp20949"),
        ("$)A"u8.ToArray(), "gb2312"),
        ("$(D"u8.ToArray(), JisX0212),
        ("$B"u8.ToArray(), "iso-2022-jp"),
    ];

    private const string JisX0212 = "jis-x-0212";

    /// <summary>A set that isn't among those declared is read as ASCII; delimiters switch back to the first one.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes, Encoding[] declared, bool isPersonName)
    {
        var text = new StringBuilder(bytes.Length);
        while (bytes.Length > 0)
        {
            var next = bytes[1..].IndexOf(Escape);
            var piece = next < 0 ? bytes : bytes[..(next + 1)];
            Append(text, piece, declared, isPersonName);
            bytes = bytes[piece.Length..];
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, ReadOnlySpan<byte> piece, Encoding[] declared, bool isPersonName)
    {
        if (piece[0] != Escape)
        {
            text.Append(declared[0].GetString(piece));
            return;
        }

        var (name, length) = Designated(piece[1..]);
        if (name == "iso-2022-jp" && IsDeclared(name, declared))
        {
            text.Append(Encoding.GetEncoding(name).GetString(piece));
            return;
        }

        var content = piece[(1 + length)..];
        if (name == JisX0212 && IsDeclared("iso-2022-jp", declared))
        {
            text.Append(DecodeJisX0212(content));
            return;
        }

        var encoding = name is not null && IsDeclared(name, declared) ? Encoding.GetEncoding(name) : DicomEncoding.Default;
        var end = content.IndexOfAny(isPersonName ? "^=\\"u8 : "\r\n\t\f\\"u8);
        if (end < 0 || IsMultiByteSevenBit(name))
        {
            text.Append(encoding.GetString(content));
            return;
        }

        text.Append(encoding.GetString(content[..end])).Append(declared[0].GetString(content[end..]));
    }

    private static bool IsMultiByteSevenBit(string? name) => name is "iso-2022-jp" or JisX0212;

    private static (string? Encoding, int Length) Designated(ReadOnlySpan<byte> afterEscape)
    {
        foreach (var (sequence, encoding) in s_designations)
        {
            if (afterEscape.StartsWith(sequence))
                return (encoding, sequence.Length);
        }

        var intermediates = afterEscape.IndexOfAnyExceptInRange((byte)0x20, (byte)0x2f);
        return (null, intermediates < 0 ? afterEscape.Length : intermediates + 1);
    }

    private static bool IsDeclared(string name, Encoding[] declared) => name == "us-ascii" || declared.Any(e => e.WebName == Encoding.GetEncoding(name).WebName);

    /// <summary>JIS X 0212 through code page 20932, which marks its characters by a high bit in the first byte only.</summary>
    private static string DecodeJisX0212(ReadOnlySpan<byte> content)
    {
        var bytes = content.ToArray();
        for (var i = 0; i < bytes.Length; i += 2)
            bytes[i] |= 0x80;
        return Encoding.GetEncoding(20932).GetString(bytes);
    }
}
