using System.Text.Json.Nodes;

namespace Radiomics.Pipeline;

/// <summary>Where two JSON documents differ.</summary>
internal static class JsonDifferences
{
    private const int Most = 20;

    /// <summary>Paths of the members that aren't the same in both (<c>prediction.sequences[0].features</c>), the first of them; one empty path if the documents say the same in other bytes.</summary>
    public static IReadOnlyList<string> Of(BinaryData first, BinaryData second)
    {
        if (first.ToMemory().Span.SequenceEqual(second.ToMemory().Span))
        {
            return [];
        }

        var found = Find(JsonNode.Parse(first), JsonNode.Parse(second), "").Take(Most).ToArray();
        return found.Length > 0 ? found : [""];
    }

    private static IEnumerable<string> Find(JsonNode? first, JsonNode? second, string path)
    {
        if (JsonNode.DeepEquals(first, second))
        {
            return [];
        }

        return (first, second) switch
        {
            (JsonObject a, JsonObject b) => a.Select(member => member.Key).Union(b.Select(member => member.Key), StringComparer.Ordinal)
                .SelectMany(name => a.ContainsKey(name) == b.ContainsKey(name) ? Find(a[name], b[name], path.Length == 0 ? name : $"{path}.{name}") : [path.Length == 0 ? name : $"{path}.{name}"]),
            (JsonArray a, JsonArray b) when a.Count == b.Count => Enumerable.Range(0, a.Count).SelectMany(i => Find(a[i], b[i], $"{path}[{i}]")),
            _ => [path],
        };
    }
}
