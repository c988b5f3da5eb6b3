using static Radiomics.Learning.ChecklistStatus;

namespace Radiomics.Learning;

/// <summary>TRIPOD+AI, 27 items (Collins et al. 2024).</summary>
internal static class TripodAiChecklist
{
    /// <summary>The checklist filled in.</summary>
    public static Checklist For(ChecklistFacts facts) => new(
        "TRIPOD+AI",
        "Collins et al., BMJ 2024",
        "10.1136/bmj-2023-078378",
        [.. Front(facts), .. Methods(facts), .. Practice(facts), .. Results(facts)]);

    private static IEnumerable<ChecklistItem> Front(ChecklistFacts facts) =>
    [
        new("1", "Title", "Title: prediction model, population, outcome", Partly, $"{facts.Card.Name}. The title of the paper is for the authors."),
        new("2", "Abstract", "Abstract by its own checklist", Authors, "The abstract."),
        new("3", "Introduction", "Background, population and users, inequalities", Partly, $"{facts.Card.IntendedUse} Care pathway and known inequalities are for the authors."),
        new("4", "Introduction", "Objectives", Partly, $"Development{(facts.Card.Test is null ? string.Empty : " and internal evaluation")} of a model of: {facts.Card.Outcome}"),
    ];

    private static IEnumerable<ChecklistItem> Methods(ChecklistFacts facts) =>
    [
        new("5", "Methods", "Sources and dates of the data", Partly, facts.Source + " Dates are for the authors."),
        new("6", "Methods", "Setting, eligibility, treatments", Partly, $"Center {facts.Card.Center}; the rest is for the authors."),
        new("7", "Methods", "Preparation of the data", Answered, $"{facts.Extraction} z-scores inside each fold."),
        new("8", "Methods", "Outcome, its assessors and blinding", Partly, $"{facts.Card.Outcome} How, when and by whom it was assessed is for the authors."),
        new("9", "Methods", "Predictors and how they were measured", Partly, $"{facts.Card.Features.Count} of the candidates' features, listed with their IBSI tags. Who drew the regions is for the authors."),
        new("10", "Methods", "Sample size", Partly, facts.Sizes + " Its justification is for the authors."),
        new("11", "Methods", "Missing data", Answered, facts.Missing),
        new("12", "Methods", "Analysis: use of data, predictors, model, heterogeneity, measures", Answered, $"{facts.Split} {facts.Reduction} {facts.Algorithm} {facts.Candidates}{(facts.Card.Scopes.Count == 0 ? string.Empty : " Heterogeneity between scanners: pooled and harmonised models compared.")}"),
        new("13", "Methods", "Class imbalance", Answered, facts.Balance),
        new("14", "Methods", "Fairness", Authors, "No group-wise figures are made; groups and their figures are for the authors."),
        new("15", "Methods", "Output of the model", Answered, $"A calibrated probability; positive from {CardNumber.Three(facts.Card.Threshold)} on (Youden, out-of-fold predictions of the training cases)."),
        new("16", "Methods", "Training against evaluation data", facts.Card.Test is null ? NotApplicable : Answered, facts.Card.Test is null ? "No separate evaluation data." : "Same center, scanner class and protocol; divided at random by patient, or as the cohort says."),
        new("17", "Methods", "Ethics", facts.Card.Cohort.Synthetic ? NotApplicable : Authors, facts.Card.Cohort.Synthetic ? "The cases are synthetic." : "Approval and consent."),
    ];

    private static IEnumerable<ChecklistItem> Practice(ChecklistFacts facts) =>
    [
        new("18", "Open science", "Funding, interests, protocol, registration, data, code", Partly, $"The protocol is stored with the model; code version {facts.Card.LearningVersion}. The rest is for the authors."),
        new("19", "Involvement", "Patients and public", Authors, "Whether they were involved."),
    ];

    private static IEnumerable<ChecklistItem> Results(ChecklistFacts facts) =>
    [
        new("20", "Results", "Participants: flow, characteristics, predictors", Partly, $"{facts.Sizes}{(facts.Card.Cohort.Covariates.Count == 0 ? string.Empty : " Covariates by part and outcome are in a table.")} Flow and follow-up are for the authors."),
        new("21", "Results", "Numbers behind each analysis", Answered, facts.Sizes),
        new("22", "Results", "The whole model", Answered, $"Package {facts.Card.Version ?? "(not yet packed)"}: features, scaling, {CardWords.Name(facts.Card.Learner)}, calibration and threshold; it runs in the service and the tool."),
        new("23", "Results", "Performance with intervals, also by group", Partly, $"{facts.Performance} {(facts.Card.Scopes.Count == 0 ? string.Empty : "Pooled and harmonised models are compared. ")}Figures by patient group are for the authors."),
        new("24", "Results", "Updating of the model", NotApplicable, "A new model is made, never an old one changed."),
        new("25", "Discussion", "Interpretation", Authors, "What it means beside earlier work, fairness included."),
        new("26", "Discussion", "Limits", Partly, "Limits known to the pipeline are listed on this card; the rest is for the authors."),
        new("27", "Discussion", "Use: input quality, users' part, next steps", Partly, "Studies that can't be used are refused with a reason; a prediction warns when the patient lies outside the training cases. Users and next steps are for the authors."),
    ];
}
