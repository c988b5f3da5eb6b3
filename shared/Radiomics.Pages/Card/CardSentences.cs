using Radiomics.Learning;

namespace Radiomics.Pages.Card;

/// <summary>What a card says in whole sentences.</summary>
internal static class CardSentences
{
    private const int FewCases = 20;

    /// <summary>On which cases the model was judged.</summary>
    public static string Basis(ModelCard card)
    {
        var judged = CardWords.Judged(card);
        var cases = $"{CardNumber.Count(judged.Cases)} {(card.Cohort.Synthetic ? "synthetic cases" : "cases")} ({CardNumber.Count(judged.Positives)} with the outcome, "
            + $"{CardNumber.Count(judged.Cases - judged.Positives)} without)";
        return card.Test is null
            ? $"No cases were held out, so the model was judged by cross-validation on its {cases}."
            : $"The model was judged once, on {cases} that had no part in making it.";
    }

    /// <summary>A share in counts, or why there is none.</summary>
    public static string Tile(CardRate rate) => rate.Of == 0
        ? $"Undefined: {rate.WhyUndefined}."
        : $"{CardNumber.Count(rate.Hits)} of {CardNumber.Count(rate.Of)} {rate.Meaning["of the ".Length..]}";

    /// <summary>What to bear in mind.</summary>
    public static IReadOnlyList<string> Remarks(ModelCard card)
    {
        var judged = CardWords.Judged(card);
        List<string> remarks = [];
        if (card.Cohort.Synthetic)
        {
            remarks.Add("The cases are synthetic. Nothing here says how the model does on patients.");
        }

        if (judged.AucInterval.Low <= 0.5)
        {
            remarks.Add("The interval of the AUC reaches down to 0.5: on these cases the model can't be told from guessing.");
        }

        var least = Math.Min(judged.Positives, judged.Cases - judged.Positives);
        if (least < FewCases)
        {
            remarks.Add($"One of the two groups has only {CardNumber.Count(least)} cases: one patient more or less there moves a share by {CardNumber.Count((int)Math.Round(100.0 / Math.Max(1, least)))} percentage points.");
        }

        if (card.Train.Auc - judged.Auc > 0.1)
        {
            remarks.Add($"On its own training cases the AUC is {CardNumber.Three(card.Train.Auc)}, much higher than here: the model has learned some of them by heart.");
        }

        if (judged.CalibrationSlope is < 0.8 or > 1.25)
        {
            remarks.Add($"The calibration slope is {CardNumber.Two(judged.CalibrationSlope)}: high and low probabilities are "
                + (judged.CalibrationSlope < 1 ? "too extreme; the truth lies nearer to the middle." : "too timid; the truth is more extreme."));
        }

        return remarks;
    }

    /// <summary>Corrections for choosing, for fitting, and the permutation test, a sentence each.</summary>
    public static IReadOnlyList<string> Honesty(ModelCard card) =>
    [
        $"Taking the best of {CardNumber.Count(CardWords.Trained(card).Count)} candidates flatters it: corrected for that choice, its cross-validated AUC of "
            + $"{CardNumber.Three(card.CvAuc)} becomes {CardNumber.Three(card.SelectionCorrectedAuc)} (95 % interval {CardNumber.Interval(card.SelectionCorrectedInterval)}).",
        card.Optimism is { } optimism
            ? $"Optimism: made anew on {CardNumber.Count(optimism.Bootstraps)} bootstrap resamples, the model promises {CardNumber.Three(optimism.Optimism)} too much on its own cases; "
                + $"of the AUC of {CardNumber.Three(optimism.ApparentAuc)} there, {CardNumber.Three(optimism.CorrectedAuc)} remains."
            : "Optimism was not estimated by bootstrap.",
        card.Permutation is { } permutation
            ? $"With shuffled outcomes the whole procedure reaches a mean AUC of {CardNumber.Three(permutation.MeanAuc)} ({CardNumber.Count(permutation.Permutations)} shuffles; "
                + $"for the real outcomes p {CardNumber.Comparison(permutation.P)}); 0.5 is what an honest procedure gives."
            : "No permutation test was asked for.",
    ];

    /// <summary>How stability was measured.</summary>
    public static string Stability(ModelCard card) => card.Stability is { } stability
        ? $"Stability: on {CardNumber.Count(stability.Patients)} training patients, without looking at outcomes, images and regions were disturbed in {CardNumber.Count(stability.Perturbations)} ways "
            + $"(shifted, turned, made noisier, region grown or shrunk); {CardNumber.Count(stability.Passed)} of {CardNumber.Count(stability.Measured)} features kept a lower 95 % bound of ICC(1,1) "
            + $"of at least {CardNumber.Two(stability.Cutoff)} and could be chosen."
        : "Stability under perturbation was not measured: nothing is known about how features change with the drawing of the region or with noise.";

    /// <summary>Which scopes differ.</summary>
    public static string Verdict(IReadOnlyList<ScopeCard> scopes) =>
        scopes.Where(scope => scope.P < 0.05).Select(scope => $"{CardWords.Scope(scope.Scope)} (p {CardNumber.Comparison(scope.P)})").ToList() is { Count: > 0 } different
            ? $"Different from this center's own model beyond chance (p < 0.05): {string.Join("; ", different)}."
            : "No difference is larger than chance explains (p < 0.05); with few cases that doesn't prove that there is none.";

    /// <summary>What the model can't do.</summary>
    public static IEnumerable<string> Limits(ModelCard card) => card.Limits
        .Append($"It belongs to center {card.Center} and {card.FieldStrength} scanners; on other scanners or sequences its answers mean nothing.")
        .Append("It was not tested on patients of another center, nor prospectively.")
        .Distinct(StringComparer.Ordinal);

    /// <summary>How many items of a checklist are answered, and what score that allows.</summary>
    public static string Counts(Checklist checklist)
    {
        int Count(ChecklistStatus status) => checklist.Items.Count(item => item.Status == status);
        var score = checklist.Score is { } bounds
            ? $" The score lies between {CardNumber.Percent(bounds.Least / 100)} (nothing of what is left to the authors was done) and {CardNumber.Percent(bounds.Most / 100)} (all of it was)."
            : string.Empty;
        return $"{Count(ChecklistStatus.Answered)} of {checklist.Items.Count} items answered, {Count(ChecklistStatus.Partly)} partly, "
            + $"{Count(ChecklistStatus.NotApplicable)} not applicable, {Count(ChecklistStatus.Authors)} for the authors.{score}";
    }
}
