using System.Text.Json.Serialization;
using Radiomics.Extraction;

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

    /// <summary>Resamples of every bootstrap.</summary>
    public int Bootstraps { get; init; } = 1000;

    /// <summary>Label permutations of the whole nested procedure; 0: no permutation test.</summary>
    public int Permutations { get; init; }

    /// <summary>Patients per sequence on whom stability is measured, at most; 0: not measured.</summary>
    public int StabilityPatients { get; init; } = 30;

    /// <summary>Whether the winner is compared with the same candidate trained on all batches, as they are and harmonised by ComBat.</summary>
    public bool ComparePooled { get; init; } = true;

    /// <summary>Seed of every random choice.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Refuses what can't be run, by the name of the setting.</summary>
    /// <exception cref="RadiomicsException"><c>ProtocolInvalid</c>, <c>SelectionPatternInvalid</c>.</exception>
    public void EnsureUsable()
    {
        Require(TestShare is >= 0 and < 1, nameof(TestShare), "0 or more and less than 1");
        Require(OuterFolds >= 2, nameof(OuterFolds), "2 or more");
        Require(OuterRepeats >= 1, nameof(OuterRepeats), "1 or more");
        Require(InnerFolds >= 2, nameof(InnerFolds), "2 or more");
        Require(FeatureSets.Count > 0, nameof(FeatureSets), "one or more of Radiomics, Clinical, Joint");
        Require(Learners.Count > 0, nameof(Learners), "one or more of LogisticRegression, LightGbm, FastForest");
        Require(WinnerFrom.Any(FeatureSets.Contains), nameof(WinnerFrom), $"one or more of {nameof(FeatureSets)}");
        Require(L2 >= 0 && float.IsFinite(L2), nameof(L2), "0 or more");
        Require(Trees >= 1, nameof(Trees), "1 or more");
        Require(Bootstraps >= 10, nameof(Bootstraps), "10 or more");
        Require(Permutations >= 0, nameof(Permutations), "0 or more");
        Require(StabilityPatients >= 0, nameof(StabilityPatients), "0 or more");
        Selection.EnsureUsable();
    }

    internal static void Require(bool condition, string setting, string allowed)
    {
        if (!condition)
        {
            throw new RadiomicsException("ProtocolInvalid", $"The protocol's {setting} must be {allowed}.");
        }
    }
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

    /// <summary>Features that mRMR (mutual information difference, F statistic over mean absolute correlation) hands on, at most.</summary>
    public int MrmrFeatures { get; init; } = 20;

    /// <summary>Penalties on the L1 path, log-spaced from the least that selects nothing.</summary>
    public int Penalties { get; init; } = 20;

    /// <summary>Smallest penalty as a share of the largest.</summary>
    public double SmallestPenalty { get; init; } = 0.01;

    /// <summary>How many standard errors the chosen penalty's deviance may lie above the best one's.</summary>
    public double StandardErrors { get; init; } = 1;

    /// <summary>At most so many radiomic features in the model, the largest standardised L1 coefficients first.</summary>
    public int MaxFeatures { get; init; } = 10;

    internal void EnsureUsable()
    {
        _ = IncludedNames.Match([], Include);
        ProtocolSettings.Require(MaxMissing is >= 0 and < 1, $"Selection.{nameof(MaxMissing)}", "0 or more and less than 1");
        ProtocolSettings.Require(MaxSameValue is > 0 and <= 1, $"Selection.{nameof(MaxSameValue)}", "more than 0 and at most 1");
        ProtocolSettings.Require(MaxCorrelation is > 0 and <= 1, $"Selection.{nameof(MaxCorrelation)}", "more than 0 and at most 1");
        ProtocolSettings.Require(MaxP is > 0 and <= 1, $"Selection.{nameof(MaxP)}", "more than 0 and at most 1");
        ProtocolSettings.Require(MrmrFeatures >= 1, $"Selection.{nameof(MrmrFeatures)}", "1 or more");
        ProtocolSettings.Require(Penalties >= 2, $"Selection.{nameof(Penalties)}", "2 or more");
        ProtocolSettings.Require(SmallestPenalty is > 0 and < 1, $"Selection.{nameof(SmallestPenalty)}", "more than 0 and less than 1");
        ProtocolSettings.Require(StandardErrors >= 0, $"Selection.{nameof(StandardErrors)}", "0 or more");
        ProtocolSettings.Require(MaxFeatures >= 1, $"Selection.{nameof(MaxFeatures)}", "1 or more");
    }
}
