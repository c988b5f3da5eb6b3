using System.Text.Json.Nodes;

namespace Functions.Tests.Api;

/// <summary>
/// What of an interface its callers can't rely on any longer, from two OpenAPI documents of this product. (Comparers that are kept are programs in other languages, or
/// don't read 3.1.) Additions are none: callers must bear new operations, answers' properties and error codes.
/// </summary>
internal static class BreakingChanges
{
    public static IReadOnlyList<string> Between(JsonNode before, JsonNode after) =>
    [
        .. Members(before["paths"]).SelectMany(path => Members(path.Value).SelectMany(operation =>
            after["paths"]?[path.Key]?[operation.Key] is { } now
                ? OfOperation(operation.Value!, now, before, after).Select(change => $"{operation.Key} {path.Key}: {change}")
                : [$"{operation.Key} {path.Key} is gone"])),
        .. OfCodes(Codes(before), Codes(after)),
    ];

    private static IEnumerable<string> OfOperation(JsonNode before, JsonNode now, JsonNode oldDocument, JsonNode newDocument)
    {
        if ((string?)before["operationId"] != (string?)now["operationId"])
        {
            yield return "its operationId changed";
        }

        // Whatever sufficed must suffice; nothing at all is a set, too.
        foreach (var set in Sets(before).Where(set => !Sets(now).Any(other => other.IsSubsetOf(set))))
        {
            yield return $"{(set.Count == 0 ? "nothing" : string.Join(" and ", set))} no longer opens it";
        }

        var earlier = Parameters(before);
        var later = Parameters(now);
        foreach (var change in earlier.Keys.Except(later.Keys).Select(name => $"the parameter {name} is gone")
            .Concat(later.Where(parameter => (bool?)parameter.Value["required"] == true && (!earlier.TryGetValue(parameter.Key, out var old) || (bool?)old["required"] != true)).Select(parameter => $"the parameter {parameter.Key} must be there"))
            .Concat(earlier.Where(old => later.ContainsKey(old.Key)).SelectMany(old => new SchemaChanges(oldDocument, newDocument, IsReceived: true).Of(old.Value["schema"], later[old.Key]["schema"], old.Key))))
        {
            yield return change;
        }

        foreach (var change in OfContent(before["requestBody"]?["content"], now["requestBody"]?["content"], "body", new(oldDocument, newDocument, IsReceived: true)))
        {
            yield return change;
        }

        foreach (var response in Members(before["responses"]))
        {
            if (now["responses"]?[response.Key] is not { } answer)
            {
                // A refusal that doesn't come any longer is no loss.
                if (response.Key.StartsWith('2'))
                {
                    yield return $"the answer {response.Key} is gone";
                }

                continue;
            }

            foreach (var change in OfContent(response.Value!["content"], answer["content"], response.Key, new(oldDocument, newDocument, IsReceived: false)))
            {
                yield return change;
            }

            foreach (var header in Members(response.Value!["headers"]).Where(header => answer["headers"]?[header.Key] is null))
            {
                yield return $"{response.Key}: the header {header.Key} is gone";
            }
        }
    }

    private static IEnumerable<string> OfContent(JsonNode? before, JsonNode? now, string where, SchemaChanges schemas) => Members(before).SelectMany(content =>
        now?[content.Key] is { } same ? schemas.Of(content.Value!["schema"], same["schema"], where) : [$"{where}: {content.Key} is gone"]);

    private static IEnumerable<string> OfCodes(Dictionary<string, JsonNode> before, Dictionary<string, JsonNode> now) => before.SelectMany(code =>
        !now.TryGetValue(code.Key, out var same) ? [$"the error code {code.Key} is gone"]
        : (int?)code.Value["status"] is { } status && (int?)same["status"] != status ? new[] { $"the error code {code.Key} has another status" }
        : []);

    private static Dictionary<string, JsonNode> Codes(JsonNode document) => document["x-error-codes"]!.AsArray().ToDictionary(entry => (string)entry!["code"]!, entry => entry!);

    private static Dictionary<string, JsonNode> Parameters(JsonNode operation) =>
        (operation["parameters"]?.AsArray() ?? []).ToDictionary(parameter => $"{parameter!["in"]} {parameter["name"]}", parameter => parameter!);

    private static List<HashSet<string>> Sets(JsonNode operation) =>
        operation["security"] is JsonArray { Count: > 0 } sets ? [.. sets.Select(set => Members(set).Select(scheme => scheme.Key).ToHashSet())] : [[]];

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Members(JsonNode? node) => node?.AsObject() ?? [];

