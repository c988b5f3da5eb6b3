using System.Globalization;
using System.Text;
using FellowOakDicom.IO.Buffer;

namespace FellowOakDicom;

/// <summary>Makes the element of a VR, from values or from a file's bytes.</summary>
internal static class ElementFactory
{
    /// <exception cref="InvalidOperationException">The VR can't hold values of this type.</exception>
    public static DicomItem Create<T>(DicomVR vr, DicomTag tag, T[]? values)
    {
        if (values is null)
            return vr == DicomVR.SQ ? new DicomSequence(tag) : Read(vr, tag, EmptyBuffer.Value, DicomEncoding.DefaultArray);
        return (vr.IsString ? Text(vr, tag, values) : Binary(vr, tag, values)) ?? throw new InvalidOperationException(
            $"Unable to create DICOM element of type {vr.Code} with values of type {typeof(T)}");
    }

    /// <param name="encodings">What text of the VRs that depend on SpecificCharacterSet is encoded in.</param>
    /// <exception cref="DicomDataException">No element has this VR.</exception>
    public static DicomElement Read(DicomVR vr, DicomTag tag, IByteBuffer data, Encoding[] encodings) => vr.Code switch
    {
        "AE" => new DicomApplicationEntity(tag, data),
        "AS" => new DicomAgeString(tag, data),
        "AT" => new DicomAttributeTag(tag, data),
        "CS" => new DicomCodeString(tag, data),
        "DA" => new DicomDate(tag, data),
        "DS" => new DicomDecimalString(tag, data),
        "DT" => new DicomDateTime(tag, data),
        "FD" => new DicomFloatingPointDouble(tag, data),
        "FL" => new DicomFloatingPointSingle(tag, data),
        "IS" => new DicomIntegerString(tag, data),
        "LO" => new DicomLongString(tag, encodings, data),
        "LT" => new DicomLongText(tag, encodings, data),
        "OB" => new DicomOtherByte(tag, data),
        "OD" => new DicomOtherDouble(tag, data),
        "OF" => new DicomOtherFloat(tag, data),
        "OL" => new DicomOtherLong(tag, data),
        "OV" => new DicomOtherVeryLong(tag, data),
        "OW" => new DicomOtherWord(tag, data),
        "PN" => new DicomPersonName(tag, encodings, data),
        "SH" => new DicomShortString(tag, encodings, data),
        "SL" => new DicomSignedLong(tag, data),
        "SS" => new DicomSignedShort(tag, data),
        "ST" => new DicomShortText(tag, encodings, data),
        "SV" => new DicomSignedVeryLong(tag, data),
        "TM" => new DicomTime(tag, data),
        "UC" => new DicomUnlimitedCharacters(tag, encodings, data),
        "UI" => new DicomUniqueIdentifier(tag, data),
        "UL" => new DicomUnsignedLong(tag, data),
        "UN" => new DicomUnknown(tag, data),
        "UR" => new DicomUniversalResource(tag, encodings, data),
        "US" => new DicomUnsignedShort(tag, data),
        "UT" => new DicomUnlimitedText(tag, encodings, data),
        "UV" => new DicomUnsignedVeryLong(tag, data),
        _ => throw new DicomDataException($"Unhandled VR in DICOM parser observer: {vr.Code}"),
    };

    private static DicomItem? Text<T>(DicomVR vr, DicomTag tag, T[] values)
    {
        if (values is string[] texts)
            return Text(vr, tag, texts);
        return (vr.Code, values) switch
        {
            ("CS", _) when typeof(T).IsEnum => new DicomCodeString(tag, [.. values.Select(v => v!.ToString()!.ToUpperInvariant())]),
            ("DA", DateTime[] dates) => new DicomDate(tag, dates),
            ("TM", DateTime[] times) => new DicomTime(tag, times),
            ("DT", DateTime[] moments) => new DicomDateTime(tag, moments),
            ("DA", DicomDateRange[] ranges) => new DicomDate(tag, ranges.FirstOrDefault() ?? new DicomDateRange()),
            ("TM", DicomDateRange[] ranges) => new DicomTime(tag, ranges.FirstOrDefault() ?? new DicomDateRange()),
            ("DT", DicomDateRange[] ranges) => new DicomDateTime(tag, ranges.FirstOrDefault() ?? new DicomDateRange()),
            ("DS", decimal[] numbers) => new DicomDecimalString(tag, numbers),
            ("DS", double[] numbers) => new DicomDecimalString(tag, [.. numbers.Select(Convert.ToDecimal)]),
            ("DS", float[] numbers) => new DicomDecimalString(tag, [.. numbers.Select(Convert.ToDecimal)]),
            ("IS", int[] numbers) => new DicomIntegerString(tag, numbers),
            ("UI", DicomUID[] uids) => new DicomUniqueIdentifier(tag, uids),
            ("UI", DicomTransferSyntax[] syntaxes) => new DicomUniqueIdentifier(tag, syntaxes),
            _ => null,
        };
    }

