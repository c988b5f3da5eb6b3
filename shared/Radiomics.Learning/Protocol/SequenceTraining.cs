namespace Radiomics.Learning;

/// <summary>What training the candidates of one sequence gave (activity <c>TrainCandidate</c>); from the training split alone.</summary>
public sealed record SequenceTraining
{
    /// <summary>Sequence.</summary>
    public required string Sequence { get; init; }

    /// <summary>The training cases, in the order of all per-case lists.</summary>
    public required IReadOnlyList<LearningCase> Cases { get; init; }

    /// <summary>The candidates, in the order of settings: feature set, then learner.</summary>
    public required IReadOnlyList<CandidateResult> Candidates { get; init; }

    /// <summary>Candidates that could not be trained here, with the reason, e.g. LightGBM without libgomp.</summary>
    public IReadOnlyList<CandidateSkipped> Skipped { get; init; } = [];
}

/// <summary>How a candidate did in the nested cross-validation.</summary>
public sealed record CandidateResult
{
    /// <summary>The candidate.</summary>
    public required Candidate Candidate { get; init; }

    /// <summary>Mean of <see cref="FoldAucs"/>: what candidates are compared by.</summary>
    public required double CvAuc { get; init; }

    /// <summary>AUC of each outer fold, repeat after repeat.</summary>
    public required IReadOnlyList<double> FoldAucs { get; init; }

    /// <summary>Out-of-fold score of each training case on the log-odds scale, mean over the repeats.</summary>
    public required IReadOnlyList<double> OutOfFold { get; init; }

    /// <summary>In how many of the outer folds each feature was chosen; features never chosen are left out.</summary>
    public required IReadOnlyDictionary<string, int> Chosen { get; init; }
}

/// <summary>A candidate that wasn't trained.</summary>
/// <param name="Candidate">The candidate.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record CandidateSkipped(Candidate Candidate, string Reason);
