using Radiomics.Pipeline;

namespace Radiomics.Pages.Console.Retrainings;

/// <summary>All that can be said about a retraining, in groups: what to train from comes first, what few people touch last.</summary>
public static class OrderOptions
{
    private static readonly (string, string)[] s_featureSets = [("radiomics", "radiomics: what an upload alone can answer"), ("clinical", "clinical data alone"), ("joint", "radiomics and clinical data")];

    /// <summary>The groups, with the options of each. Those of the first are about the cohort, whose choices the center has.</summary>
    public static IReadOnlyList<(string Title, string Help, IReadOnlyList<OrderOption> Options)> Groups { get; } =
    [
        ("What to train from", "", [
            new("cohort", OrderKind.One, "Cohort", "Whose studies and outcomes the models learn from. It is trained as it is now, whatever is sent under its name later."),
            new("fieldStrengths", OrderKind.Any, "Field strengths", "A model is trained for each. None chosen: for all that the cohort's studies have."),
            new("outcome", OrderKind.Text, "What the label 1 means", "One sentence for cards and reports, such as “Iron overload a year after transplantation”."),
            new("intendedUse", OrderKind.Text, "What the models are meant for", "One sentence for the cards. Empty: research."),
            new("pool", OrderKind.Lines, "Compare across scanners with", "Cohorts of this or other centers, one a line, as B/cohort-2025. The winner is compared with the same candidate trained on all of them; you need the right to read there."),
        ]),
        ("Who decides", "Whether a trained model becomes the current one.", [
            new("promotion.mode", OrderKind.One, "Decision", "By default a person looks at the card and decides, by name and with a reason.")
            {
                Choices = [("approval", "a person decides"), ("rule", "the rule decides: better on held-out patients than the current model"), ("none", "nobody: train and keep the models only")],
            },
            new("promotion.approvalTimeout", OrderKind.Days, "Days to wait for the decision", "After that, the current model stays.") { Least = 0.0001, Most = 90 },
            new("promotion.alpha", OrderKind.Number, "Largest p of the rule", "One-sided, of the paired DeLong test against the current model on the same held-out patients.") { Least = 0, Most = 1 },
            new("promotion.minPatients", OrderKind.Whole, "Held-out patients that the rule asks for", "At least so many with the outcome, and so many without. With fewer, nothing is promoted.") { Least = 2 },
        ]),
        ("Cross-validation", "How candidates are compared without touching the held-out cases.", [
            new("protocol.testShare", OrderKind.Number, "Share that is held out", "Of the patients, by chance, where the cohort has no column split.") { Least = 0, Most = 0.9 },
            new("protocol.outerFolds", OrderKind.Whole, "Outer folds", "Each candidate is trained on all folds but one and judged on that one.") { Least = 2, Most = 20 },
            new("protocol.outerRepeats", OrderKind.Whole, "Repeats", "How often this is done with other folds.") { Least = 1, Most = 100 },
            new("protocol.innerFolds", OrderKind.Whole, "Inner folds", "Inside each, to choose the penalty.") { Least = 2, Most = 20 },
            new("protocol.bootstraps", OrderKind.Whole, "Bootstrap resamples", "For intervals, and for what choosing the best adds.") { Least = 1, Most = 100_000 },
            new("protocol.permutations", OrderKind.Whole, "Label permutations", "Whether the whole procedure finds something where there is nothing. 0: not tried; 100 and more take hours.") { Least = 0, Most = 100_000 },
            new("protocol.stabilityPatients", OrderKind.Whole, "Patients for stability", "On so many, features are measured again on perturbed images. 0: not measured.") { Least = 0, Most = 1000 },
            new("protocol.comparePooled", OrderKind.Flag, "Compare with pooled and harmonised training", "The winner against the same candidate trained on all centers and scanners."),
            new("protocol.seed", OrderKind.Whole, "Seed", "Of every random choice; the same seed gives the same models."),
        ]),
        ("Candidates", "What is tried.", [
            new("protocol.featureSets", OrderKind.Any, "Candidates read", "Those whose covariates the cohort lacks are left out.") { Choices = s_featureSets },
            new("protocol.winnerFrom", OrderKind.Any, "The winner may read", "What isn't chosen here is compared on the card only. An upload brings images alone.") { Choices = s_featureSets },
            new("protocol.learners", OrderKind.Any, "Fitted by", "")
            {
                Choices = [("logisticRegression", "logistic regression (L2)"), ("lightGbm", "gradient boosting (LightGBM)"), ("fastForest", "random forest (FastForest)")],
            },
            new("protocol.l2", OrderKind.Number, "L2 penalty", "Of the logistic regression.") { Least = 0 },
            new("protocol.trees", OrderKind.Whole, "Trees", "Of the forest, and rounds of boosting.") { Least = 1, Most = 10_000 },
        ]),
        ("Choice of features", "Inside each training fold, in this order.", [
            new("protocol.selection.include", OrderKind.Lines, "Features to choose from", "Regular expressions for whole names, one a line, as stat_.*. Empty: all."),
            new("protocol.selection.maxMissing", OrderKind.Number, "Missing in a share of the cases, at most", "Gaps are filled with the median.") { Least = 0, Most = 1 },
            new("protocol.selection.maxSameValue", OrderKind.Number, "Same value in a share of the cases, at most", "What hardly varies is left out.") { Least = 0, Most = 1 },
            new("protocol.selection.stabilityCutoff", OrderKind.Number, "Least stability", "Lower bound of the ICC under perturbation, where that was measured.") { Least = -1, Most = 1 },
            new("protocol.selection.maxCorrelation", OrderKind.Number, "Largest correlation of two features", "Of two that go together more (Spearman), one stays.") { Least = 0, Most = 1 },
            new("protocol.selection.maxP", OrderKind.Number, "Largest p between the outcomes", "Mann–Whitney, two-sided.") { Least = 0, Most = 1 },
            new("protocol.selection.mrmrFeatures", OrderKind.Whole, "Features that mRMR hands on", "The most relevant and least redundant.") { Least = 1, Most = 10_000 },
            new("protocol.selection.penalties", OrderKind.Whole, "Penalties on the L1 path", "") { Least = 2, Most = 1000 },
            new("protocol.selection.smallestPenalty", OrderKind.Number, "Smallest penalty", "As a share of the largest.") { Least = 0, Most = 1 },
            new("protocol.selection.standardErrors", OrderKind.Number, "Standard errors", "How far the chosen penalty's deviance may lie above the best one's.") { Least = 0, Most = 10 },
            new("protocol.selection.maxFeatures", OrderKind.Whole, "Features in the model, at most", "The largest coefficients.") { Least = 1, Most = 1000 },
        ]),
    ];

    /// <summary>All options.</summary>
    public static IEnumerable<OrderOption> All => Groups.SelectMany(group => group.Options);
}
