using System.Text.Json;
using Radiomics.Dicom;
using Radiomics.Extraction;

namespace Radiomics.Cli.Inspect;

/// <summary>A rule of a center's profile.</summary>
/// <param name="Number">Its place in the profile's list, from 1: earlier ones win.</param>
/// <param name="Asks">Names of the conditions that it states.</param>
internal sealed record RuleInspection(int Number, IReadOnlyList<string> Asks)
{
    public static RuleInspection Of(int index, IngestRules rules) => new(index + 1, [.. Stated(rules.Sequences[index])]);

    private static IEnumerable<string> Stated(SequenceRule rule) =>
        JsonSerializer.SerializeToElement(rule, RadiomicsJson.Options)
            .EnumerateObject()
            .Where(property => property.Name != "name" && property.Value is { ValueKind: not JsonValueKind.Null } value
                && !(value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0))
            .Select(property => property.Name);
}
