namespace Radiomics.Learning;

/// <summary>How a card names things for people.</summary>
public static class CardWords
{
    /// <summary>A learner.</summary>
    public static string Name(Learner learner) => learner switch
    {
        Learner.LogisticRegression => "logistic regression (L2)",
        Learner.LightGbm => "gradient boosting (LightGBM)",
        Learner.FastForest => "random forest (FastForest)",
        _ => throw new ArgumentOutOfRangeException(nameof(learner), learner, null),
    };

    /// <summary>What a model reads.</summary>
    public static string Name(FeatureSet featureSet) => featureSet switch
    {
        FeatureSet.Radiomics => "radiomics",
        FeatureSet.Clinical => "clinical data",
        _ => "radiomics and clinical data",
    };

    /// <summary>A scope of training cases.</summary>
    public static string Scope(string scope) => scope switch
    {
        "center" => "this center and scanner alone",
        "pooled" => "all centers and scanners together",
        "harmonised" => "all together, harmonised (ComBat)",
        _ => scope,
    };

    /// <summary>What a step of selection does.</summary>
    public static string Step(SelectionStep step, ProtocolSettings protocol) => step.Step switch
    {
        "radiomic features" => "extracted from the images",
        "include" => protocol.Selection.Include.Count == 0 ? "all of them admitted" : "admitted by the protocol",
        "imputation" => $"missing in at most {CardNumber.Percent(protocol.Selection.MaxMissing)} of the cases; gaps filled with the median",
        "near-zero variance" => "vary between the cases",
        "stability" => $"stable under perturbation (lower bound of ICC at least {CardNumber.Two(protocol.Selection.StabilityCutoff)}), where that was measured",
        "redundancy" => $"kept one of any two that go together (|ρ| above {CardNumber.Two(protocol.Selection.MaxCorrelation)})",
        "univariate" => $"differ between the outcomes (Mann–Whitney p at most {CardNumber.P(protocol.Selection.MaxP)})",
        "mRMR" => $"the most relevant and least redundant, at most {CardNumber.Count(protocol.Selection.MrmrFeatures)}",
        "L1" => "kept by the L1-penalised logistic regression (penalty by inner cross-validation)",
        "largest coefficients" => $"the largest coefficients, at most {CardNumber.Count(protocol.Selection.MaxFeatures)}",
        _ => string.Empty,
    };

    /// <summary>The evaluation to believe: on held-out cases, else cross-validated.</summary>
    public static Evaluation Judged(ModelCard card) => card.Test ?? card.CrossValidation;

    /// <summary>The cases that <see cref="Judged"/> is about.</summary>
    public static string Cases(ModelCard card) => card.Test is null ? "cross-validated" : "held-out";

    /// <summary>The candidates that were trained.</summary>
    public static IReadOnlyList<CandidateCard> Trained(ModelCard card) => [.. card.Candidates.Where(candidate => candidate.CvAuc is not null)];
}
