using System.Text.Json.Serialization;

namespace Radiomics.Pipeline;

/// <summary>Custom status of the orchestration <c>RetrainCenter</c>: small whatever the size of the cohort.</summary>
public sealed record RetrainingProgress
{
    /// <summary>What is being done.</summary>
    [JsonPropertyName("phase")]
    public required RetrainingPhase Phase { get; init; }

    /// <summary>How far each phase that consists of several steps is, in the order of the phases.</summary>
    [JsonPropertyName("steps")]
    public IReadOnlyList<PhaseProgress> Steps { get; init; } = [];

    /// <summary>Models that wait for somebody's approval.</summary>
    [JsonPropertyName("waiting")]
    public IReadOnlyList<WaitingModel> Waiting { get; init; } = [];
}

/// <summary>A phase's steps.</summary>
/// <param name="Phase">The phase.</param>
/// <param name="Done">Steps that are through.</param>
/// <param name="Total">All its steps.</param>
public sealed record PhaseProgress(
    [property: JsonPropertyName("phase")] RetrainingPhase Phase,
    [property: JsonPropertyName("done")] int Done,
    [property: JsonPropertyName("total")] int Total);

/// <summary>A model that waits for approval.</summary>
/// <param name="FieldStrength">Field strength it is for.</param>
/// <param name="Version">Version of its package; <c>GET …/models/{fieldStrength}/{version}/card</c> shows its card.</param>
/// <param name="Sequence">Sequence it reads.</param>
public sealed record WaitingModel(
    [property: JsonPropertyName("fieldStrength")] string FieldStrength,
    [property: JsonPropertyName("version")] string Version,
    [property: JsonPropertyName("sequence")] string Sequence);

/// <summary>The phases of a retraining, in their order. Written by name in every JSON dialect.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RetrainingPhase>))]
public enum RetrainingPhase
{
    /// <summary>Other retrainings are before it.</summary>
    [JsonStringEnumMemberName("queued")]
    Queued,

    /// <summary>The cohort is read and matched with the studies.</summary>
    [JsonStringEnumMemberName("planning")]
    Planning,

    /// <summary>Features that aren't there yet are extracted.</summary>
    [JsonStringEnumMemberName("extracting")]
    Extracting,

    /// <summary>Stability of the features under perturbation is measured.</summary>
    [JsonStringEnumMemberName("measuring")]
    Measuring,

    /// <summary>Candidates are trained.</summary>
    [JsonStringEnumMemberName("training")]
    Training,

    /// <summary>A winner is chosen and packed for each field strength.</summary>
    [JsonStringEnumMemberName("selecting")]
    Selecting,

    /// <summary>The new models are promoted, or wait for approval.</summary>
    [JsonStringEnumMemberName("promoting")]
    Promoting,

    /// <summary>The record is written.</summary>
    [JsonStringEnumMemberName("publishing")]
    Publishing,
}
