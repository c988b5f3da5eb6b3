using System.Diagnostics.CodeAnalysis;

namespace FellowOakDicom;

/// <summary>A value representation (PS3.5 section 6.2).</summary>
public sealed class DicomVR
{
    public static readonly DicomVR NONE = new("NONE", "No Value Representation", VrKind.None, typeof(object), 0, 0);
    public static readonly DicomVR AE = Text("AE", "Application Entity", 16, validate: DicomValidation.ValidateAE);
    public static readonly DicomVR AS = Text("AS", "Age String", 4, validate: DicomValidation.ValidateAS);
    public static readonly DicomVR AT = new("AT", "Attribute Tag", VrKind.ShortBinary, typeof(DicomTag), 4, 4) { ByteSwap = 2 };
    public static readonly DicomVR CS = Text("CS", "Code String", 16, validate: DicomValidation.ValidateCS);
    public static readonly DicomVR DA = Text("DA", "Date", 18, typeof(DateTime), DicomValidation.ValidateDA);
    public static readonly DicomVR DS = Text("DS", "Decimal String", 16, typeof(decimal), DicomValidation.ValidateDS);
    public static readonly DicomVR DT = Text("DT", "Date Time", 54, typeof(DateTime), DicomValidation.ValidateDT);
    public static readonly DicomVR FD = new("FD", "Floating Point Double", VrKind.ShortBinary, typeof(double), 8, 8);
    public static readonly DicomVR FL = new("FL", "Floating Point Single", VrKind.ShortBinary, typeof(float), 4, 4);
    public static readonly DicomVR IS = Text("IS", "Integer String", 12, typeof(int), DicomValidation.ValidateIS);
    public static readonly DicomVR LO = Encoded("LO", "Long String", 64, DicomValidation.ValidateLO);
    public static readonly DicomVR LT = Encoded("LT", "Long Text", 10240, DicomValidation.ValidateLT, single: true);
    public static readonly DicomVR OB = new("OB", "Other Byte", VrKind.LongBinary, typeof(byte[]), 0, 1);
    public static readonly DicomVR OD = new("OD", "Other Double", VrKind.LongBinary, typeof(double[]), 0, 8);
    public static readonly DicomVR OF = new("OF", "Other Float", VrKind.LongBinary, typeof(float[]), 0, 4);
    public static readonly DicomVR OL = new("OL", "Other Long", VrKind.LongBinary, typeof(uint[]), 0, 4);
    public static readonly DicomVR OW = new("OW", "Other Word", VrKind.LongBinary, typeof(ushort[]), 0, 2);
    public static readonly DicomVR OV = new("OV", "Other Very Long", VrKind.LongBinary, typeof(ulong[]), 0, 8);
    public static readonly DicomVR PN = Encoded("PN", "Person Name", 64, DicomValidation.ValidatePN);
    public static readonly DicomVR SH = Encoded("SH", "Short String", 16, DicomValidation.ValidateSH);
    public static readonly DicomVR SL = new("SL", "Signed Long", VrKind.ShortBinary, typeof(int), 4, 4);
    public static readonly DicomVR SQ = new("SQ", "Sequence of Items", VrKind.LongBinary, null, 0, 0) { IsMultiValue = false, PaddingValue = (byte)' ' };
    public static readonly DicomVR SS = new("SS", "Signed Short", VrKind.ShortBinary, typeof(short), 2, 2);
    public static readonly DicomVR ST = Encoded("ST", "Short Text", 1024, DicomValidation.ValidateST, single: true);
    public static readonly DicomVR SV = new("SV", "Signed Very Long", VrKind.LongBinary, typeof(long), 8, 8);
    public static readonly DicomVR TM = Text("TM", "Time", 16, typeof(DateTime), DicomValidation.ValidateTM);
    public static readonly DicomVR UC = Encoded("UC", "Unlimited Characters", 0, kind: VrKind.LongText);
    public static readonly DicomVR UI = Text("UI", "Unique Identifier", 64, validate: DicomValidation.ValidateUI, padding: 0);
    public static readonly DicomVR UL = new("UL", "Unsigned Long", VrKind.ShortBinary, typeof(uint), 4, 4);
    public static readonly DicomVR UN = new("UN", "Unknown", VrKind.LongBinary, typeof(byte[]), 0, 1);
    public static readonly DicomVR UR = Encoded("UR", "Universal Resource Identifier or Locator", 0, single: true, kind: VrKind.LongText);
    public static readonly DicomVR US = new("US", "Unsigned Short", VrKind.ShortBinary, typeof(ushort), 2, 2);
    public static readonly DicomVR UT = Encoded("UT", "Unlimited Text", 0, single: true, kind: VrKind.LongText);
    public static readonly DicomVR UV = new("UV", "Unsigned Very Long", VrKind.LongBinary, typeof(ulong), 8, 8);

