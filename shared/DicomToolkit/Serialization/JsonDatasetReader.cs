using System.Globalization;
using System.Text.Json;
using FellowOakDicom.IO.Buffer;

namespace FellowOakDicom.Serialization;

/// <summary>Reads datasets from JSON objects keyed by tag or keyword.</summary>
internal static class JsonDatasetReader
{
    public static DicomDataset Read(JsonElement json, bool autoValidate)
    {
        if (json.ValueKind == JsonValueKind.Null)
            return null!;
        if (json.ValueKind != JsonValueKind.Object)
            throw new JsonException($"Expected the start of an object but found '{json.ValueKind}'.");

        var dataset = new DicomDataset { ValidateItems = autoValidate };
        foreach (var property in json.EnumerateObject())
        {
            try
            {
                dataset.Add(ReadItem(ParseTag(property.Name), property.Value, autoValidate));
            }
            catch (Exception e) when (e is FormatException or InvalidOperationException or OverflowException)
            {
                throw new JsonException($"Malformed DICOM json at {property.Name}: {e.Message}", e);
            }
        }

        SetPrivateCreators(dataset);
        return dataset;
    }

    private static void SetPrivateCreators(DicomDataset dataset)
    {
        foreach (var item in dataset.Where(i => i.Tag.IsPrivate && i.Tag.Element > 0xff).ToArray())
        {
            var creator = new DicomTag(item.Tag.Group, (ushort)(item.Tag.Element >> 8));
            if (dataset.Contains(creator))
                item.Tag.PrivateCreator = DicomDictionary.Default.GetPrivateCreator(dataset.GetDicomItem<DicomElement>(creator).Get<string>());
        }
    }

    private static DicomTag ParseTag(string name)
    {
        if (name.Length == 8 && uint.TryParse(name, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number))
            return number;
        return DicomDictionary.Default[name] ?? throw new JsonException($"Malformed DICOM json, no such attribute: {name}");
    }

    private static DicomItem ReadItem(DicomTag tag, JsonElement json, bool autoValidate)
    {
        if (!json.TryGetProperty("vr", out var code))
            throw new JsonException("Malformed DICOM json. vr value missing");
        if (!DicomVR.TryParse(code.GetString()!, out var vr) || vr == DicomVR.NONE)
            throw new NotSupportedException("Unsupported value representation");

        if (vr == DicomVR.SQ)
            return new DicomSequence(tag, [.. Values(json).Select(v => Read(v, autoValidate)).Where(d => d is not null)]);
        if (json.TryGetProperty("BulkDataURI", out var uri))
            return ElementFactory.Read(vr, tag, new BulkDataUriByteBuffer(uri.GetString()!), [System.Text.Encoding.UTF8]);
        if (json.TryGetProperty("InlineBinary", out var binary))
            return ElementFactory.Read(vr, tag, new MemoryByteBuffer(binary.GetBytesFromBase64()), [System.Text.Encoding.UTF8]);
        return ReadValues(vr, tag, [.. Values(json)]);
    }

    private static IEnumerable<JsonElement> Values(JsonElement json) =>
        json.TryGetProperty("Value", out var values) && values.ValueKind == JsonValueKind.Array ? values.EnumerateArray() : [];

    private static DicomItem ReadValues(DicomVR vr, DicomTag tag, JsonElement[] values) => vr.Code switch
    {
        _ when values.Length == 0 => ElementFactory.Create<string>(vr, tag, null),
        "AT" => new DicomAttributeTag(tag, Array.ConvertAll(values, v => ParseTag(v.GetString()!))),
        "DS" => new DicomDecimalString(tag, Array.ConvertAll(values, Decimal)),
        "IS" => new DicomIntegerString(tag, Array.ConvertAll(values, v => Number(v, (JsonElement e, out int n) => e.TryGetInt32(out n), int.Parse))),
        "SV" => new DicomSignedVeryLong(tag, Array.ConvertAll(values, v => Number(v, (JsonElement e, out long n) => e.TryGetInt64(out n), long.Parse))),
        "UV" => new DicomUnsignedVeryLong(tag, Array.ConvertAll(values, v => Number(v, (JsonElement e, out ulong n) => e.TryGetUInt64(out n), ulong.Parse))),
        "SL" => new DicomSignedLong(tag, Array.ConvertAll(values, v => v.GetInt32())),
        "UL" => new DicomUnsignedLong(tag, Array.ConvertAll(values, v => v.GetUInt32())),
        "SS" => new DicomSignedShort(tag, Array.ConvertAll(values, v => v.GetInt16())),
        "US" => new DicomUnsignedShort(tag, Array.ConvertAll(values, v => v.GetUInt16())),
        "FL" => new DicomFloatingPointSingle(tag, Array.ConvertAll(values, v => v.ValueKind == JsonValueKind.Number ? v.GetSingle() : (float)Special(v))),
        "FD" => new DicomFloatingPointDouble(tag, Array.ConvertAll(values, v => v.ValueKind == JsonValueKind.Number ? v.GetDouble() : Special(v))),
        "PN" => new DicomPersonName(tag, Array.ConvertAll(values, Name)),
        _ => ElementFactory.Create(vr, tag, Array.ConvertAll(values, v => v.GetString() ?? string.Empty)),
    };

    private delegate bool TryGetNumber<T>(JsonElement json, out T number);

    private static T Number<T>(JsonElement json, TryGetNumber<T> tryGet, Func<string, IFormatProvider, T> parse)
    {
        if (json.ValueKind == JsonValueKind.Number && tryGet(json, out var number))
            return number;
        return json.ValueKind == JsonValueKind.String
            ? parse(json.GetString()!, CultureInfo.InvariantCulture)
            : throw new JsonException("Malformed DICOM json, number expected");
    }

    private static decimal Decimal(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Number => json.TryGetDecimal(out var number) ? number : throw new JsonException("Malformed DICOM json, number out of range"),
        JsonValueKind.String => decimal.Parse(json.GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture),
        _ => throw new JsonException("Malformed DICOM json, number expected"),
    };

    private static double Special(JsonElement json) => json.GetString() switch
    {
        "NaN" => double.NaN,
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        _ => throw new JsonException("Malformed DICOM json, number expected"),
    };

    private static string Name(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Null)
            return string.Empty;
        var groups = new[] { "Alphabetic", "Ideographic", "Phonetic" }
            .Select(g => json.TryGetProperty(g, out var text) && !string.IsNullOrWhiteSpace(text.GetString()) ? text.GetString() : string.Empty);
        return string.Join('=', groups).TrimEnd('=');
    }
}
