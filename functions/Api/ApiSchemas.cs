using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using Radiomics.Extraction;

namespace RadiomicsFunctions.Api;

/// <summary>
/// JSON schemas of the product's types, as <see cref="RadiomicsJson"/> reads and writes them: each type is a component of the document, described by its
/// documentation comment.
/// </summary>
internal sealed class ApiSchemas(OpenApiDocument document)
{
    private readonly Dictionary<string, Type> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<Type, string[]> _required = [];
    private readonly Queue<Type> _rest = new();

    private Direction _direction;

    private enum Direction
    {
        // May lack what isn't asked for.
        Received,

        // Is written now: has all its properties, and says so.
        Sent,

        // Was written by this version of the service or an earlier one: has what every version wrote.
        Stored,
    }

    /// <summary>The schema of a body that is received.</summary>
    /// <param name="type">What the JSON is.</param>
    /// <param name="required">Names of the properties that must be there.</param>
    public IOpenApiSchema Received(Type type, string[] required)
    {
        _required[type] = required;
        return Add(type, Direction.Received);
    }

    /// <summary>The schema of an answer. All that is received must have been asked for before.</summary>
    /// <param name="type">What the JSON is.</param>
    /// <param name="stored">Whether it is sent as it was stored, maybe by an earlier version.</param>
    public IOpenApiSchema Sent(Type type, bool stored = false) => Add(type, stored ? Direction.Stored : Direction.Sent);

    private OpenApiSchemaReference Add(Type type, Direction direction)
    {
        _direction = direction;
        Require(type);
        while (_rest.TryDequeue(out var next))
        {
            document.AddComponent(next.Name, Parse(Export(next)));
        }

        return new OpenApiSchemaReference(type.Name, document);
    }

    private JsonNode Export(Type type) => RadiomicsJson.Options.GetJsonSchemaAsNode(type, new JsonSchemaExporterOptions
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = Transform,
    });

    private JsonNode Transform(JsonSchemaExporterContext context, JsonNode node)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        if (node is not JsonObject schema)
        {
            return node;
        }

        if (context.Path.IsEmpty)
        {
            Complete(schema, context.TypeInfo, type);
        }
        else if (IsOurs(type))
        {
            Require(type);
            schema = Reference(type, IsNullable(schema));
        }

        if (context.PropertyInfo is { } property)
        {
            Describe(schema, property);
        }

        return schema;
    }

    private void Complete(JsonObject schema, JsonTypeInfo info, Type type)
    {
        if (DocComments.SummaryOf(type) is { } summary)
        {
            schema.Insert(0, "description", summary);
        }

        if (type.IsEnum)
        {
            schema["type"] = "string";
            return;
        }

        if (_direction == Direction.Stored)
        {
            return;
        }

        var required = _direction == Direction.Received
            ? _required.GetValueOrDefault(type) ?? []
            : [.. info.Properties.Where(IsAlwaysWritten).Select(property => property.Name)];
        schema.Remove("required");
        if (required.Length > 0)
        {
            schema["required"] = new JsonArray([.. required.Select(name => JsonValue.Create(name))]);
        }

        // The type takes null so that its absence can be answered with a sentence; a caller must not send it.
        foreach (var name in _direction == Direction.Received ? required : [])
        {
            if (schema["properties"]?[name] is JsonObject property && property["type"] is JsonArray types)
            {
                property["type"] = new JsonArray([.. types.Select(type => (string?)type).Where(type => type != "null").Select(type => JsonValue.Create(type))]);
            }
        }
    }

    private static bool IsAlwaysWritten(JsonPropertyInfo property) =>
        property.Get is not null && property.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), false) is not { Length: > 0 };

    private static void Describe(JsonObject schema, JsonPropertyInfo property)
    {
        if (property.AttributeProvider is not MemberInfo member)
        {
            return;
        }

        if (DocComments.SummaryOf(member) is { } summary)
        {
            schema["description"] = summary;
        }

        // Settings say what they are if nobody says otherwise.
        if (property.Get is { } get && Defaults(member.DeclaringType!) is { } defaults && get(defaults) is { } value)
        {
            schema["default"] = JsonSerializer.SerializeToNode(value, property.PropertyType, RadiomicsJson.Options);
        }
    }

    // Of types all of whose properties may be left out.
    private static object? Defaults(Type type) =>
        type.GetConstructor(Type.EmptyTypes) is { } constructor && !RadiomicsJson.Options.GetTypeInfo(type).Properties.Any(property => property.IsRequired)
            ? constructor.Invoke(null)
            : null;

    private static JsonObject Reference(Type type, bool nullable)
    {
        var reference = new JsonObject { ["$ref"] = $"#/components/schemas/{type.Name}" };
        return nullable ? new JsonObject { ["anyOf"] = new JsonArray(reference, new JsonObject { ["type"] = "null" }) } : reference;
    }

    private static bool IsNullable(JsonObject schema) =>
        (schema["type"] is JsonArray types && types.Any(type => (string?)type == "null")) || (schema["enum"] is JsonArray values && values.Any(value => value is null));

    private static bool IsOurs(Type type) => type.Namespace?.StartsWith("Radiomics", StringComparison.Ordinal) == true && !type.IsGenericType;

    private void Require(Type type)
    {
        if (_types.TryAdd(type.Name, type))
        {
            _rest.Enqueue(type);
        }
        else if (_types[type.Name] != type)
        {
            throw new InvalidOperationException($"Two types of the API are called {type.Name}.");
        }
    }

    private OpenApiSchema Parse(JsonNode schema) =>
        OpenApiModelFactory.Parse<OpenApiSchema>(schema.ToJsonString(), OpenApiSpecVersion.OpenApi3_1, document, out var diagnostic, "json") is { } parsed && diagnostic.Errors.Count == 0
            ? parsed
            : throw new InvalidOperationException($"A schema can't be read: {string.Join(" ", diagnostic.Errors)}");
}
