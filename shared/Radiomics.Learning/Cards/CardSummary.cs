namespace Radiomics.Learning;

/// <summary>Top of a card: what the model is, and how well it does in plain words.</summary>
internal static class CardSummary
{
    private const int FewCases = 20;

    /// <summary>Title, where the model belongs, and the notice.</summary>
    public static Markup Header(ModelCard card) => Markup.Of($"""
        <header>
        <p class="kind">Model card</p>
        <h1>{card.Name}</h1>
        <ul class="tags"><li>Center {card.Center}</li><li>{card.FieldStrength}</li><li>Sequence {card.Sequence}</li><li>Reads {CardWords.Name(card.FeatureSet)}</li><li>Version {card.Version ?? "not yet packed"}</li></ul>
        <div class="notice{(card.NotForClinicalUse ? " stop" : string.Empty)}" role="note"><strong>{(card.NotForClinicalUse ? "Not for clinical use." : "Note.")}</strong> {card.Notice}</div>
        </header>
        """);

    /// <summary>The plain-language summary.</summary>
    public static Markup Section(ModelCard card)
    {
        var judged = CardWords.Judged(card);
        var rates = CardRate.From(judged);
        var remarks = Remarks(card, judged);
        return Markup.Of($"""
            <section id="summary" aria-labelledby="summary-title">
            <h2 id="summary-title">In short</h2>
            {CardTable.List([("Predicts", card.Outcome), ("For whom", $"Patients of center {card.Center} with a {card.Sequence} series from a {card.FieldStrength} scanner"), ("Meant for", card.IntendedUse), ("Learned from", card.Cohort.Description)])}
            <p>{Basis(card, judged)} Its area under the ROC curve (AUC) is <strong>{CardNumber.Three(judged.Auc)}</strong> (95 % interval {CardNumber.Interval(judged.AucInterval)}): of two such patients, one with the outcome and one without, it gives the higher probability to the right one in about {CardNumber.Count((int)Math.Round(100 * judged.Auc))} of 100 pairs. It calls a patient positive from a probability of {CardNumber.Percent(card.Threshold)} on.</p>
            <ul class="tiles">
            {rates.Take(4).Select(Tile)}</ul>
            {(remarks.Count == 0 ? Markup.Empty : Markup.Of($"<h3>Read with care</h3>\n<ul class=\"remarks\">{remarks.Select(remark => Markup.Of($"<li>{remark}</li>"))}</ul>\n"))}</section>
            """);
    }

    private static string Basis(ModelCard card, Evaluation judged)
    {
        var cases = $"{CardNumber.Count(judged.Cases)} {(card.Cohort.Synthetic ? "synthetic cases" : "cases")} ({CardNumber.Count(judged.Positives)} with the outcome, "
            + $"{CardNumber.Count(judged.Cases - judged.Positives)} without)";
        return card.Test is null
            ? $"No cases were held out, so the model was judged by cross-validation on its {cases}."
            : $"The model was judged once, on {cases} that had no part in making it.";
    }

    private static Markup Tile(CardRate rate) => Markup.Of($"""
        <li><span class="figure-name">{rate.Name}</span><span class="figure">{CardNumber.Percent(rate.Value)}</span><span>{(rate.Of == 0 ? $"Undefined: {rate.WhyUndefined}." : $"{CardNumber.Count(rate.Hits)} of {CardNumber.Count(rate.Of)} {rate.Meaning["of the ".Length..]}")}</span></li>

        """);

    private static List<string> Remarks(ModelCard card, Evaluation judged)
    {
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
}
