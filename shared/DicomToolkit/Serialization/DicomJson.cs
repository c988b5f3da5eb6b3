using System.Text;
using System.Text.Json;

namespace FellowOakDicom.Serialization;

/// <summary>How DS, IS, SV and UV values are written.</summary>
public enum NumberSerializationMode
{
    /// <summary>As numbers; a value that isn't one is an error.</summary>
    AsNumber,

    AsString,

    /// <summary>As numbers; an element with a value that isn't one, as strings.</summary>
    PreferablyAsNumber,
}

/// <summary>The DICOM JSON model (PS3.18 annex F).</summary>
public static class DicomJson
{
    /// <exception cref="FormatException">A decimal or integer string isn't a number, and numbers are wanted.</exception>
    /// <exception cref="InvalidCastException">The pixel data is encapsulated, which the model can't hold inline.</exception>
    public static string ConvertDicomToJson(
        DicomDataset dataset,
        bool writeTagsAsKeywords = false,
        bool formatIndented = false,
        NumberSerializationMode numberSerializationMode = NumberSerializationMode.AsNumber) =>
        Write(formatIndented, writer => new JsonDatasetWriter(writer, writeTagsAsKeywords, numberSerializationMode).Write(dataset));

    /// <inheritdoc cref="ConvertDicomToJson(DicomDataset, bool, bool, NumberSerializationMode)"/>
    public static string ConvertDicomToJson(IEnumerable<DicomDataset> dataset, bool writeTagsAsKeywords = false, bool formatIndented = false) =>
        Write(formatIndented, writer =>
        {
            writer.WriteStartArray();
            foreach (var item in dataset)
                new JsonDatasetWriter(writer, writeTagsAsKeywords, NumberSerializationMode.AsNumber).Write(item);
            writer.WriteEndArray();
        });

    /// <exception cref="JsonException">The text isn't a dataset of the DICOM JSON model.</exception>
    /// <exception cref="DicomValidationException">A value breaks a rule, and <paramref name="autoValidate"/> is on.</exception>
    public static DicomDataset ConvertJsonToDicom(string json, bool autoValidate = true)
    {
        using var document = JsonDocument.Parse(json, ReaderOptions);
        return JsonDatasetReader.Read(document.RootElement, autoValidate);
    }

    /// <inheritdoc cref="ConvertJsonToDicom(string, bool)"/>
    public static DicomDataset[] ConvertJsonToDicomArray(string json)
    {
        using var document = JsonDocument.Parse(json, ReaderOptions);
        return document.RootElement.ValueKind == JsonValueKind.Array
            ? [.. document.RootElement.EnumerateArray().Select(d => JsonDatasetReader.Read(d, autoValidate: true))]
            : throw new JsonException("Malformed DICOM json, array expected");
    }

    private static JsonDocumentOptions ReaderOptions => new() { CommentHandling = JsonCommentHandling.Skip, MaxDepth = 256 };

    private static string Write(bool indented, Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = indented }))
            write(writer);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