    private static DicomElement? Text(DicomVR vr, DicomTag tag, string[] values) => vr.Code switch
    {
        "AE" => new DicomApplicationEntity(tag, values),
        "AS" => new DicomAgeString(tag, values),
        "CS" => new DicomCodeString(tag, values),
        "DA" => new DicomDate(tag, values),
        "DS" => new DicomDecimalString(tag, values),
        "DT" => new DicomDateTime(tag, values),
        "IS" => new DicomIntegerString(tag, values),
        "LO" => new DicomLongString(tag, values),
        "LT" => new DicomLongText(tag, values.FirstOrDefault()),
        "PN" => new DicomPersonName(tag, values),
        "SH" => new DicomShortString(tag, values),
        "ST" => new DicomShortText(tag, values.FirstOrDefault()),
        "TM" => new DicomTime(tag, values),
        "UC" => new DicomUnlimitedCharacters(tag, values),
        "UI" => new DicomUniqueIdentifier(tag, values),
        "UR" => new DicomUniversalResource(tag, values.FirstOrDefault()),
        "UT" => new DicomUnlimitedText(tag, values.FirstOrDefault()),
        _ => null,
    };

    private static DicomItem? Binary<T>(DicomVR vr, DicomTag tag, T[] values)
    {
        if (values is IByteBuffer[] { Length: 1 } buffers && vr.Code[0] == 'O')
            return Read(vr, tag, buffers[0], DicomEncoding.DefaultArray);
        return (vr.Code, values) switch
        {
            ("AT", DicomTag[] tags) => new DicomAttributeTag(tag, tags),
            ("AT", string[]) => new DicomAttributeTag(tag, Parsed(tag, values, DicomTag.Parse)),
            ("FD", double[] numbers) => new DicomFloatingPointDouble(tag, numbers),
            ("FD", float[] numbers) => new DicomFloatingPointDouble(tag, [.. numbers.Select(n => (double)n)]),
            ("FD", string[]) => new DicomFloatingPointDouble(tag, Parsed(tag, values, t => double.Parse(t, CultureInfo.InvariantCulture))),
            ("FL", float[] numbers) => new DicomFloatingPointSingle(tag, numbers),
            ("FL", double[] numbers) => new DicomFloatingPointSingle(tag, [.. numbers.Select(n => (float)n)]),
            ("FL", string[]) => new DicomFloatingPointSingle(tag, Parsed(tag, values, t => float.Parse(t, CultureInfo.InvariantCulture))),
            ("OB", byte[] bytes) => new DicomOtherByte(tag, bytes),
            ("UN", byte[] bytes) => new DicomUnknown(tag, bytes),
            ("UN", IByteBuffer[] { Length: 1 } b) => new DicomUnknown(tag, b[0]),
            ("OD", double[] numbers) => new DicomOtherDouble(tag, numbers),
            ("OF", float[] numbers) => new DicomOtherFloat(tag, numbers),
            ("OL", uint[] numbers) => new DicomOtherLong(tag, numbers),
            ("OV", ulong[] numbers) => new DicomOtherVeryLong(tag, numbers),
            ("OW", ushort[] numbers) => new DicomOtherWord(tag, numbers),
            ("SL", int[] numbers) => new DicomSignedLong(tag, numbers),
            ("SL", string[]) => new DicomSignedLong(tag, Parsed(tag, values, t => int.Parse(t, CultureInfo.InvariantCulture))),
            ("SQ", DicomDataset[] items) => new DicomSequence(tag, items),
            ("SS", short[] numbers) => new DicomSignedShort(tag, numbers),
            ("SS", string[]) => new DicomSignedShort(tag, Parsed(tag, values, t => short.Parse(t, CultureInfo.InvariantCulture))),
            ("SV", long[] numbers) => new DicomSignedVeryLong(tag, numbers),
            ("SV", string[]) => new DicomSignedVeryLong(tag, Parsed(tag, values, t => long.Parse(t, CultureInfo.InvariantCulture))),
            ("UL", uint[] numbers) => new DicomUnsignedLong(tag, numbers),
            ("UL", string[]) => new DicomUnsignedLong(tag, Parsed(tag, values, t => uint.Parse(t, CultureInfo.InvariantCulture))),
            ("US", ushort[] numbers) => new DicomUnsignedShort(tag, numbers),
            ("US", string[]) => new DicomUnsignedShort(tag, Parsed(tag, values, t => ushort.Parse(t, CultureInfo.InvariantCulture))),
            ("UV", ulong[] numbers) => new DicomUnsignedVeryLong(tag, numbers),
            ("UV", string[]) => new DicomUnsignedVeryLong(tag, Parsed(tag, values, t => ulong.Parse(t, CultureInfo.InvariantCulture))),
            _ => null,
        };
    }

    /// <summary>One text may hold several values where the dictionary allows several; blank ones are left out.</summary>
    private static TOut[] Parsed<T, TOut>(DicomTag tag, T[] values, Func<string, TOut> parse)
    {
        var texts = (string[])(object)values;
        if (texts.Length == 1 && tag.DictionaryEntry.ValueMultiplicity.Maximum > 1)
            texts = texts[0].Split('\\');
        return [.. texts.Where(t => !string.IsNullOrWhiteSpace(t)).Select(parse)];
    }
}
