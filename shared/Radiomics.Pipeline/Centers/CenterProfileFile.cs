using System.Text.Json;
using System.Text.Json.Nodes;
using Radiomics.Extraction;

namespace Radiomics.Pipeline;

/// <summary>
/// A center profile as it is written. Its part <c>ingest</c> may name a file of <c>models/ingest</c> as <c>rules</c>: those hold then, but for what the
/// profile says itself (<c>roiNames</c>, <c>admitUnclassified</c> …). What is read, pinned and digested is always the whole.
/// </summary>
public static class CenterProfileFile
{
    /// <summary>Reads a profile; <paramref name="modelsFolder"/> has the rules it may name.</summary>
    /// <exception cref="JsonException">It is no profile.</exception>
    /// <exception cref="RadiomicsException"><c>UnknownIngestRules</c>: there is no file of that name.</exception>
    public static CenterProfile Load(ReadOnlySpan<byte> json, string modelsFolder)
    {
        var profile = Parse(json);
        if (profile["ingest"] is JsonObject ingest && ingest["rules"] is { } named)
        {
            profile["ingest"] = Whole(ingest, named.GetValueKind() == JsonValueKind.String ? named.GetValue<string>() : "", modelsFolder);
        }

        return profile.Deserialize<CenterProfile>(RadiomicsJson.Options)!;
    }

    private static JsonObject Whole(JsonObject own, string name, string modelsFolder)
    {
        var folder = Path.Combine(modelsFolder, "ingest");
        var file = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.json").FirstOrDefault(path => Path.GetFileNameWithoutExtension(path) == name) : null;
        var rules = Parse(File.ReadAllBytes(file ?? throw new RadiomicsException("UnknownIngestRules", $"There are no ingest rules '{name}'.")));
        foreach (var (property, value) in own.Where(property => property.Key != "rules"))
        {
            rules[property] = value?.DeepClone();
        }

        return rules;
    }

    private static JsonObject Parse(ReadOnlySpan<byte> json) =>
        JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject
        ?? throw new JsonException("It is no JSON object.");
}
