namespace Radiomics.Learning;

/// <summary>Performance of a card: the figures of the three sets of cases, and what corrects them.</summary>
internal static class CardPerformance
{
    /// <summary>All measures on the training cases, cross-validated and held out.</summary>
    public static Markup Section(ModelCard card)
    {
        List<(string Name, Evaluation Evaluation)> columns = [("Training cases (optimistic)", card.Train), ("Cross-validation", card.CrossValidation)];
        if (card.Test is { } test)
        {
            columns.Add(("Held-out test", test));
        }

        List<IReadOnlyList<Markup>> rows =
        [
            Row("Cases", evaluation => CardTable.Cell(CardNumber.Count(evaluation.Cases), $"{CardNumber.Count(evaluation.Positives)} with the outcome")),
            Row("AUC", evaluation => CardTable.Cell(CardNumber.Three(evaluation.Auc), $"95 % interval {CardNumber.Interval(evaluation.AucInterval)}")),
            .. CardRate.From(card.Train).Select((rate, i) => Row(rate.Name, evaluation => Rate(CardRate.From(evaluation)[i]))),
            Row("Brier score", evaluation => CardTable.Cell(CardNumber.Three(evaluation.Brier))),
            Row("Calibration slope", evaluation => Defined(evaluation.CalibrationSlope, "can't be fitted: the predictions separate the groups")),
            Row("Calibration intercept", evaluation => Defined(evaluation.CalibrationIntercept, "can't be fitted")),
        ];
        return Markup.Of($"""
            <section id="performance" aria-labelledby="performance-title">
            <h2 id="performance-title">Performance</h2>
            {CardTable.Of($"Performance at the threshold of {CardNumber.Three(card.Threshold)}", ["Measure", .. columns.Select(column => column.Name)], rows)}
            <p class="note">Threshold and calibration were fitted on the cross-validated predictions of the training cases. Intervals: DeLong for the AUC, Wilson for shares, both 95 %. Brier score: mean squared error of the probabilities, smaller is better. Slope 1 and intercept 0 are perfect calibration.{(card.Test is null ? " No cases were held out for a test." : string.Empty)}</p>
            </section>
            """);

        IReadOnlyList<Markup> Row(string name, Func<Evaluation, Markup> cell) => [CardTable.Cell(name), .. columns.Select(column => cell(column.Evaluation))];
    }

    /// <summary>Corrections for choosing, for fitting, and the permutation test, a sentence each.</summary>
    public static Markup Honesty(ModelCard card)
    {
        List<string> sentences =
        [
            $"Taking the best of {CardNumber.Count(CardWords.Trained(card).Count)} candidates flatters it: corrected for that choice, its cross-validated AUC of "
                + $"{CardNumber.Three(card.CvAuc)} becomes {CardNumber.Three(card.SelectionCorrectedAuc)} (95 % interval {CardNumber.Interval(card.SelectionCorrectedInterval)}).",
            card.Optimism is { } optimism
                ? $"Optimism: made anew on {CardNumber.Count(optimism.Bootstraps)} bootstrap resamples, the model promises {CardNumber.Three(optimism.Optimism)} too much on its own cases; "
                    + $"of the AUC of {CardNumber.Three(optimism.ApparentAuc)} there, {CardNumber.Three(optimism.CorrectedAuc)} remains."
                : "Optimism was not estimated by bootstrap.",
            card.Permutation is { } permutation
                ? $"With shuffled outcomes the whole procedure reaches a mean AUC of {CardNumber.Three(permutation.MeanAuc)} ({CardNumber.Count(permutation.Permutations)} shuffles; "
                    + $"for the real outcomes p {CardNumber.Comparison(permutation.P)}); 0.5 is what an honest procedure gives."
                : "No permutation test was asked for.",
        ];
        return Markup.Of($"""
            <section id="honesty" aria-labelledby="honesty-title">
            <h2 id="honesty-title">How honest is it?</h2>
            <ul>{sentences.Select(sentence => Markup.Of($"<li>{sentence}</li>"))}</ul>
            </section>
            """);
    }

    private static Markup Rate(CardRate rate) => rate.Interval is { } interval
        ? CardTable.Cell(
            CardNumber.Percent(rate.Value),
            $"{CardNumber.Count(rate.Hits)} of {CardNumber.Count(rate.Of)}; {CardNumber.Percent(interval.Low)} to {CardNumber.Percent(interval.High)}")
        : CardTable.Cell(CardNumber.Undefined, $"undefined: {rate.WhyUndefined}");

    private static Markup Defined(double? value, string why) =>
        value is null ? CardTable.Cell(CardNumber.Undefined, why) : CardTable.Cell(CardNumber.Two(value));
}
