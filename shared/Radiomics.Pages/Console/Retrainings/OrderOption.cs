using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Radiomics.Extraction;
using Radiomics.Pipeline;

namespace Radiomics.Pages.Console.Retrainings;

/// <summary>
/// One thing that can be said about a retraining, as a field of the form and a member of <see cref="RetrainingOrder"/>. The defaults are those of the order itself. A test holds these against the members that there are.
/// </summary>
/// <param name="Path">Where it stands in the order's JSON, which is also the field's name: <c>protocol.outerFolds</c>.</param>
/// <param name="Kind">What is filled in.</param>
/// <param name="Label">What it is called.</param>
/// <param name="Help">What it means, for somebody who doesn't know.</param>
public sealed record OrderOption(string Path, OrderKind Kind, string Label, string Help)
{
    private static readonly JsonNode s_defaults = JsonSerializer.SerializeToNode(new RetrainingOrder(), RadiomicsJson.Options)!;

    /// <summary>Least value of a number.</summary>
    public double? Least { get; init; }

    /// <summary>Largest value of a number.</summary>
    public double? Most { get; init; }

    /// <summary>What can be chosen, with the words for it.</summary>
    public IReadOnlyList<(string Value, string Text)> Choices { get; init; } = [];

    /// <summary>What is said if nothing is; several values for what may have several.</summary>
    public IReadOnlyList<string> Defaults => Path.Split('.').Aggregate((JsonNode?)s_defaults, (node, part) => node?[part]) switch
    {
        null => [],
        JsonArray all => [.. all.Select(Text)],
        var one when Kind == OrderKind.Days => [TimeSpan.Parse(Text(one), CultureInfo.InvariantCulture).TotalDays.ToString(CultureInfo.InvariantCulture)],
        var one => [Text(one)],
    };

    private static string Text(JsonNode? value) => value!.GetValueKind() is JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
}

/// <summary>How an option is filled in.</summary>
public enum OrderKind
{
    /// <summary>A line of text.</summary>
    Text,

    /// <summary>Several, one a line.</summary>
    Lines,

    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A number of days.</summary>
    Days,

    /// <summary>Yes or no.</summary>
    Flag,

    /// <summary>One of some.</summary>
    One,

    /// <summary>Any of some.</summary>
    Any,
}
