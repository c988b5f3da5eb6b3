using Radiomics.Learning;

namespace Radiomics.Pipeline;

/// <summary>Whether a trained model became the current one, and why.</summary>
public sealed record PromotionResult
{
    /// <summary>Field strength.</summary>
    public required string FieldStrength { get; init; }

    /// <summary>Version of the trained model.</summary>
    public required string Version { get; init; }

    /// <summary>Whether it is (or was, before something newer) the current one.</summary>
    public required bool Promoted { get; init; }

    /// <summary>Stable code of the reason, e.g. <c>ApprovedByPerson</c>, <c>NotBetter</c>, <c>ModelNeedsCovariates</c>.</summary>
    public required string Code { get; init; }

    /// <summary>The reason in words.</summary>
    public required string Reason { get; init; }

    /// <summary>True where the rule can't decide and a person may: wait for an approval and promote again with it.</summary>
    public bool NeedsApproval { get; init; }

    /// <summary>What was the current model before; null if there was none.</summary>
    public ModelPointer? Previous { get; init; }

    /// <summary>The comparison on held-out patients, where one was made.</summary>
    public PromotionComparison? Comparison { get; init; }
}

/// <summary>Two models on the same held-out patients, none of whom either was trained on.</summary>
public sealed record PromotionComparison
{
    /// <summary>Version of the current model; null if there is none and the candidate was compared with chance.</summary>
    public string? Incumbent { get; init; }

    /// <summary>Patients with the outcome.</summary>
    public required int Positives { get; init; }

    /// <summary>Patients without the outcome.</summary>
    public required int Negatives { get; init; }

    /// <summary>AUC of the trained model; null with one class only.</summary>
    public double? CandidateAuc { get; init; }

    /// <summary>Its 95 % confidence interval.</summary>
    public Interval? CandidateInterval { get; init; }

    /// <summary>AUC of the current model.</summary>
    public double? IncumbentAuc { get; init; }

    /// <summary>One-sided p of the paired DeLong test that the trained model is better.</summary>
    public double? P { get; init; }
}
