using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Infra.Tests;

/// <summary>
/// The expressions that a prediction leaves open, since they read what only a running deployment knows. Each such reading is replaced by a text that names it, as
/// <c>{clientId of …/radiomics-prod-app}</c>, so that the engine can work out what is around it.
/// </summary>
internal sealed partial class Expressions
{
    private static readonly string[] s_readings = ["reference(", "listKeys(", "parameters("];

    private readonly List<JsonValue> _open = [];

    public Expressions(JsonObject predicted) => Collect(predicted);

    /// <summary>A template whose one resource has all of them as properties; null if there are none.</summary>
    public string? Template => _open.Count == 0
        ? null
        : new JsonObject
        {
            ["$schema"] = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
            ["languageVersion"] = "2.0",
            ["contentVersion"] = "1.0.0.0",
            ["resources"] = new JsonObject
            {
                ["values"] = new JsonObject
                {
                    ["type"] = "Test.Values/all",
                    ["apiVersion"] = "2026-01-01",
                    ["name"] = "values",
                    ["properties"] = new JsonObject(_open.Select((value, i) => KeyValuePair.Create<string, JsonNode?>($"v{i}", Closed(value.GetValue<string>())))),
                },
            },
        }.ToJsonString();

    /// <summary>Puts their values in their places.</summary>
    public void Put(JsonObject values)
    {
        for (var i = 0; i < _open.Count; i++)
        {
            _open[i].ReplaceWith(values[$"v{i}"]!.DeepClone());
        }
    }

    private static string Closed(string expression)
    {
        var text = expression
            .Replace("environment().authentication.loginEndpoint", "'https://login.microsoftonline.com/'", StringComparison.Ordinal)
            .Replace("environment().suffixes.storage", "'core.windows.net'", StringComparison.Ordinal)
            .Replace("environment().suffixes.keyvaultDns", "'.vault.azure.net'", StringComparison.Ordinal);
        while (s_readings.Select(reading => text.IndexOf(reading, StringComparison.Ordinal)).Where(at => at >= 0).DefaultIfEmpty(-1).Min() is >= 0 and var start)
        {
            var open = text.IndexOf('(', start);
            var close = EndOf(text, open);
            var path = Path().Match(text, close).Value;
            // Of a nested deployment's output, its name says enough.
            var of = Quoted().Match(text[open..close]) is { Success: true } first && !text[(open + 1)..].StartsWith("resourceId", StringComparison.Ordinal) ? first.Groups[1].Value : "a module";
            text = $"{text[..start]}'{{{path.TrimStart('.')} of {of}}}'{text[(close + path.Length)..]}";
        }

        return text;
    }

    /// <summary>Behind the parenthesis that closes the one at <paramref name="open"/>.</summary>
    private static int EndOf(string text, int open)
    {
        var (depth, quoted) = (0, false);
        for (var i = open; i < text.Length; i++)
        {
            quoted ^= text[i] == '\'';
            depth += quoted ? 0 : text[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth == 0)
            {
                return i + 1;
            }
        }

        throw new FormatException($"A parenthesis isn't closed: {text}");
    }

    private void Collect(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject all:
                foreach (var (_, value) in all)
                {
                    Collect(value);
                }

                break;
            case JsonArray all:
                foreach (var value in all)
                {
                    Collect(value);
                }

                break;
            case JsonValue value when value.TryGetValue<string>(out var text) && text.StartsWith('[') && !text.StartsWith("[[", StringComparison.Ordinal):
                _open.Add(value);
                break;
        }
    }

    [GeneratedRegex(@"\G(\.\w+)*")]
    private static partial Regex Path();

    [GeneratedRegex("'([^']*)'")]
    private static partial Regex Quoted();
}