    /// <summary>The VRs that a data element can have, in alphabetical order.</summary>
    internal static readonly DicomVR[] DataElements =
    [
        AE, AS, AT, CS, DA, DS, DT, FD, FL, IS, LO, LT, OB, OD, OF, OL, OV, OW, PN, SH, SL, SQ, SS, ST, SV, TM, UC, UI, UL, UN, UR, US, UT, UV,
    ];

    private static readonly DicomVR?[] s_byCode = IndexByCode();

    private readonly Action<string>? _validate;

    private DicomVR(string code, string name, VrKind kind, Type? valueType, uint maximumLength, int unitSize, Action<string>? validate = null)
    {
        Code = code;
        Name = name;
        IsString = kind is VrKind.ShortText or VrKind.LongText;
        Is16bitLength = kind is VrKind.ShortText or VrKind.ShortBinary;
        IsMultiValue = kind != VrKind.None;
        PaddingValue = IsString ? (byte)' ' : (byte)0;
        ValueType = valueType!;
        MaximumLength = maximumLength;
        UnitSize = unitSize;
        ByteSwap = unitSize;
        _validate = validate;
    }

    private enum VrKind
    {
        None,
        ShortText,
        LongText,
        ShortBinary,
        LongBinary,
    }

    public string Code { get; }

    public string Name { get; }

    public bool IsString { get; }

    /// <summary>True if the text depends on SpecificCharacterSet.</summary>
    public bool IsStringEncoded { get; private init; }

    /// <summary>True if an explicit VR header has a 16-bit length field.</summary>
    public bool Is16bitLength { get; }

    public bool IsMultiValue { get; private init; }

    public byte PaddingValue { get; private init; }

    /// <summary>Per value, in characters or bytes; 0 if unlimited.</summary>
    public uint MaximumLength { get; }

    /// <summary>Bytes a value takes; 1 for text.</summary>
    public int UnitSize { get; }

    /// <summary>Bytes that are reversed between byte orders.</summary>
    public int ByteSwap { get; private init; }

    public Type ValueType { get; }

    /// <exception cref="DicomDataException">There is no such VR.</exception>
    public static DicomVR Parse(string vr) => TryParse(vr, out var result) ? result : throw new DicomDataException($"Unknown VR: '{vr}'");

    public static bool TryParse(string vr, [MaybeNullWhen(false)] out DicomVR result)
    {
        result = vr == "NONE" ? NONE : vr is { Length: 2 } ? Find(vr[0], vr[1]) : null;
        return result is not null;
    }

    public static bool TryParse(byte[] vr, [MaybeNullWhen(false)] out DicomVR result)
    {
        result = Find((char)vr[0], (char)vr[1]);
        return result is not null;
    }

    /// <exception cref="DicomValidationException">The value breaks a rule of PS3.5 table 6.2-1.</exception>
    public void ValidateString(string content) => _validate?.Invoke(content);

    public override string ToString() => Code;

    internal static DicomVR? Find(char first, char second) =>
        first is >= 'A' and <= 'Z' && second is >= 'A' and <= 'Z' ? s_byCode[((first - 'A') * 26) + second - 'A'] : null;

    private static DicomVR Text(string code, string name, uint maximum, Type? type = null, Action<string>? validate = null, byte padding = (byte)' ') =>
        new(code, name, VrKind.ShortText, type ?? typeof(string), maximum, 1, validate) { PaddingValue = padding };

    private static DicomVR Encoded(
        string code, string name, uint maximum, Action<string>? validate = null, bool single = false, VrKind kind = VrKind.ShortText) =>
        new(code, name, kind, typeof(string), maximum, 1, validate) { IsStringEncoded = true, IsMultiValue = !single };

    private static DicomVR?[] IndexByCode()
    {
        var table = new DicomVR?[26 * 26];
        foreach (var vr in DataElements)
            table[((vr.Code[0] - 'A') * 26) + vr.Code[1] - 'A'] = vr;
        return table;
    }
}
