using System.Text;
using FellowOakDicom.IO.Buffer;

namespace FellowOakDicom;

/// <summary>The character sets of SpecificCharacterSet (PS3.3 section C.12.1.1.2).</summary>
public static class DicomEncoding
{
    /// <summary>ASCII, the default repertoire.</summary>
    public static readonly Encoding Default = Encoding.ASCII;

    public static readonly Encoding[] DefaultArray = [Default];

    private static readonly Dictionary<string, Encoding> s_byName = Names();

    /// <summary>The encoding of a defined term; ASCII for an unknown or empty one.</summary>
    public static Encoding GetEncoding(string charset)
    {
        var name = charset?.Trim();
        if (string.IsNullOrEmpty(name))
            return Default;
        return s_byName.TryGetValue(name, out var encoding)
            || s_byName.TryGetValue(name.Replace("ISO IR", "ISO_IR", StringComparison.Ordinal).Replace("ISO-IR", "ISO_IR", StringComparison.Ordinal), out encoding)
            ? encoding
            : Default;
    }

    public static Encoding[] GetEncodings(string[] charsets) => [.. charsets.Select(GetEncoding)];

    /// <summary>The defined term of an encoding, with code extensions (ISO 2022) or without.</summary>
    /// <exception cref="ArgumentException">No term stands for it.</exception>
    public static string GetCharset(Encoding encoding, bool extended = false) =>
        s_byName.FirstOrDefault(p => p.Value.WebName == encoding.WebName && p.Key.StartsWith("ISO 2022", StringComparison.Ordinal) == extended).Key
        ?? throw new ArgumentException("No DICOM charset found for requested encoding.", nameof(encoding));

    internal static string DecodeBytes(IByteBuffer buffer, Encoding[] encodings, bool isPersonName)
    {
        var bytes = buffer.Data.AsSpan(0, (int)buffer.Size);
        var first = encodings.Length > 0 ? encodings[0] : Default;
        return encodings.Length < 2 || !bytes.Contains((byte)0x1b)
            ? first.GetString(bytes)
            : CodeExtensions.Decode(bytes, encodings, isPersonName);
    }

    private static Dictionary<string, Encoding> Names()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var byName = new Dictionary<string, Encoding>(StringComparer.Ordinal);
        (string Number, string Name)[] singleByte =
        [
            ("100", "iso-8859-1"), ("101", "iso-8859-2"), ("109", "iso-8859-3"), ("110", "iso-8859-4"), ("144", "iso-8859-5"),
            ("127", "iso-8859-6"), ("126", "iso-8859-7"), ("138", "iso-8859-8"), ("148", "iso-8859-9"), ("203", "iso-8859-15"),
            ("13", "shift_jis"), ("166", "windows-874"), ("149", "x-cp20949"),
        ];
        foreach (var (number, name) in singleByte)
        {
            byName["ISO_IR " + number] = Encoding.GetEncoding(name);
            byName["ISO 2022 IR " + number] = Encoding.GetEncoding(name);
        }

        byName["ISO_IR 6"] = Default;
        byName["ISO_IR 192"] = Encoding.UTF8;
        byName["GB18030"] = Encoding.GetEncoding("gb18030");
        byName["GBK"] = Encoding.GetEncoding("GBK");
        byName["ISO 2022 IR 6"] = Default;
        byName["ISO 2022 IR 87"] = Encoding.GetEncoding("iso-2022-jp");
        byName["ISO 2022 IR 159"] = Encoding.GetEncoding("iso-2022-jp");
        byName["ISO 2022 IR 58"] = Encoding.GetEncoding("gb2312");
        byName["ISO 2022 GBK"] = Encoding.GetEncoding("GBK");
        return byName;
    }
}
