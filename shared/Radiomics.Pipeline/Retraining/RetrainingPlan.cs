namespace Radiomics.Pipeline;

/// <summary>What a retraining will do, as histories carry it; the whole plan is a blob (its <see cref="Plan"/>).</summary>
public sealed record RetrainingPlan
{
    /// <summary>The plan, in <c>models</c>: <c>{center}/retrainings/{id}/plan.json</c>.</summary>
    public required BlobReference Plan { get; init; }

    /// <summary>How many batches of features are missing; batches are numbered from 0.</summary>
    public required int ExtractionBatches { get; init; }

    /// <summary>How many batches of perturbed features stability takes; numbered from 0, to be run after extraction.</summary>
    public required int StabilityBatches { get; init; }

    /// <summary>What models are trained for, in ordinal order of their field strengths; at least one.</summary>
    public required IReadOnlyList<RetrainingGroup> Groups { get; init; }

    /// <summary>Steps that are under way at once; null in a plan of a version that didn't say so.</summary>
    public int? StepsAtOnce { get; init; }

    /// <summary>The cohort's report, with what planning found, in <c>models</c>: <c>{center}/retrainings/{id}/report.json</c>.</summary>
    public required BlobReference Report { get; init; }
}

/// <summary>The cohort's studies at one field strength.</summary>
/// <param name="FieldStrength">Field strength, e.g. <c>3.0T</c>.</param>
/// <param name="Sequences">Sequences to train candidates for, in ordinal order.</param>
/// <param name="Cases">Number of studies.</param>
/// <param name="Positives">Studies with the outcome.</param>
/// <param name="TestCases">Studies in the held-out split.</param>
public sealed record RetrainingGroup(string FieldStrength, IReadOnlyList<string> Sequences, int Cases, int Positives, int TestCases);
