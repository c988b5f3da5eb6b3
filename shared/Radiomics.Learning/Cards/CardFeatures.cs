namespace Radiomics.Learning;

/// <summary>Features of a card: what they weigh, how they were chosen, how stable they are.</summary>
internal static class CardFeatures
{
    /// <summary>The features with their weights, the steps of selection and stability.</summary>
    public static Markup Section(ModelCard card)
    {
        var weight = card.Learner == Learner.LogisticRegression ? "Weight (log-odds per SD)" : "Share of the contributions";
        return Markup.Of($"""
            <section id="features" aria-labelledby="features-title">
            <h2 id="features-title">Features</h2>
            <p>The model reads {CardNumber.Count(card.Features.Count)} features by {CardWords.Name(card.Learner)}. A feature chosen in few folds is one of several that could stand for each other.</p>
            {CardTable.Of("Features of the model", ["Feature", weight, "Stability (lower bound of ICC)", "Chosen in folds"], card.Features.Select(Row))}
            {CardTable.Of("Features left after each step of the selection, on all training cases", ["Step", "Left", "Meaning"], card.Steps.Select(step => (IReadOnlyList<Markup>)[CardTable.Cell(step.Step), CardTable.Cell(CardNumber.Count(step.Left)), CardTable.Cell(CardWords.Step(step, card.Protocol))]))}
            <p>{Stability(card)}</p>
            </section>
            """);

        IReadOnlyList<Markup> Row(FeatureCard feature) =>
        [
            Markup.Of($"<code>{feature.Name}</code>"),
            CardTable.Cell(card.Learner == Learner.LogisticRegression ? CardNumber.Signed(feature.Weight) : CardNumber.Percent(feature.Weight)),
            feature.Stability is null ? CardTable.Cell(CardNumber.Undefined, "not measured") : CardTable.Cell(CardNumber.Two(feature.Stability)),
            CardTable.Cell(CardNumber.Percent(feature.ChosenIn)),
        ];
    }

    private static string Stability(ModelCard card) => card.Stability is { } stability
        ? $"Stability: on {CardNumber.Count(stability.Patients)} training patients, without looking at outcomes, images and regions were disturbed in {CardNumber.Count(stability.Perturbations)} ways "
            + $"(shifted, turned, made noisier, region grown or shrunk); {CardNumber.Count(stability.Passed)} of {CardNumber.Count(stability.Measured)} features kept a lower 95 % bound of ICC(1,1) "
            + $"of at least {CardNumber.Two(stability.Cutoff)} and could be chosen."
        : "Stability under perturbation was not measured: nothing is known about how features change with the drawing of the region or with noise.";
}
