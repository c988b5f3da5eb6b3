using System.Text.Json;
using System.Text.Json.Nodes;

namespace Radiomics.Extraction.Tests;

public class SettingsSchemaTests
{
    private static readonly string Folder = Path.Combine(TestData.RepositoryRoot, "models", "settings");
    private static readonly string SchemaPath = Path.Combine(Folder, "extraction-settings.schema.json");

    public static TheoryData<string> Shipped =>
        [.. Directory.GetFiles(Folder, "*.json").Select(path => Path.GetFileName(path)!).Where(name => !name.EndsWith(".schema.json", StringComparison.Ordinal))];

    /// <summary>With RADIOMICS_WRITE_SCHEMA=1 the file is written instead.</summary>
    [Fact]
    public void The_schema_is_what_the_records_say()
    {
        var generated = SettingsSchema.Generate();
        if (Environment.GetEnvironmentVariable("RADIOMICS_WRITE_SCHEMA") == "1")
        {
            File.WriteAllText(SchemaPath, generated);
        }

        Assert.Equal(File.ReadAllText(SchemaPath), generated);
    }

    [Fact]
    public void Every_option_is_described()
    {
        var missing = new List<string>();
        Walk(JsonNode.Parse(SettingsSchema.Generate())!, "$");
        Assert.Empty(missing);

        void Walk(JsonNode node, string path)
        {
            if (node["properties"] is JsonObject properties)
            {
                foreach (var (name, property) in properties.Where(p => p.Key != "$schema"))
                {
                    if (property is not JsonObject { Count: > 0 } o || !o.ContainsKey("description"))
                    {
                        missing.Add($"{path}.{name}");
                        continue;
                    }

                    Walk(property, $"{path}.{name}");
                }
            }

            if (node["items"] is { } items)
            {
                Walk(items, path + "[]");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Every_shipped_settings_file_is_valid(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, file)));
        Assert.Empty(Errors(json.RootElement));
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"name":"x","colour":"red"}""")]
    [InlineData("""{"name":"x","rounding":"up"}""")]
    [InlineData("""{"name":"x","resampling":{"method":"linear","spacing":[1,2]}}""")]
    [InlineData("""{"name":"x","resampling":{"method":"linear","spacing":"2"}}""")]
    [InlineData("""{"name":"x","texture":{"dependenceDistance":1.5}}""")]
    [InlineData("""{"name":"x","filters":[{"sigma":1}]}""")]
    [InlineData("""{"name":"x","families":["texture"]}""")]
    [InlineData("""{"name":"x","resampling":null}""")]
    public void Mistakes_are_seen(string settings)
    {
        using var json = JsonDocument.Parse(settings);
        Assert.NotEmpty(Errors(json.RootElement));
    }

    [Fact]
    public void The_schema_is_not_among_the_settings()
    {
        Assert.Contains("bench-liver", ExtractionSettingsFile.ShippedNames);
        Assert.DoesNotContain(ExtractionSettingsFile.ShippedNames, name => name.Contains("schema", StringComparison.Ordinal));
        Assert.True(File.Exists(ExtractionSettingsFile.SchemaFile));
        Assert.Equal("InvalidSettings", Assert.Throws<RadiomicsException>(() => ExtractionSettingsFile.Load("extraction-settings.schema")).Code);
    }

    private static List<string> Errors(JsonElement value)
    {
        using var schema = JsonDocument.Parse(File.ReadAllBytes(SchemaPath));
        var errors = new List<string>();
        Check(schema.RootElement, schema.RootElement, value, "$", errors);
        return errors;
    }

    /// <summary>The keywords that the generator uses, and no other: an unknown one fails.</summary>
    private static void Check(JsonElement root, JsonElement schema, JsonElement value, string path, List<string> errors)
    {
        foreach (var keyword in schema.EnumerateObject())
        {
            var ok = keyword.Name switch
            {
                "$schema" or "title" or "description" or "default" => true,
                "$ref" => Reference(keyword.Value.GetString()!),
                "type" => keyword.Value.ValueKind == JsonValueKind.Array ? keyword.Value.EnumerateArray().Any(t => Is(t.GetString()!)) : Is(keyword.Value.GetString()!),
                "enum" => keyword.Value.EnumerateArray().Any(allowed => JsonElement.DeepEquals(allowed, value)),
                "required" => value.ValueKind != JsonValueKind.Object || keyword.Value.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _)),
                "additionalProperties" => Additional(keyword.Value),
                "properties" => Properties(keyword.Value),
                "items" => Items(keyword.Value),
                "minItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() >= keyword.Value.GetInt32(),
                "maxItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() <= keyword.Value.GetInt32(),
                _ => throw new NotSupportedException($"This test doesn't know the keyword '{keyword.Name}'."),
            };
            if (!ok)
            {
                errors.Add($"{path}: {keyword.Name}");
            }
        }

        bool Is(string type) => type switch
        {
            "object" => value.ValueKind == JsonValueKind.Object,
            "array" => value.ValueKind == JsonValueKind.Array,
            "string" => value.ValueKind == JsonValueKind.String,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "null" => value.ValueKind == JsonValueKind.Null,
            "number" => value.ValueKind == JsonValueKind.Number,
            "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _),
            _ => false,
        };

        bool Reference(string pointer)
        {
            var target = root;
            foreach (var part in pointer.Split('/').Skip(1))
            {
                target = target.GetProperty(part);
            }

            Check(root, target, value, path, errors);
            return true;
        }

        bool Additional(JsonElement allowed)
        {
            if (value.ValueKind != JsonValueKind.Object)
            {
                return true;
            }

            if (allowed.ValueKind == JsonValueKind.False)
            {
                return value.EnumerateObject().All(p => schema.GetProperty("properties").TryGetProperty(p.Name, out _));
            }

            foreach (var property in value.EnumerateObject())
            {
                Check(root, allowed, property.Value, $"{path}.{property.Name}", errors);
            }

            return true;
        }

        bool Properties(JsonElement properties)
        {
            if (value.ValueKind == JsonValueKind.Object)
            {
                foreach (var property in value.EnumerateObject())
                {
                    if (properties.TryGetProperty(property.Name, out var known))
                    {
                        Check(root, known, property.Value, $"{path}.{property.Name}", errors);
                    }
                }
            }

            return true;
        }

        bool Items(JsonElement items)
        {
            if (value.ValueKind == JsonValueKind.Array)
            {
                var i = 0;
                foreach (var item in value.EnumerateArray())
                {
                    Check(root, items, item, $"{path}[{i++}]", errors);
                }
            }

            return true;
        }
    }
}
