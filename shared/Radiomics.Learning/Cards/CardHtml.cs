namespace Radiomics.Learning;

/// <summary>A model card as one HTML page for clinicians: nothing is loaded from anywhere, and the same card gives the same page.</summary>
public static class CardHtml
{
    private static readonly (string Id, string Title)[] Contents =
    [
        ("summary", "In short"), ("performance", "Performance"), ("figures", "Figures"), ("honesty", "How honest is it?"), ("cohort", "Patients"),
        ("features", "Features"), ("candidates", "Candidates"), ("scopes", "Across scanners"), ("limits", "Limits"), ("provenance", "Provenance"),
        ("checklists", "Checklists"),
    ];

    /// <summary>The page, UTF-8 text from <c>&lt;!doctype html&gt;</c> on.</summary>
    public static string Render(ModelCard card)
    {
        CardFigure[] figures =
        [
            CardFigures.Roc(card.Train, card.CrossValidation, card.Test),
            CardFigures.Calibration(card.CrossValidation, card.Test),
            CardFigures.Decision(CardWords.Judged(card), CardWords.Cases(card)),
            CardFigures.Weights(card.Features, card.Learner),
        ];
        try
        {
            return Page(card, figures).Text;
        }
        finally
        {
            Array.ForEach(figures, figure => figure.Dispose());
        }
    }

    private static Markup Page(ModelCard card, IEnumerable<CardFigure> figures) => Markup.Of($"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>Model card: {card.Name}</title>
        <style>
        {Style()}</style>
        </head>
        <body>
        {CardSummary.Header(card)}
        <nav aria-label="Contents"><ul>{Contents.Select(entry => Markup.Of($"<li><a href=\"#{entry.Id}\">{entry.Title}</a></li>"))}</ul></nav>
        <main>
        {CardSummary.Section(card)}
        {CardPerformance.Section(card)}
        <section id="figures" aria-labelledby="figures-title">
        <h2 id="figures-title">Figures</h2>
        <div class="figures">
        {figures.Select(Figure)}</div>
        </section>
        {CardPerformance.Honesty(card)}
        {CardCohort.Section(card)}
        {CardFeatures.Section(card)}
        {CardComparison.Candidates(card)}
        {CardComparison.Scopes(card)}
        {CardProvenance.Limits(card)}
        {CardProvenance.Section(card)}
        {CardChecklists.Section(card)}
        </main>
        <footer><p>{card.Notice}</p></footer>
        </body>
        </html>

        """);

    private static Markup Figure(CardFigure figure) => Markup.Of($"""
        <figure id="{figure.Id}">
        <h3>{figure.Title}</h3>
        <img src="data:image/png;base64,{Convert.ToBase64String(figure.Png())}" width="{figure.Width}" height="{figure.Height}" alt="{figure.Alternative}">
        <figcaption>{figure.Caption}</figcaption>
        </figure>

        """);

    private static Markup Style()
    {
        using var reader = new StreamReader(typeof(CardHtml).Assembly.GetManifestResourceStream("card.css")!);
        return new(reader.ReadToEnd().ReplaceLineEndings("\n"));
    }
}
