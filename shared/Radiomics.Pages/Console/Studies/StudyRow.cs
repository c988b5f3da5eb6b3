using Radiomics.Pipeline;

namespace Radiomics.Pages.Console.Studies;

/// <summary>A study as the list shows it: one prediction, and as much of it as a row holds.</summary>
public sealed record StudyRow
{
    /// <summary>The prediction.</summary>
    public required string Id { get; init; }

    /// <summary>How far it is.</summary>
    public required PredictionState State { get; init; }

    /// <summary>Since when: when it was settled, had its turn, or came.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>While it is queued, how many of the center are before it; null if that isn't known.</summary>
    public int? Ahead { get; init; }

    /// <summary>How far each sequence is.</summary>
    public IReadOnlyDictionary<string, SequenceState> Sequences { get; init; } = new Dictionary<string, SequenceState>();

    /// <summary>Mapped StudyInstanceUID; null until something was predicted.</summary>
    public string? StudyUid { get; init; }

    /// <summary>Class of the field strength.</summary>
    public string? FieldStrength { get; init; }

    /// <summary>What the model said; null if it said nothing.</summary>
    public RowAnswer? Answer { get; init; }

    /// <summary>The upload, of a failure.</summary>
    public string? UploadId { get; init; }

    /// <summary>Why there is no prediction.</summary>
    public PredictionError? Error { get; init; }

    /// <summary>The row of a prediction.</summary>
    /// <param name="status">How far it is.</param>
    /// <param name="since">Since when.</param>
    public static StudyRow Of(PredictionStatus status, DateTimeOffset since) => new()
    {
        Id = status.Id,
        State = status.Status,
        Since = since,
        Ahead = status.Ahead,
        Sequences = status.Sequences,
        StudyUid = status.Prediction?.StudyUid,
        FieldStrength = status.Prediction?.FieldStrength,
        Answer = status.Prediction is { Model: { } model, Probability: { } probability, Decision: { } decision } prediction
            ? new(model.Outcome, probability, decision, model.Name, prediction.Explanation?.Distance.Outside == true)
            : null,
        UploadId = status.UploadId,
        Error = status.Error,
    };

    /// <summary>The row of a record that was changed since it was published.</summary>
    /// <param name="listed">What the listing says.</param>
    /// <param name="error">What it is told with.</param>
    public static StudyRow Altered(ListedPrediction listed, PredictionError error) => new() { Id = listed.Id, State = PredictionState.Failed, Since = listed.Written, Error = error };
}

/// <summary>What a model said, in a row.</summary>
/// <param name="Outcome">Of what.</param>
/// <param name="Probability">From 0 to 1.</param>
/// <param name="Decision">At its threshold.</param>
/// <param name="Model">Its name.</param>
/// <param name="IsFar">Whether the study is unlike those that it has learned from.</param>
public sealed record RowAnswer(string Outcome, double Probability, PredictionDecision Decision, string Model, bool IsFar);
