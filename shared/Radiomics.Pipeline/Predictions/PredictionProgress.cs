using System.Text.Json.Serialization;

namespace Radiomics.Pipeline;

/// <summary>Custom status of the orchestration.</summary>
/// <param name="Sequences">State by sequence name.</param>
public sealed record PredictionProgress([property: JsonPropertyName("sequences")] IReadOnlyDictionary<string, SequenceState> Sequences);
