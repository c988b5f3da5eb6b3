using Radiomics.Learning;

namespace Radiomics.Cli.Experiment;

/// <summary>What the experiment found; the form of <c>--json</c>.</summary>
internal sealed record PaperResult(
    IReadOnlyList<PaperGroupResult> Groups,
    bool Synthetic,
    int Seed,
    int Patients,
    int Size,
    string Settings,
    string EngineVersion,
    string LearningVersion,
    string PublishedSource);

/// <summary>One center and field strength.</summary>
internal sealed record PaperGroupResult(
    string Center,
    string FieldStrength,
    string Winner,
    Learner WinnerLearner,
    double WinnerCvAuc,
    double SelectionCorrectedAuc,
    IReadOnlyList<PaperCandidate> Candidates,
    PaperPart Train,
    PaperPart CrossValidation,
    PaperPart? Test,
    IReadOnlyList<ScopeCard> Scopes,
    IReadOnlyList<string> Features,
    StabilityCard? Stability,
    string Model,
    PublishedFigures? Published);

/// <summary>One candidate; without AUC where it was skipped.</summary>
internal sealed record PaperCandidate(string Sequence, FeatureSet FeatureSet, Learner Learner, double? CvAuc, string? Skipped);

/// <summary>Results of the winner on one part of the cohort.</summary>
internal sealed record PaperPart(
    int Cases, int Positives, double Auc, Interval AucInterval, double Accuracy, double Sensitivity, double Specificity, double Brier)
{
    /// <summary>The figures that the paper gives too.</summary>
    public static PaperPart From(Evaluation e) => new(e.Cases, e.Positives, e.Auc, e.AucInterval, e.Accuracy, e.Sensitivity, e.Specificity, e.Brier);
}