    /// <summary>Changes of schemas, seen from the caller: what is received must not ask for more, what is sent must not hold less.</summary>
    private sealed record SchemaChanges(JsonNode Before, JsonNode After, bool IsReceived)
    {
        private static readonly (string Name, bool IsUpper)[] s_limits =
            [("maximum", true), ("exclusiveMaximum", true), ("maxLength", true), ("maxItems", true), ("minimum", false), ("exclusiveMinimum", false), ("minLength", false), ("minItems", false)];

        private readonly HashSet<string> _seen = [];

        public IEnumerable<string> Of(JsonNode? before, JsonNode? now, string where)
        {
            if (before is null || now is null)
            {
                return before is null == now is null ? [] : [$"{where}: its schema came or went"];
            }

            var reference = (string?)before["$ref"];
            if (reference is not null && !_seen.Add($"{reference} {now["$ref"]}"))
            {
                return [];
            }

            return Compare(Resolve(Before, before), Resolve(After, now), where).Distinct();
        }

        private IEnumerable<string> Compare(JsonNode before, JsonNode now, string where)
        {
            var old = Types(before);
            var types = Types(now);
            if (IsReceived ? old.Except(types).Any() : types.Except(old).Any())
            {
                yield return $"{where}: {string.Join("|", old)} became {string.Join("|", types)}";
            }

            if (IsReceived && before["enum"] is { } values && now["enum"] is { } left && Texts(values).Except(Texts(left)).ToArray() is { Length: > 0 } gone)
            {
                yield return $"{where}: no longer takes {string.Join(", ", gone)}";
            }

            foreach (var limit in IsReceived ? s_limits.Where(limit => IsTighter(before[limit.Name], now[limit.Name], limit.IsUpper)) : [])
            {
                yield return $"{where}: {limit.Name} is tighter";
            }

            if (IsReceived && now["pattern"] is { } pattern && (string?)before["pattern"] != (string?)pattern)
            {
                yield return $"{where}: it has another pattern";
            }

            var required = Texts(before["required"]);
            var requires = Texts(now["required"]);
            foreach (var name in IsReceived ? requires.Except(required) : required.Except(requires))
            {
                yield return $"{where}.{name}: {(IsReceived ? "must be there" : "may be missing")}";
            }

            foreach (var property in Members(before["properties"]))
            {
                var changes = now["properties"]?[property.Key] is { } same ? Of(property.Value, same, $"{where}.{property.Key}") : [$"{where}.{property.Key} is gone"];
                foreach (var change in changes)
                {
                    yield return change;
                }
            }

            foreach (var (part, sign) in new[] { ("items", "[]"), ("additionalProperties", "{}") })
            {
                if (before[part] is JsonObject inner)
                {
                    foreach (var change in Of(inner, now[part] as JsonObject, where + sign))
                    {
                        yield return change;
                    }
                }
            }

            foreach (var change in before["anyOf"] is JsonArray choices && now["anyOf"] is JsonArray others ? OfChoices(choices, others, where) : [])
            {
                yield return change;
            }
        }

        // By the schema that a choice names, or by its type: the order means nothing.
        private IEnumerable<string> OfChoices(JsonArray before, JsonArray now, string where)
        {
            foreach (var choice in before)
            {
                if (now.FirstOrDefault(other => KindOf(other!) == KindOf(choice!)) is { } same)
                {
                    foreach (var change in Of(choice, same, where))
                    {
                        yield return change;
                    }
                }
                else if (IsReceived)
                {
                    yield return $"{where}: no longer takes {KindOf(choice!)}";
                }
            }
        }

        private static string KindOf(JsonNode choice) => (string?)choice["$ref"] ?? string.Join('|', Types(choice));

        private static bool IsTighter(JsonNode? before, JsonNode? now, bool isUpper) =>
            (double?)now is { } limit && ((double?)before is not { } old || (isUpper ? limit < old : limit > old));

        private static JsonNode Resolve(JsonNode document, JsonNode schema) =>
            (string?)schema["$ref"] is { } reference ? document["components"]!["schemas"]![reference.Split('/')[^1]]! : schema;

        private static string[] Types(JsonNode schema) => schema["anyOf"] is JsonArray choices ? [.. choices.SelectMany(choice => choice!["$ref"] is null ? Types(choice) : ["object"])]
            : schema["type"] is JsonValue type ? [(string)type!]
            : Texts(schema["type"]);

        private static string[] Texts(JsonNode? array) => [.. (array as JsonArray ?? []).Select(value => (string?)value ?? "null")];
    }
}
