using System.Globalization;
using System.Text.Json;
using FellowOakDicom.IO.Buffer;

namespace FellowOakDicom.Serialization;

/// <summary>Writes datasets as JSON objects keyed by tag, or by keyword where there is one.</summary>
internal sealed class JsonDatasetWriter(Utf8JsonWriter writer, bool writeKeywords, NumberSerializationMode mode)
{
    private static readonly string[] s_nameGroups = ["Alphabetic", "Ideographic", "Phonetic"];

    public void Write(DicomDataset? dataset)
    {
        if (dataset is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        foreach (var item in dataset)
        {
            if (item.Tag.Element == 0)
                continue;
            var entry = item.Tag.DictionaryEntry;
            writer.WriteStartObject(writeKeywords && entry.MaskTag is null ? entry.Keyword : item.Tag.ToString("J", null));
            writer.WriteString("vr", item.ValueRepresentation.Code);
            WriteItem(item);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private void WriteItem(DicomItem item)
    {
        if (item is DicomSequence sequence)
        {
            WriteValues(sequence.Items, Write);
            return;
        }

        var element = item as DicomElement
            ?? throw new InvalidCastException($"Encapsulated pixel data {item.Tag} can't be written as JSON: decompress or remove it.");
        switch (element.ValueRepresentation.Code)
        {
            case "PN":
                WriteValues(element.Get<string[]>(), WriteName);
                break;
            case "AT":
                WriteValues(element.Get<DicomTag[]>(), tag => writer.WriteStringValue(tag.ToString("J", null)));
                break;
            case "OB" or "OD" or "OF" or "OL" or "OV" or "OW" or "UN":
                WriteBinary(element);
                break;
            case "FL":
                WriteValues(element.Get<float[]>(), WriteFloat);
                break;
            case "FD":
                WriteValues(element.Get<double[]>(), WriteDouble);
                break;
            case "SL":
                WriteValues(element.Get<int[]>(), writer.WriteNumberValue);
                break;
            case "SS":
                WriteValues(element.Get<short[]>(), v => writer.WriteNumberValue(v));
                break;
            case "UL":
                WriteValues(element.Get<uint[]>(), writer.WriteNumberValue);
                break;
            case "US":
                WriteValues(element.Get<ushort[]>(), v => writer.WriteNumberValue(v));
                break;
            case "DS" or "IS" or "SV" or "UV":
                WriteNumericText(element);
                break;
            default:
                WriteTexts(element);
                break;
        }
    }

    private void WriteValues<T>(ICollection<T> values, Action<T> write)
    {
        if (values.Count == 0)
            return;
        writer.WriteStartArray("Value");
        foreach (var value in values)
            write(value);
        writer.WriteEndArray();
    }

    private void WriteTexts(DicomElement element)
    {
        if (element.Count > 0)
            WriteValues(element.Get<string[]>(), WriteText);
    }

    private void WriteText(string text)
    {
        if (string.IsNullOrEmpty(text))
            writer.WriteNullValue();
        else
            writer.WriteStringValue(text);
    }

    private void WriteName(string name)
    {
        if (string.IsNullOrEmpty(name))
        {
            writer.WriteNullValue();
            return;
        }

        var groups = name.Split('=');
        writer.WriteStartObject();
        for (var i = 0; i < Math.Min(groups.Length, s_nameGroups.Length); i++)
        {
            if (!string.IsNullOrWhiteSpace(groups[i]))
                writer.WriteString(s_nameGroups[i], groups[i]);
        }

        writer.WriteEndObject();
    }

    private void WriteBinary(DicomElement element)
    {
        if (element.Buffer is IBulkDataUriByteBuffer bulk)
            writer.WriteString("BulkDataURI", bulk.BulkDataUri);
        else if (element.Count > 0)
            writer.WriteBase64String("InlineBinary", element.Buffer.Data);
    }

    private void WriteNumericText(DicomElement element)
    {
        if (element.Count == 0)
            return;
        var texts = element.Get<string[]>();
        if (mode == NumberSerializationMode.AsString)
        {
            WriteValues(texts, WriteText);
            return;
        }

        try
        {
            Converter<string, string?> convert = element is DicomIntegerString ? Integer : Number;
            var numbers = Array.ConvertAll(texts, convert);
            WriteValues(numbers, WriteRaw);
        }
        catch (Exception e) when (mode == NumberSerializationMode.PreferablyAsNumber && e is FormatException or OverflowException)
        {
            WriteValues(texts, WriteText);
        }
    }

    private static string? Integer(string text) => text.Length == 0
        ? throw new FormatException("An empty value isn't a number.")
        : int.Parse(text, NumberStyles.Integer | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);

    /// <summary>The number as JSON writes it, with the digits that the text has; null for an empty value.</summary>
    private static string? Number(string text)
    {
        var number = text.Trim().TrimEnd('\0');
        if (number.Length == 0)
            return null;
        if (decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) && (exact != 0 || !number.AsSpan().ContainsAny("eE")))
            return exact.ToString(CultureInfo.InvariantCulture);
        return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var rounded) && double.IsFinite(rounded)
            ? rounded.ToString("R", CultureInfo.InvariantCulture)
            : throw new FormatException($"Cannot write dicom number {text} to json");
    }

    private void WriteRaw(string? number)
    {
        if (number is null)
            writer.WriteNullValue();
        else
            writer.WriteRawValue(number);
    }

    private void WriteFloat(float value)
    {
        if (float.IsFinite(value))
            writer.WriteNumberValue(value);
        else
            WriteDouble(value);
    }

    private void WriteDouble(double value)
    {
        if (double.IsFinite(value))
            writer.WriteNumberValue(value);
        else
            writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
    }
}
