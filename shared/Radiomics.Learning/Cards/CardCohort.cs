namespace Radiomics.Learning;

/// <summary>The cohort of a card.</summary>
internal static class CardCohort
{
    /// <summary>The cohort table: training and held-out cases by outcome, with the covariates.</summary>
    public static Markup Section(ModelCard card)
    {
        var (cohort, train, test) = (card.Cohort, card.Cohort.Train, card.Cohort.Test);
        List<IReadOnlyList<Markup>> rows =
        [
            Row("Cases", CardNumber.Count(train.Positives), CardNumber.Count(train.Cases - train.Positives), CardNumber.Count(test.Positives), CardNumber.Count(test.Cases - test.Positives)),
        ];
        foreach (var covariate in cohort.Covariates)
        {
            rows.AddRange(covariate.Rows.Select(row => Row(
                $"{covariate.Name}{(covariate.Unit is null ? string.Empty : $", {covariate.Unit}")}{(row.Level is null ? string.Empty : $": {row.Level}")}",
                row.TrainPositive,
                row.TrainNegative,
                row.TestPositive,
                row.TestNegative)));
        }

        return Markup.Of($"""
            <section id="cohort" aria-labelledby="cohort-title">
            <h2 id="cohort-title">Patients</h2>
            <p>{cohort.Description} {(cohort.Synthetic ? "The cases are synthetic. " : string.Empty)}Everything was fitted and chosen on {CardNumber.Count(train.Cases)} cases of {CardNumber.Count(train.Patients)} patients; {(test.Cases == 0 ? "none were held out" : $"{CardNumber.Count(test.Cases)} cases of {CardNumber.Count(test.Patients)} other patients were held out")}.</p>
            {CardTable.Of("Cases by part and outcome", ["", "Training, with outcome", "Training, without", "Held out, with outcome", "Held out, without"], rows)}
            {(cohort.Covariates.Count == 0 ? Markup.Of($"<p class=\"note\">The cohort declares no clinical covariates.</p>") : Markup.Of($"<p class=\"note\">Numbers are given as count / mean ± standard deviation, categories as counts.</p>"))}
            </section>
            """);
    }

    private static IReadOnlyList<Markup> Row(params string[] cells) => [.. cells.Select(CardTable.Cell)];
}
