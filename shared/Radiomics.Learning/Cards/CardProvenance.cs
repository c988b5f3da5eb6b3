namespace Radiomics.Learning;

/// <summary>End of a card: limits, and what is needed to make the model again.</summary>
internal static class CardProvenance
{
    /// <summary>What the model can't do.</summary>
    public static Markup Limits(ModelCard card)
    {
        IReadOnlyList<string> limits =
        [
            .. card.Limits,
            $"It belongs to center {card.Center} and {card.FieldStrength} scanners; on other scanners or sequences its answers mean nothing.",
            "It was not tested on patients of another center, nor prospectively.",
        ];
        return Markup.Of($"""
            <section id="limits" aria-labelledby="limits-title">
            <h2 id="limits-title">Limits</h2>
            <ul>{limits.Distinct(StringComparer.Ordinal).Select(limit => Markup.Of($"<li>{limit}</li>"))}</ul>
            </section>
            """);
    }

    /// <summary>Versions, digests, seeds and settings.</summary>
    public static Markup Section(ModelCard card)
    {
        var protocol = card.Protocol;
        return Markup.Of($"""
            <section id="provenance" aria-labelledby="provenance-title">
            <h2 id="provenance-title">Provenance</h2>
            {CardTable.List([
                ("Package version", card.Version),
                ("Learning version", card.LearningVersion),
                ("Engine version", card.EngineVersion),
                ("Extraction settings", $"{card.Settings} ({card.SettingsHash})"),
                ("Cohort SHA-256", card.Cohort.Sha256),
                ("Seed", Number(card.Seed)),
                ("Seeds of synthetic cases", card.Cohort.Seeds.Count == 0 ? null : string.Join(", ", card.Cohort.Seeds.Select(Number))),
                ("Learner", CardWords.Name(card.Learner)),
                ("Calibration (Platt)", $"log-odds = {CardNumber.Three(card.Calibration.Slope)} × score {(card.Calibration.Intercept < 0 ? "−" : "+")} {CardNumber.Three(Math.Abs(card.Calibration.Intercept))}"),
                ("Held out", $"{CardNumber.Percent(protocol.TestShare)} of the patients unless the cohort says otherwise, stratified by outcome"),
                ("Cross-validation", $"{CardNumber.Count(protocol.OuterRepeats)} × {CardNumber.Count(protocol.OuterFolds)} outer folds, {CardNumber.Count(protocol.InnerFolds)} inner folds, stratified, patients kept together"),
                ("Bootstraps", CardNumber.Count(protocol.Bootstraps)),
                ("Design", "doi:10.3389/fmed.2025.1640625"),
            ])}
            </section>
            """);
    }

    private static string Number(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
