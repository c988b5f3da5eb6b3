using System.Buffers;
using System.Text.Json;
using Radiomics.Extraction;

namespace Radiomics.Cli.Extract.Batch;

/// <summary>A line of JSON for each region of a case: case, image, mask, other columns of the list, and what <c>extract --json</c> prints, or the error.</summary>
internal sealed class JsonLinesFormat(string settingsHash) : IBatchFormat
{
    public ReadOnlySpan<byte> Signature => "{\"case\":"u8;

    public Dictionary<string, OldRow> OldRows(IReadOnlyList<ReadOnlyMemory<byte>> lines)
    {
        var rows = new Dictionary<string, OldRow>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            try
            {
                using var row = JsonDocument.Parse(line);
                var provenance = row.RootElement.GetProperty("provenance");
                if (!row.RootElement.TryGetProperty("error", out _)
                    && provenance.GetProperty("settingsHash").ValueEquals(settingsHash)
                    && provenance.GetProperty("engineVersion").ValueEquals(FeatureExtractor.EngineVersion))
                {
                    var label = provenance.GetProperty("label");
                    var key = IBatchFormat.Key(
                        Text(row.RootElement, "case"),
                        Text(row.RootElement, "image"),
                        Text(row.RootElement, "mask"),
                        label.ValueKind == JsonValueKind.Number ? label.GetRawText() : label.GetString(),
                        provenance.TryGetProperty("reading", out var reading) ? reading.GetString() : null,
                        row.RootElement.TryGetProperty("columns", out var columns) ? columns.EnumerateObject().Select(column => column.Value.GetString() ?? "") : []);
                    rows[key] =
                        new(line, Text(provenance, "imageSha256"), Text(provenance, "maskSha256"), provenance.GetProperty("referenceMaskSha256").GetString());
                }
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
            {
                // Not a row of ours: it is not used again.
            }
        }

        return rows;
    }

    public IEnumerable<ReadOnlyMemory<byte>> Lines(BatchRow row) => [row.Old?.Line ?? Line(row)];

    public IEnumerable<ReadOnlyMemory<byte>> LastLines() => [];

    private ReadOnlyMemory<byte> Line(BatchRow row)
    {
        var bytes = new ArrayBufferWriter<byte>(1 << 14);
        using (var json = new Utf8JsonWriter(bytes, RadiomicsJson.WriterOptions(indented: false)))
        {
            json.WriteStartObject();
            json.WriteString("case", row.Case.Name);
            json.WriteString("image", row.Case.ImageText);
            json.WriteString("mask", row.Case.MaskText);
            if (row.Case.Others.Count > 0)
            {
                json.WriteStartObject("columns");
                foreach (var (column, text) in row.Case.Others)
                {
                    json.WriteString(column, text);
                }

                json.WriteEndObject();
            }

            if (row.Extracted is { } extracted)
            {
                ExtractionJson.WriteMembers(json, extracted);
            }
            else
            {
                json.WriteStartObject("error");
                json.WriteString("code", row.Error!.Code);
                json.WriteString("detail", row.Error.Detail);
                json.WriteEndObject();
                json.WriteStartObject("provenance");
                json.WriteString("engineVersion", FeatureExtractor.EngineVersion);
                json.WriteString("toolVersion", RadiomicsTool.Version);
                json.WriteString("settingsHash", settingsHash);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        bytes.Write("\n"u8);
        return bytes.WrittenMemory;
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";
}
