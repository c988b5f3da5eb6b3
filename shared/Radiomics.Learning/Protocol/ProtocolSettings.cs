using System.Text.Json.Serialization;

namespace Radiomics.Learning;

/// <summary>The learning protocol as data; the defaults are the design of the paper (10.3389/fmed.2025.1640625) with an honest estimate around it.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ProtocolSettings
{
    /// <summary>Share of the patients that is held out where the cohort itself names no split, stratified by label.</summary>
    public double TestShare { get; init; } = 0.3;

    /// <summary>Folds of the outer cross-validation, by which candidates are compared.</summary>
    public int OuterFolds { get; init; } = 5;

    /// <summary>How often the outer cross-validation is repeated with other folds.</summary>
    public int OuterRepeats { get; init; } = 5;

    /// <summary>Folds inside each outer training fold, by which the L1 penalty is chosen.</summary>
    public int InnerFolds { get; init; } = 5;

    /// <summary>What candidates read; those whose covariates the cohort lacks are left out.</summary>
    public IReadOnlyList<FeatureSet> FeatureSets { get; init; } = [FeatureSet.Radiomics, FeatureSet.Clinical, FeatureSet.Joint];

    /// <summary>How candidates are fitted.</summary>
    public IReadOnlyList<Learner> Learners { get; init; } = [Learner.LogisticRegression, Learner.LightGbm, Learner.FastForest];

    /// <summary>The feature sets that a winner may have. By default what an upload alone can answer; the others are compared on the card.</summary>
    public IReadOnlyList<FeatureSet> WinnerFrom { get; init; } = [FeatureSet.Radiomics];

    /// <summary>Selection inside each training fold.</summary>
    public SelectionSettings Selection { get; init; } = new();

    /// <summary>L2 penalty of the logistic regression, as ML.NET counts it.</summary>
    public float L2 { get; init; } = 1;

    /// <summary>Trees of the forest and rounds of boosting.</summary>
    public int Trees { get; init; } = 200;

    /// <summary>Resamples of every bootstrap; that of the optimism, each of which is a whole fit, takes 200 at most.</summary>
    public int Bootstraps { get; init; } = 1000;

    /// <summary>Label permutations of the whole nested procedure; 0: no permutation test.</summary>
    public int Permutations { get; init; }

    /// <summary>Patients per sequence on whom stability is measured, at most; 0: not measured.</summary>
    public int StabilityPatients { get; init; } = 30;

    /// <summary>Whether the winner is compared with the same candidate trained on all batches, as they are and harmonised by ComBat.</summary>
    public bool ComparePooled { get; init; } = true;

    /// <summary>Seed of every random choice.</summary>
    public int Seed { get; init; } = 1;
}

/// <summary>Feature selection, in the order of its steps; every step is fitted on the training cases at hand only.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SelectionSettings
{
    /// <summary>Regular expressions (whole name) of the radiomic features to choose from; none: all.</summary>
    public IReadOnlyList<string> Include { get; init; } = [];

    /// <summary>Least lower bound of ICC(1,1), where stability was measured.</summary>
    public double StabilityCutoff { get; init; } = 0.75;

    /// <summary>A feature missing in a larger share of the training cases is left out; else the median is put in.</summary>
    public double MaxMissing { get; init; } = 0.2;

    /// <summary>A feature whose most frequent value covers a larger share of the training cases is left out, as is one that varies by rounding only.</summary>
    public double MaxSameValue { get; init; } = 0.95;

    /// <summary>Of two features with a larger absolute Spearman correlation, the more stable stays (then the one with the smaller Mann–Whitney p, then the first by name).</summary>
    public double MaxCorrelation { get; init; } = 0.9;

    /// <summary>Largest two-sided Mann–Whitney p; if no feature is below, the smallest p stays.</summary>
    public double MaxP { get; init; } = 0.05;

    /// <summary>Features that mRMR (F statistic over mean absolute correlation with those taken before) hands on, at most.</summary>
    public int MrmrFeatures { get; init; } = 20;

    /// <summary>Penalties on the L1 path, log-spaced from the least that selects nothing.</summary>
    public int Penalties { get; init; } = 20;

    /// <summary>Smallest penalty as a share of the largest.</summary>
    public double SmallestPenalty { get; init; } = 0.01;

    /// <summary>How many standard errors the chosen penalty's deviance may lie above the best one's.</summary>
    public double StandardErrors { get; init; } = 1;

    /// <summary>At most so many radiomic features in the model, the largest standardised L1 coefficients first.</summary>
    public int MaxFeatures { get; init; } = 10;
}
