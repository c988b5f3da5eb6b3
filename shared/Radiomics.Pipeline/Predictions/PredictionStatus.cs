using System.Text.Json.Serialization;

namespace Radiomics.Pipeline;

/// <summary>What <c>GET …/predictions/{id}</c> answers, and what <c>predictions/{center}/by-id/{id}.json</c> holds once it is final.</summary>
public sealed record PredictionStatus
{
    /// <summary>Prediction id, which is the orchestration's instance id.</summary>
    public required string Id { get; init; }

    /// <summary>The center; in a stored record <c>_system</c> if the upload came for a center that isn't known.</summary>
    public required string Center { get; init; }

    /// <summary>In a record under <c>_system</c>, digest of the center as sent: only who knows that name is answered. Else null and not written.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Sender { get; init; }

    /// <summary>How far it is.</summary>
    public required PredictionState Status { get; init; }

    /// <summary>While it is queued, how many studies of the same center are before it in the line, if that is known. Else null and not written.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Ahead { get; init; }

    /// <summary>The upload that it was to be made of, in a record of a failure; else null and not written: <see cref="Prediction"/> has it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? UploadId { get; init; }

    /// <summary>How far each sequence is, by name; empty until ingest has found them.</summary>
    public IReadOnlyDictionary<string, SequenceState> Sequences { get; init; } = new SortedDictionary<string, SequenceState>(StringComparer.Ordinal);

    /// <summary>The answer, if succeeded.</summary>
    public Prediction? Prediction { get; init; }

    /// <summary>The reason, if failed.</summary>
    public PredictionError? Error { get; init; }

    /// <summary>How far it is, without what came of it: for senders who may not read.</summary>
    public PredictionStatus WithoutResults() => new() { Id = Id, Center = Center, Status = Status, Ahead = Ahead };
}
