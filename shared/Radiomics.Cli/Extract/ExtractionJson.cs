using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Radiomics.Extraction;

namespace Radiomics.Cli.Extract;

/// <summary>
/// Extractions as JSON: <c>{"features", "diagnostics", "settings", "provenance"}</c>, with the reason of each null feature under <c>diagnostics.undefined</c>,
/// and what may not be what was meant under <c>diagnostics.warnings</c>.
/// Written token by token: start-up counts here.
/// </summary>
public static class ExtractionJson
{
    /// <summary>A report, indented, with a line end: an image with one region as such, one with several with an object for each label, a study with one for each sequence.</summary>
    public static ReadOnlyMemory<byte> Of(ExtractionReport report)
    {
        var bytes = new ArrayBufferWriter<byte>(1 << 16);
        using (var json = new Utf8JsonWriter(bytes, RadiomicsJson.WriterOptions(indented: true)))
        {
            if (report.IsNifti)
            {
                json.WriteStartObject();
                WriteMembers(json, report.Sequences[0]);
                json.WriteEndObject();
            }
            else
            {
                WriteStudy(json, report);
            }
        }

        bytes.Write("\n"u8);
        return bytes.WrittenMemory;
    }

    /// <summary>The members of the object that describes one extraction.</summary>
    public static void WriteMembers(Utf8JsonWriter json, ExtractedSequence sequence)
    {
        var vector = sequence.Vector;
        json.WriteStartObject("features");
        foreach (var (tag, value) in vector.Features)
        {
            if (value is { } number)
            {
                json.WriteNumber(tag, number);
            }
            else
            {
                json.WriteNull(tag);
            }
        }

        json.WriteEndObject();
        json.WriteStartObject("diagnostics");
        foreach (var (tag, value) in vector.Diagnostics)
        {
            json.WriteNumber(tag, value);
        }

        json.WriteStartObject("undefined");
        foreach (var (tag, reason) in vector.Undefined)
        {
            json.WriteString(tag, reason);
        }

        json.WriteEndObject();
        WriteWarnings(json, vector.Warnings);
        json.WriteEndObject();
        json.WritePropertyName("settings");
        vector.Settings.WriteTo(json);
        WriteProvenance(json, sequence);
    }

    private static void WriteProvenance(Utf8JsonWriter json, ExtractedSequence sequence)
    {
        json.WriteStartObject("provenance");
        json.WriteString("engineVersion", sequence.Vector.EngineVersion);
        json.WriteString("toolVersion", RadiomicsTool.Version);
        json.WriteString("settingsHash", sequence.Vector.SettingsHash);
        json.WriteString("imageSha256", sequence.ImageSha256);
        json.WriteString("maskSha256", sequence.MaskSha256);
        if (int.TryParse(sequence.Label, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var label))
        {
            json.WriteNumber("label", label);
        }
        else
        {
            json.WriteString("label", sequence.Label);
        }

        if (sequence.Reading is { } reading)
        {
            json.WriteString("reading", reading);
        }

        json.WriteString("referenceMaskSha256", sequence.ReferenceMaskSha256);
        json.WriteEndObject();
    }

    private static void WriteStudy(Utf8JsonWriter json, ExtractionReport report)
    {
        json.WriteStartObject();
        json.WriteString("case", report.Case);
        if (!report.IsByLabel)
        {
            json.WriteString("fieldStrength", report.FieldStrength);
        }

        json.WriteStartObject(report.IsByLabel ? "labels" : "sequences");
        foreach (var sequence in report.Sequences)
        {
            json.WriteStartObject(report.IsByLabel ? sequence.Label! : sequence.Name);
            WriteMembers(json, sequence);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        WriteWarnings(json, report.Warnings);
        json.WriteEndObject();
    }

    private static void WriteWarnings(Utf8JsonWriter json, IReadOnlyList<string> warnings)
    {
        json.WriteStartArray("warnings");
        foreach (var warning in warnings)
        {
            json.WriteStringValue(warning);
        }

        json.WriteEndArray();
    }
}
