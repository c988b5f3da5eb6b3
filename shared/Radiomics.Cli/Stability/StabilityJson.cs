using System.Buffers;
using System.Text.Json;
using Radiomics.Extraction;
using Radiomics.Learning;

namespace Radiomics.Cli.Stability;

/// <summary>A report as JSON: what was done, every feature, cases that failed, settings and provenance.</summary>
internal static class StabilityJson
{
    /// <summary>Indented, with a line end.</summary>
    public static ReadOnlyMemory<byte> Of(StabilityReport report)
    {
        var bytes = new ArrayBufferWriter<byte>(1 << 16);
        using (var json = new Utf8JsonWriter(bytes, RadiomicsJson.WriterOptions(indented: true)))
        {
            json.WriteStartObject();
            json.WriteString("measure", report.Correlations is null ? "dispersion" : report.Request.FormName);
            if (report.Correlations is { } correlations)
            {
                WriteCorrelations(json, correlations);
            }
            else
            {
                WriteDispersions(json, report.Dispersions!);
            }

            WriteCases(json, report);
            WriteRequest(json, report.Request);
            json.WriteStartArray("warnings");
            foreach (var warning in report.Warnings)
            {
                json.WriteStringValue(warning);
            }

            json.WriteEndArray();
            json.WritePropertyName("settings");
            report.Request.Settings.WriteTo(json);
            json.WriteStartObject("provenance");
            json.WriteString("engineVersion", FeatureExtractor.EngineVersion);
            json.WriteString("toolVersion", RadiomicsTool.Version);
            json.WriteString("settingsHash", report.Request.Settings.ComputeHash());
            json.WriteEndObject();
            json.WriteEndObject();
        }

        bytes.Write("\n"u8);
        return bytes.WrittenMemory;
    }

    private static void WriteCorrelations(Utf8JsonWriter json, IReadOnlyDictionary<string, FeatureStability> features)
    {
        json.WriteNumber("confidence", 0.95);
        json.WriteStartObject("classes");
        json.WriteString("by", "lower");
        json.WriteNumber("moderateFrom", IccClasses.Moderate);
        json.WriteNumber("goodFrom", IccClasses.Good);
        json.WriteNumber("excellentFrom", IccClasses.Excellent);
        json.WriteEndObject();
        json.WriteStartObject("features");
        foreach (var (tag, feature) in features)
        {
            json.WriteStartObject(tag);
            Number(json, "icc", feature.Estimate?.Value);
            Number(json, "lower", feature.Estimate?.Lower);
            Number(json, "upper", feature.Estimate?.Upper);
            json.WriteString("class", feature.Estimate is { } estimate ? StabilityWords.Of(estimate.Class) : null);
            json.WriteNumber("cases", feature.Cases);
            json.WriteString("reason", feature.Reason);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteDispersions(Utf8JsonWriter json, IReadOnlyDictionary<string, FeatureDispersion> features)
    {
        json.WriteStartObject("features");
        foreach (var (tag, feature) in features)
        {
            json.WriteStartObject(tag);
            Number(json, "value", feature.Value);
            Number(json, "minimum", feature.Minimum);
            Number(json, "maximum", feature.Maximum);
            Number(json, "quartileCoefficient", feature.QuartileCoefficient);
            Number(json, "relativeRange", feature.RelativeRange);
            json.WriteNumber("images", feature.Images);
            json.WriteString("reason", feature.Reason);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteCases(Utf8JsonWriter json, StabilityReport report)
    {
        json.WriteStartObject("cases");
        json.WriteNumber("used", report.Cases);
        json.WriteStartArray("failed");
        foreach (var failure in report.Failed)
        {
            json.WriteStartObject();
            json.WriteString("case", failure.Case);
            json.WriteString("code", failure.Code);
            json.WriteString("detail", failure.Detail);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRequest(Utf8JsonWriter json, StabilityRequest request)
    {
        var chain = request.Chain;
        json.WriteStartObject("perturbations");
        json.WriteString("chain", chain.Letters);
        json.WriteNumber("rotation", chain.Rotation);
        json.WriteNumber("translation", chain.Translation);
        json.WriteNumber("noise", chain.Noise);
        json.WriteNumber("volume", chain.Volume);
        json.WriteBoolean("contour", chain.Contour);
        json.WriteNumber("repeats", request.Repeats);
        json.WriteNumber("seed", request.Seed);
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, double? value)
    {
        json.WritePropertyName(name);
        if (value is { } number && double.IsFinite(number))
        {
            json.WriteNumberValue(number);
        }
        else
        {
            json.WriteNullValue();
        }
    }
}
