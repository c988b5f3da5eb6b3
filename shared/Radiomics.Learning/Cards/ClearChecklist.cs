using static Radiomics.Learning.ChecklistStatus;

namespace Radiomics.Learning;

/// <summary>CLEAR, 58 items (Kocak et al. 2023).</summary>
internal static class ClearChecklist
{
    /// <summary>The checklist filled in.</summary>
    public static Checklist For(ChecklistFacts facts) => new(
        "CLEAR",
        "Kocak et al., Insights Imaging 2023",
        "10.1186/s13244-023-01415-8",
        [.. Front(), .. Design(facts), .. Images(facts), .. Modelling(facts), .. Results(facts), .. Openness(facts)]);

    private static IEnumerable<ChecklistItem> Front() =>
    [
        new("1", "Title", "Title names the radiomic method", Authors, "The title of the paper."),
        new("2", "Abstract", "Structured abstract", Authors, "The abstract; this card's summary has the figures."),
        new("3", "Keywords", "Keywords for radiomics", Authors, "The keywords."),
        new("4", "Introduction", "Clinical background", Authors, "Why the outcome matters and what is known."),
        new("5", "Introduction", "Why radiomics", Authors, "What images are expected to add."),
        new("6", "Introduction", "Objectives", Authors, "The question asked."),
    ];

    private static IEnumerable<ChecklistItem> Design(ChecklistFacts facts) =>
    [
        new("7", "Study design", "Guidelines followed", Answered, "CLEAR, METRICS and TRIPOD+AI are filled in here."),
        new("8", "Study design", "Ethics", facts.Card.Cohort.Synthetic ? NotApplicable : Authors, facts.Card.Cohort.Synthetic ? "The cases are synthetic." : "Approval, consent and data protection. Studies are de-identified on the way in."),
        new("9", "Study design", "Sample size", Partly, facts.Sizes + " How the number came about is for the authors."),
        new("10", "Study design", "Nature of the study", Authors, "Retrospective or prospective, registration."),
        new("11", "Study design", "Eligibility", Authors, "Who was included and left out."),
        new("12", "Study design", "Flowchart of the method", Partly, "The steps are listed under Features; a drawing is for the authors."),
        new("13", "Data", "Source of the data", Partly, facts.Source + " Whether public or private is for the authors."),
        new("14", "Data", "Overlap with earlier work", Authors, $"Whether these patients were in other papers (cohort digest {ChecklistFacts.Short(facts.Card.Cohort.Sha256)})."),
        new("15", "Data", "Division of the data", Answered, facts.Split),
        new("16", "Data", "Imaging protocol", Partly, $"Sequence {facts.Card.Sequence}, {facts.Card.FieldStrength}; scanner and acquisition parameters are for the authors."),
        facts.Card.Cohort.Covariates.Count == 0
            ? new("17", "Data", "Non-radiomic predictors", NotApplicable, "The cohort declares none.")
            : new("17", "Data", "Non-radiomic predictors", Partly, $"{string.Join(", ", facts.Card.Cohort.Covariates.Select(covariate => covariate.Unit is null ? covariate.Name : $"{covariate.Name} ({covariate.Unit})"))}; how they were measured is for the authors."),
        new("18", "Data", "Outcome and reference standard", Partly, $"{facts.Card.Outcome} How it was established is for the authors."),
    ];

    private static IEnumerable<ChecklistItem> Images(ChecklistFacts facts) =>
    [
        new("19", "Segmentation", "How regions were drawn", Authors, "Regions come with the studies; tool and rules are for the authors."),
        new("20", "Segmentation", "Who drew them", Authors, "Number, training and blinding of the readers."),
        new("21", "Pre-processing", "Pre-processing", Answered, facts.Extraction),
        new("22", "Pre-processing", "Resampling", Answered, "In the extraction settings named under 21."),
        new("23", "Pre-processing", "Discretisation", Answered, "In the extraction settings named under 21."),
        new("24", "Pre-processing", "Image types", Answered, "In the extraction settings named under 21; feature names carry the filter."),
        new("25", "Feature extraction", "Extraction method", Answered, $"Radiomics engine {facts.Card.EngineVersion}, features by the definitions of the IBSI."),
        new("26", "Feature extraction", "Feature classes", Answered, "IBSI families; feature names are IBSI tags."),
        new("27", "Feature extraction", "Number of features", facts.Card.Steps.Count == 0 ? Partly : Answered, facts.Card.Steps.Count == 0 ? "The number extracted is not recorded." : $"{facts.Card.Steps[0].Left} extracted, {facts.Card.Features.Count} in the model."),
        new("28", "Feature extraction", "Remaining parameters", Answered, facts.Extraction),
        new("29", "Data preparation", "Missing data", Answered, facts.Missing),
        new("30", "Data preparation", "Class imbalance", Answered, facts.Balance),
        new("31", "Data preparation", "Reliability of segmentation", facts.Card.Stability is null ? Authors : Partly, $"{facts.Stability} Agreement between readers is for the authors."),
        new("32", "Data preparation", "Scaling", Answered, "z-scores with mean and deviation of the training cases, inside each fold."),
        new("33", "Data preparation", "Reduction of features", Answered, facts.Reduction),
    ];

