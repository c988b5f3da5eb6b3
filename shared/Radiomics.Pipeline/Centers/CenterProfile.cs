using System.Text.Json.Serialization;
using Radiomics.Dicom;

namespace Radiomics.Pipeline;

/// <summary>What the service knows of a center; data, shipped as <c>models/centers/{center}.json</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CenterProfile
{
    /// <summary>Name in paths and addresses; letters, digits, <c>-</c> and <c>_</c>.</summary>
    public required string Center { get; init; }

    /// <summary>For people.</summary>
    public required string Description { get; init; }

    /// <summary>How its studies are read.</summary>
    public required IngestRules Ingest { get; init; }

    /// <summary>Name of its extraction settings, below <c>models/settings</c>.</summary>
    public required string Settings { get; init; }

    /// <summary>Field strength → the sequence that its model reads; empty for a center that wants features only.</summary>
    public IReadOnlyDictionary<string, string> Models { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);
}
