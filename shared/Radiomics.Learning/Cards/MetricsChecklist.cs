using static Radiomics.Learning.ChecklistStatus;

namespace Radiomics.Learning;

/// <summary>METRICS, 30 items with weights (Kocak et al. 2024); the score is what is met in percent of what is applicable.</summary>
internal static class MetricsChecklist
{
    // Weights of the items 1 to 30, as in table 1 of the paper; they add up to 1.
    private static readonly double[] Weights =
    [
        0.0368, 0.0735, 0.0919, 0.0438, 0.0292, 0.0438, 0.0292, 0.0337, 0.0225, 0.0112, 0.0622, 0.0311, 0.0415, 0.0200, 0.0200,
        0.0300, 0.0200, 0.0599, 0.0300, 0.0352, 0.0234, 0.0176, 0.0117, 0.0293, 0.0176, 0.0375, 0.0749, 0.0075, 0.0075, 0.0075,
    ];

    /// <summary>The checklist filled in, with the range that its score can have.</summary>
    public static Checklist For(ChecklistFacts facts)
    {
        ChecklistItem[] items = [.. Study(facts), .. Features(facts), .. Testing(facts)];
        items = [.. items.Select((item, i) => item with { Weight = Weights[i] })];
        var applicable = items.Where(item => item.Status != NotApplicable).Sum(item => item.Weight!.Value);
        double Share(Func<ChecklistItem, bool> counts) => 100 * items.Where(item => item.Status != NotApplicable).Where(counts).Sum(item => item.Weight!.Value) / applicable;
        return new("METRICS", "Kocak et al., Insights Imaging 2024", "10.1186/s13244-023-01572-w", items)
        {
            Score = new(Share(item => item.Met == true), Share(item => item.Met != false)),
        };
    }

    private static IEnumerable<ChecklistItem> Study(ChecklistFacts facts) =>
    [
        Yes("1", "Study design", "A checklist was followed", "CLEAR and TRIPOD+AI are filled in here."),
        Open("2", "Study design", "Eligibility gives a representative population", "Criteria and selection."),
        Open("3", "Study design", "Sound reference standard", facts.Card.Outcome),
        No("4", "Imaging data", "Several centers", $"The model is of center {facts.Card.Center} alone, by design."),
        Open("5", "Imaging data", "Images as in clinical routine", $"Whether the {facts.Card.Sequence} protocol follows a standard."),
        Open("6", "Imaging data", "Imaging protocol given", $"Sequence {facts.Card.Sequence}, {facts.Card.FieldStrength}; the acquisition parameters are for the authors."),
        Open("7", "Imaging data", "Time between imaging and outcome", "How long it was."),
        Open("8", "Segmentation", "Segmentation described", "Tool, rules and readers."),
        Open("9", "Segmentation", "Automatic segmentation evaluated", "Applies only if regions were drawn by a machine."),
        Open("10", "Segmentation", "One reader or tool for the test regions", "Who drew the regions of the held-out cases."),
        Yes("11", "Extraction", "Pre-processing suits and is described", facts.Extraction),
        Yes("12", "Extraction", "Standardised software", $"Engine {facts.Card.EngineVersion}, tested against the IBSI's reference values."),
        Yes("13", "Extraction", "Parameters given", facts.Extraction),
    ];

    private static IEnumerable<ChecklistItem> Features(ChecklistFacts facts) =>
    [
        Met("14", "Feature processing", "Unstable features removed", facts.Card.Stability is not null, facts.Stability),
        Yes("15", "Feature processing", "Redundant features removed", $"One of any two with |ρ| above {CardNumber.Two(facts.Protocol.Selection.MaxCorrelation)}, then mRMR and L1, inside the folds."),
        Met(
            "16",
            "Feature processing",
            "Few features for the number of cases",
            10 * facts.Card.Features.Count <= Math.Min(facts.Card.Cohort.Train.Positives, facts.Card.Cohort.Train.Cases - facts.Card.Cohort.Train.Positives),
            $"{facts.Card.Features.Count} features; {facts.Sizes} Counted as met from ten cases of the smaller group per feature on."),
        new("17", "Feature processing", "Robustness of end-to-end deep learning", NotApplicable, "No deep learning."),
        Yes("18", "Preparation", "Sound division of the data", facts.Split),
        new("19", "Preparation", "Confounders handled", Partly, facts.Card.Scopes.Count == 0 ? "One center and field strength; others are for the authors." : "Scanner by separate models and by ComBat; others are for the authors."),
    ];

    private static IEnumerable<ChecklistItem> Testing(ChecklistFacts facts) =>
    [
        Yes("20", "Metrics", "Metrics suit the task", "AUC, figures at a threshold, Brier score, decision curve."),
        Yes("21", "Metrics", "Uncertainty given", facts.Uncertainty),
        Yes("22", "Metrics", "Calibration assessed", facts.Calibration),
        Met(
            "23",
            "Metrics",
            "One kind of image, or proof that more are better",
            true,
            facts.ComparesSequences ? "The model reads one sequence; single sequences were compared with each other." : "The model reads one sequence."),
        Met(
            "24",
            "Metrics",
            "Compared with a non-radiomic model",
            facts.ComparesWithClinical,
            facts.ComparesWithClinical ? "Clinical and joint candidates by the same folds; decision curve." : "No candidate with clinical data was trained."),
        Met("25", "Metrics", "Compared with a classical model", facts.HasClassicalModel, facts.HasClassicalModel ? "Logistic regression is among the candidates." : "No logistic regression was trained."),
        Met("26", "Testing", "Internal test", facts.Card.Test is not null, facts.Split),
        No("27", "Testing", "External test", "None by this pipeline."),
        Open("28", "Open science", "Data available", "Whether and where."),
        Open("29", "Open science", "Code available", $"Where version {facts.Card.LearningVersion} can be had."),
        Open("30", "Open science", "Model available", $"Whether package {facts.Card.Version ?? "(not yet packed)"} is shared."),
    ];

    private static ChecklistItem Yes(string number, string section, string name, string answer) => Met(number, section, name, true, answer);

    private static ChecklistItem No(string number, string section, string name, string answer) => Met(number, section, name, false, answer);

    private static ChecklistItem Met(string number, string section, string name, bool met, string answer) => new(number, section, name, Answered, answer) { Met = met };

    private static ChecklistItem Open(string number, string section, string name, string answer) => new(number, section, name, Authors, answer);
}
