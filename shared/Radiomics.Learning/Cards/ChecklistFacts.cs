namespace Radiomics.Learning;

/// <summary>What a card says, in the sentences that several checklists ask for.</summary>
internal sealed class ChecklistFacts(ModelCard card)
{
    /// <summary>The card.</summary>
    public ModelCard Card { get; } = card;

    /// <summary>The protocol.</summary>
    public ProtocolSettings Protocol => Card.Protocol;

    /// <summary>The evaluation to believe.</summary>
    public Evaluation Judged => CardWords.Judged(Card);

    /// <summary>Whether some candidate that was trained reads covariates.</summary>
    public bool ComparesWithClinical => CardWords.Trained(Card).Any(candidate => candidate.Candidate.FeatureSet != FeatureSet.Radiomics);

    /// <summary>Whether some candidate that was trained is a plain logistic regression.</summary>
    public bool HasClassicalModel => CardWords.Trained(Card).Any(candidate => candidate.Candidate.Learner == Learner.LogisticRegression);

    /// <summary>Whether candidates of several sequences were compared.</summary>
    public bool ComparesSequences => CardWords.Trained(Card).Select(candidate => candidate.Candidate.Sequence).Distinct(StringComparer.Ordinal).Count() > 1;

    /// <summary>Where the data come from.</summary>
    public string Source => $"{Card.Cohort.Description.TrimEnd('.')}; center {Card.Center}{(Card.Cohort.Synthetic ? "; synthetic" : string.Empty)}.";

    /// <summary>Numbers of cases.</summary>
    public string Sizes
    {
        get
        {
            var (train, test) = (Card.Cohort.Train, Card.Cohort.Test);
            return $"Training: {Part(train)}. Held out: {(test.Cases == 0 ? "none" : Part(test))}.";
        }
    }

    /// <summary>How the cases were divided.</summary>
    public string Split => Card.Test is null
        ? $"No cases were held out; nested cross-validation, {Folds}."
        : $"Held-out test split by patient, stratified by outcome (seed {Protocol.Seed}), scored once; nested cross-validation on the rest, {Folds}.";

    /// <summary>The folds.</summary>
    public string Folds => $"{Protocol.OuterRepeats} × {Protocol.OuterFolds} outer and {Protocol.InnerFolds} inner folds, stratified, patients kept together";

    /// <summary>Extraction settings and engine.</summary>
    public string Extraction => $"Settings '{Card.Settings}' (hash {Short(Card.SettingsHash)}), engine {Card.EngineVersion}; they hold every parameter, defaults included.";

    /// <summary>Gaps and scaling.</summary>
    public string Missing => $"Features missing in more than {CardNumber.Percent(Protocol.Selection.MaxMissing)} of the training cases are left out; other gaps get the training median, inside each fold.";

    /// <summary>Reduction of features.</summary>
    public string Reduction => Card.Steps.Count == 0
        ? $"{Card.Features.Count} features are read."
        : $"{string.Join(" → ", Card.Steps.Select(step => $"{step.Step} {step.Left}"))}; inside each training fold.";

    /// <summary>Learners that were tried.</summary>
    public string Algorithm => $"{Capital(CardWords.Name(Card.Learner))}, ML.NET; L2 {Protocol.L2.ToString(System.Globalization.CultureInfo.InvariantCulture)}, {Protocol.Trees} trees where there are trees; seed {Card.Seed}.";

    /// <summary>The performance to believe.</summary>
    public string Performance
    {
        get
        {
            var rates = CardRate.From(Judged);
            return $"{Capital(CardWords.Cases(Card))}: AUC {CardNumber.Three(Judged.Auc)} ({CardNumber.Interval(Judged.AucInterval)}), "
                + $"{string.Join(", ", rates.Select(rate => $"{rate.Name.ToLowerInvariant()} {CardNumber.Percent(rate.Value)} ({rate.Hits}/{rate.Of})"))}, Brier {CardNumber.Three(Judged.Brier)}.";
        }
    }

    /// <summary>Uncertainty of the performance.</summary>
    public string Uncertainty =>
        "95 % intervals: DeLong for AUC, Wilson for shares"
        + $"; choice among candidates corrected by bootstrap (AUC {CardNumber.Three(Card.SelectionCorrectedAuc)}, {CardNumber.Interval(Card.SelectionCorrectedInterval)})"
        + (Card.Optimism is { } optimism ? $"; optimism {CardNumber.Three(optimism.Optimism)} by {CardNumber.Count(optimism.Bootstraps)} resamples." : ".");

    /// <summary>Calibration.</summary>
    public string Calibration => $"Platt calibration on out-of-fold scores; {CardWords.Cases(Card)} slope {CardNumber.Two(Judged.CalibrationSlope)}, intercept {CardNumber.Two(Judged.CalibrationIntercept)}; plotted.";

    /// <summary>The candidates and their comparison.</summary>
    public string Candidates =>
        $"{CardWords.Trained(Card).Count} candidates (sequence × features × learner) by the same folds; best cross-validated AUC among those reading "
        + $"{string.Join(" or ", Protocol.WinnerFrom.Select(CardWords.Name))} wins; paired DeLong tests between out-of-fold scores.";

    /// <summary>Stability of features.</summary>
    public string Stability => Card.Stability is { } stability
        ? $"ICC(1,1) under {stability.Perturbations} perturbations of image and region on {stability.Patients} training patients; {stability.Passed} of {stability.Measured} features passed {CardNumber.Two(stability.Cutoff)}."
        : "Not measured.";

    /// <summary>Share of the cases with the outcome.</summary>
    public string Balance => $"{CardNumber.Percent((double)Card.Cohort.Train.Positives / Math.Max(1, Card.Cohort.Train.Cases))} of the training cases have the outcome; folds and split are stratified, nothing is resampled or weighted.";

    /// <summary>The first of a digest's digits.</summary>
    public static string Short(string digest) => digest.Length > 12 ? digest[..12] + "…" : digest;

    private static string Part(CohortPartCard part) => $"{part.Cases} cases of {part.Patients} patients, {part.Positives} with the outcome";

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