    private static IEnumerable<ChecklistItem> Modelling(ChecklistFacts facts) =>
    [
        new("34", "Modelling", "Algorithm", Answered, facts.Algorithm),
        new("35", "Modelling", "Training and tuning", Answered, $"Nested: {facts.Folds}; the L1 penalty by inner folds ({facts.Protocol.Selection.Penalties} penalties, {CardNumber.Two(facts.Protocol.Selection.StandardErrors)}-SE rule); other parameters fixed."),
        new("36", "Modelling", "Confounders", Partly, facts.Card.Scopes.Count == 0 ? "One center and field strength only, so the scanner can't confound; other confounders are for the authors." : "Models are made per center and field strength; pooled and harmonised (ComBat) ones are compared. Other confounders are for the authors."),
        new("37", "Modelling", "Choice of the model", Answered, facts.Candidates),
        new("38", "Evaluation", "Kind of test", Answered, facts.Card.Test is null ? "Internal, by cross-validation only; no external test." : "Internal, held-out patients of the same center; no external test."),
        new("39", "Evaluation", "Metrics", Answered, "AUC for ranking; sensitivity, specificity, predictive values and accuracy at a threshold set beforehand; Brier score, calibration, decision curve for probabilities."),
        new("40", "Evaluation", "Uncertainty", Answered, facts.Uncertainty),
        new("41", "Evaluation", "Statistical comparison", Answered, "Paired DeLong tests between candidates" + (facts.Card.Scopes.Count == 0 ? "." : " and between scopes.")),
        facts.ComparesWithClinical
            ? new("42", "Evaluation", "Non-radiomic and combined models", Answered, "Clinical and joint candidates were trained by the same folds.")
            : new("42", "Evaluation", "Non-radiomic and combined models", Authors, "No candidate with clinical data was trained."),
        new("43", "Evaluation", "Explanation", Answered, "Weights of all features on this card; each prediction carries its features' contributions."),
    ];

    private static IEnumerable<ChecklistItem> Results(ChecklistFacts facts) =>
    [
        facts.Card.Cohort.Covariates.Count == 0
            ? new("44", "Results", "Baseline characteristics", Authors, $"{facts.Sizes} The cohort declares no covariates.")
            : new("44", "Results", "Baseline characteristics", Answered, $"{facts.Sizes} Table of covariates by part and outcome."),
        new("45", "Results", "Flowchart of eligibility", Authors, "How many were screened, left out and why."),
        new("46", "Results", "Statistics of features", Answered, $"Table of features with weight, stability and share of folds. {facts.Reduction}"),
        new("47", "Results", "Performance", Answered, facts.Performance),
        facts.ComparesWithClinical
            ? new("48", "Results", "Against non-radiomic and combined models", Answered, "Table of candidates.")
            : new("48", "Results", "Against non-radiomic and combined models", Authors, "No candidate with clinical data was trained."),
        new("49", "Discussion", "Main findings", Authors, "What was found."),
        new("50", "Discussion", "Earlier work", Authors, "How it differs."),
        new("51", "Discussion", "Use in practice", Partly, $"{facts.Card.IntendedUse} What follows for practice is for the authors."),
        new("52", "Discussion", "Strengths and limits", Partly, "Limits known to the pipeline are listed on this card; the rest is for the authors."),
    ];

    private static IEnumerable<ChecklistItem> Openness(ChecklistFacts facts) =>
    [
        facts.Card.Cohort.Synthetic && facts.Card.Cohort.Seeds.Count > 0
            ? new("53", "Open science", "Images and regions shared", Answered, "Synthetic: the seeds on this card make them again.")
            : new("53", "Open science", "Images and regions shared", Authors, "Whether and where."),
        new("54", "Open science", "Features shared", Authors, "Whether and where; the service stores them per study."),
        new("55", "Open science", "Pre-processing settings shared", Answered, facts.Extraction),
        new("56", "Open science", "Code shared", Partly, $"Learning code version {facts.Card.LearningVersion}; where it can be had is for the authors."),
        new("57", "Open science", "Model shared", Partly, $"The package {facts.Card.Version ?? "(not yet packed)"} holds the whole model; whether it is shared is for the authors."),
        new("58", "Open science", "Ready-to-use system", Partly, "The service and its command-line tool run the package; whether others have access is for the authors."),
    ];
}
