using Radiomics.Learning;

namespace Radiomics.Pipeline;

/// <summary>What came of a retraining. Holds no clock, host or duration.</summary>
public sealed record RetrainingRecord
{
    /// <summary>Retraining id.</summary>
    public required string Id { get; init; }

    /// <summary>Center.</summary>
    public required string Center { get; init; }

    /// <summary>The cohort, in <c>cohorts</c>.</summary>
    public required BlobReference Cohort { get; init; }

    /// <summary>The plan, in <c>models</c>.</summary>
    public required BlobReference Plan { get; init; }

    /// <summary>The cohort's report, in <c>models</c>.</summary>
    public required BlobReference Report { get; init; }

    /// <summary>The learning protocol.</summary>
    public required ProtocolSettings Protocol { get; init; }

    /// <summary>How models could become current.</summary>
    public required PromotionSettings Promotion { get; init; }

    /// <summary>What came of each field strength, in ordinal order.</summary>
    public required IReadOnlyList<RetrainedGroup> Groups { get; init; }

    /// <summary>Studies whose features couldn't be had.</summary>
    public required IReadOnlyList<RetrainingFinding> Findings { get; init; }
}

/// <summary>What came of one field strength.</summary>
public sealed record RetrainedGroup
{
    /// <summary>Field strength.</summary>
    public required string FieldStrength { get; init; }

    /// <summary>The model; null if none could be trained.</summary>
    public TrainedModel? Model { get; init; }

    /// <summary>Whether it became the current one.</summary>
    public PromotionResult? Promotion { get; init; }

    /// <summary>Why there is no model.</summary>
    public PredictionError? Error { get; init; }

    /// <summary>Sequences that no candidate could be trained on, with the reason.</summary>
    public IReadOnlyList<SkippedSequence> Skipped { get; init; } = [];
}

/// <summary>A sequence without candidates.</summary>
/// <param name="Sequence">Sequence.</param>
/// <param name="Error">Why.</param>
public sealed record SkippedSequence(string Sequence, PredictionError Error);

/// <summary>Something about one study of a cohort that a person should know.</summary>
/// <param name="Line">Line in the cohort; 0 where it is about none.</param>
/// <param name="StudyUid">Mapped StudyInstanceUID; empty where it is about none.</param>
/// <param name="Sequence">Sequence; null where it is about the whole study.</param>
/// <param name="Code">Stable code.</param>
/// <param name="Text">A sentence.</param>
public sealed record RetrainingFinding(int Line, string StudyUid, string? Sequence, string Code, string Text);
