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

    /// <summary>What is predicted.</summary>
    public required string Outcome { get; init; }

    /// <summary>How it was trained, in words.</summary>
    public required string Learner { get; init; }

    /// <summary>What the model is meant for.</summary>
    public required string IntendedUse { get; init; }

    /// <summary>True for every model that isn't approved for patients.</summary>
    public required bool NotForClinicalUse { get; init; }

    /// <summary>The sentence to show beside every result of this model.</summary>
    public required string Notice { get; init; }

    /// <summary>Whom or what it was trained on.</summary>
    public required CohortCard Cohort { get; init; }

    /// <summary>Tags that the features were chosen from; empty: all that every case had.</summary>
    public IReadOnlyList<string> Candidates { get; init; } = [];

    /// <summary>The features it reads, with their standardised coefficients.</summary>
    public required IReadOnlyList<FeatureCard> Features { get; init; }

    /// <summary>Results on cases that the scoring fold had not seen.</summary>
    public required CrossValidationCard CrossValidation { get; init; }

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

/// <summary>The cases behind a model.</summary>
public sealed record CohortCard
{
    /// <summary>Where the cases come from, in words.</summary>
    public required string Description { get; init; }

    /// <summary>Whether they are synthetic.</summary>
    public required bool Synthetic { get; init; }

    /// <summary>Number of cases.</summary>
    public required int Cases { get; init; }

    /// <summary>Cases with the outcome.</summary>
    public required int Positives { get; init; }

    /// <summary>Seeds that make the synthetic cases again; empty for real ones.</summary>
    public IReadOnlyList<int> Seeds { get; init; } = [];

    /// <summary>SHA-256 over subjects, labels and feature values, lower-case hex.</summary>
    public required string DataSha256 { get; init; }
}

/// <summary>One feature of a model.</summary>
/// <param name="Name">IBSI tag.</param>
/// <param name="Coefficient">Change of the log-odds for one standard deviation.</param>
public sealed record FeatureCard(string Name, double Coefficient);

/// <summary>Stratified k-fold cross-validation; selection, scaling and fitting happen inside the training folds.</summary>
public sealed record CrossValidationCard
{
    /// <summary>Number of folds.</summary>
    public required int Folds { get; init; }

    /// <summary>Area under the ROC curve of the pooled out-of-fold probabilities.</summary>
    public required double Auc { get; init; }

    /// <summary>Share of right decisions at <see cref="Threshold"/>.</summary>
    public required double Accuracy { get; init; }

    /// <summary>Share of positives found at <see cref="Threshold"/>.</summary>
    public required double Sensitivity { get; init; }

    /// <summary>Share of negatives left alone at <see cref="Threshold"/>.</summary>
    public required double Specificity { get; init; }

    /// <summary>Mean squared error of the out-of-fold probabilities; 0.25 is what always saying 0.5 gives.</summary>
    public required double Brier { get; init; }

    /// <summary>Probability from which on the decision is positive: largest Youden index out of fold, so the figures at it are a little optimistic.</summary>
    public required double Threshold { get; init; }
}
