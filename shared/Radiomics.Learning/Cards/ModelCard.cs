using System.Text.Json.Serialization;

namespace Radiomics.Learning;

/// <summary>What a person must know about a model before believing it (<c>card.json</c> of a package).</summary>
public sealed record ModelCard
{
    /// <summary>The sentence that every demonstration model and its predictions carry.</summary>
    public const string DemonstrationNotice =
        "Demonstration model trained on synthetic phantoms. Not for clinical use: it must not inform the care of any patient.";

    /// <summary>Name for people.</summary>
    public required string Name { get; init; }

    /// <summary>Content hash of the package; null inside the package itself, which can't hold its own hash.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Version { get; init; }

    /// <summary>Center the model belongs to.</summary>
    public required string Center { get; init; }

    /// <summary>Field strength class the model belongs to: <c>1.5T</c> or <c>3.0T</c>.</summary>
    public required string FieldStrength { get; init; }

    /// <summary>Sequence the model reads, e.g. <c>T1_F</c>.</summary>
    public required string Sequence { get; init; }

    /// <summary>What the model reads.</summary>
    public required FeatureSet FeatureSet { get; init; }

    /// <summary>How it was fitted.</summary>
    public required Learner Learner { get; init; }

    /// <summary>What is predicted.</summary>
    public required string Outcome { get; init; }

    /// <summary>What the model is meant for.</summary>
    public required string IntendedUse { get; init; }

    /// <summary>True for every model that isn't approved for patients.</summary>
    public required bool NotForClinicalUse { get; init; }

    /// <summary>The sentence to show beside every result of this model.</summary>
    public required string Notice { get; init; }

    /// <summary>Whom or what it was trained on.</summary>
    public required CohortCard Cohort { get; init; }

    /// <summary>The protocol, as data.</summary>
    public required ProtocolSettings Protocol { get; init; }

    /// <summary>How many features were left after each step of the selection on the whole training split.</summary>
    public required IReadOnlyList<SelectionStep> Steps { get; init; }

    /// <summary>The features it reads, in the order of the model.</summary>
    public required IReadOnlyList<FeatureCard> Features { get; init; }

    /// <summary>All candidates that it was compared with, itself among them; those that couldn't be trained with the reason.</summary>
    public required IReadOnlyList<CandidateCard> Candidates { get; init; }

    /// <summary>Mean AUC of the outer folds: what it won by.</summary>
    public required double CvAuc { get; init; }

    /// <summary>AUC of "the best of the candidates", corrected for having chosen it (bootstrap bias-corrected cross-validation).</summary>
    public required double SelectionCorrectedAuc { get; init; }

    /// <summary>95 % interval of <see cref="SelectionCorrectedAuc"/>.</summary>
    public required Interval SelectionCorrectedInterval { get; init; }

    /// <summary>Results on the cases that it was fitted to: optimistic by construction.</summary>
    public required Evaluation Train { get; init; }

    /// <summary>Results on the training split out of fold, calibrated; calibration and threshold were fitted on the same predictions, so the figures that depend on them are a little optimistic.</summary>
    public required Evaluation CrossValidation { get; init; }

    /// <summary>Results on the held-out cases, on which nothing was fitted or chosen and which were scored once; null where nothing was held out.</summary>
    public Evaluation? Test { get; init; }

    /// <summary>Optimism by bootstrap; null where it wasn't estimated.</summary>
    public OptimismCard? Optimism { get; init; }

    /// <summary>The permutation test; null where it wasn't asked for.</summary>
    public PermutationCard? Permutation { get; init; }

    /// <summary>The same candidate trained for this center alone, on all batches, and on all batches harmonised; empty where nothing was compared.</summary>
    public IReadOnlyList<ScopeCard> Scopes { get; init; } = [];

    /// <summary>How stability was measured; null where it wasn't.</summary>
    public StabilityCard? Stability { get; init; }

    /// <summary>From score to log-odds, fitted on the out-of-fold scores.</summary>
    public required PlattCalibration Calibration { get; init; }

    /// <summary>Probability from which on (inclusive) the decision is positive.</summary>
    public required double Threshold { get; init; }

    /// <summary>What the model can't do or was not tested on, a sentence each.</summary>
    public IReadOnlyList<string> Limits { get; init; } = [];

    /// <summary>Name of the extraction settings.</summary>
    public required string Settings { get; init; }

    /// <summary>Hash of the extraction settings; features of other settings don't fit.</summary>
    public required string SettingsHash { get; init; }

    /// <summary>Engine that made the features.</summary>
    public required string EngineVersion { get; init; }

    /// <summary>Version of the learning code.</summary>
    public required string LearningVersion { get; init; }

    /// <summary>Seed of every random choice in training.</summary>
    public required int Seed { get; init; }
}
