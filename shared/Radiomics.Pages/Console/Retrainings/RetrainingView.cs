using Radiomics.Learning;
using Radiomics.Pipeline;

namespace Radiomics.Pages.Console.Retrainings;

/// <summary>What there is to see of one retraining.</summary>
public sealed record RetrainingView
{
    /// <summary>How far it is, and what came of it.</summary>
    public required RetrainingStatus Status { get; init; }

    /// <summary>What was asked for; null if that is known no longer.</summary>
    public RetrainingRequest? Request { get; init; }

    /// <summary>When it was asked for, UTC; null if that is known no longer.</summary>
    public DateTime? Began { get; init; }

    /// <summary>What there is at each field strength, in ordinal order.</summary>
    public required IReadOnlyList<RetrainingGroupView> Groups { get; init; }

    /// <summary>What planning found in the cohort; null if it isn't through.</summary>
    public CohortReport? Report { get; init; }

    /// <summary>Whether it will change no more.</summary>
    public bool IsFinal => Status.Status is RetrainingState.Succeeded or RetrainingState.Failed;
}

/// <summary>What a retraining has at one field strength.</summary>
public sealed record RetrainingGroupView
{
    /// <summary>Field strength.</summary>
    public required string FieldStrength { get; init; }

    /// <summary>The candidates that were trained so far, or all of them once a winner was chosen.</summary>
    public IReadOnlyList<CandidateCard> Candidates { get; init; } = [];

    /// <summary>The winner; null if none was chosen.</summary>
    public TrainedModel? Model { get; init; }

    /// <summary>Its card; null if there is none, or it can't be read.</summary>
    public ModelCard? Card { get; init; }

    /// <summary>What came of it, in the record; null before.</summary>
    public RetrainedGroup? Result { get; init; }

    /// <summary>Whether somebody is to decide about it.</summary>
    public bool Waits { get; init; }
}
