using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Radiomics.Extraction.Tests;

/// <summary>Makes the schema of settings files from the records and the words in their source.</summary>
internal static partial class SettingsSchema
{
    public static string Generate()
    {
        var options = new JsonSerializerOptions(RadiomicsJson.Indented) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };
        options.Converters.RemoveAt(0);
        var words = Words();
        var schema = options.GetJsonSchemaAsNode(typeof(ExtractionSettings), new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = (context, node) =>
            {
                if (Nullable.GetUnderlyingType(context.TypeInfo.Type) == typeof(Spacing))
                {
                    node = JsonNode.Parse("""{"type":["number","array","null"],"items":{"type":"number"},"minItems":3,"maxItems":3}""")!;
                }

                if (context.PropertyInfo is { } property && node is JsonObject described
                    && words.TryGetValue($"{property.DeclaringType.Name}.{property.Name}", out var text))
                {
                    described.Insert(0, "description", text);
                }

                return node;
            },
        }).AsObject();
        schema["properties"]!.AsObject().Insert(0, "$schema", new JsonObject { ["type"] = "string" });
        schema.Insert(0, "description", "How features come out of a volume and an ROI. An option that is absent has its default.");
        schema.Insert(0, "title", "Extraction settings");
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        return schema.ToJsonString(options) + "\n";
    }

    /// <summary>The summary of each property of the settings records, by type and JSON name.</summary>
    private static Dictionary<string, string> Words()
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.GetFiles(Path.Combine(TestData.RepositoryRoot, "shared", "Radiomics.Extraction"), "*Settings.cs", SearchOption.AllDirectories))
        {
            var record = Path.GetFileNameWithoutExtension(file);
            foreach (Match match in Property().Matches(File.ReadAllText(file)))
            {
                var text = Line().Replace(match.Groups["text"].Value, " ");
                text = Reference().Replace(text, m => $"'{JsonNamingPolicy.CamelCase.ConvertName(m.Groups["name"].Value.Split('.')[^1])}'");
                text = Tag().Replace(text, "").Replace("&gt;", ">", StringComparison.Ordinal).Replace("&lt;", "<", StringComparison.Ordinal).Trim();
                words[$"{record}.{JsonNamingPolicy.CamelCase.ConvertName(match.Groups["name"].Value)}"] = text;
            }
        }

        return words;
    }

    [GeneratedRegex("""/// <summary>(?<text>(?:(?!</summary>)[\s\S])*)</summary>\s*(?:\[[^\]]*\]\s*)*public (?:required )?[\w?<>, ]+ (?<name>\w+) \{ get(?: => [^;]+)?; init; \}""")]
    private static partial Regex Property();

    [GeneratedRegex(@"\s*\n\s*///\s*")]
    private static partial Regex Line();

    [GeneratedRegex("""<see cref="(?<name>[^"]+)"/>""")]
    private static partial Regex Reference();

    [GeneratedRegex("</?c>|</?para>")]
    private static partial Regex Tag();
}
