using System.Text.Json.Serialization;

namespace Radiomics.Pipeline;

/// <summary>Custom status of the orchestration.</summary>
/// <param name="Sequences">State by sequence name.</param>
/// <param name="Queued">Whether it waits for its turn.</param>
public sealed record PredictionProgress(
    [property: JsonPropertyName("sequences")] IReadOnlyDictionary<string, SequenceState> Sequences,
    [property: JsonPropertyName("queued"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Queued = false);
