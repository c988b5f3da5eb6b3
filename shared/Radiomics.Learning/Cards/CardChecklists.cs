namespace Radiomics.Learning;

/// <summary>The checklists of a card.</summary>
internal static class CardChecklists
{
    /// <summary>All checklists, and first what is left to the authors.</summary>
    public static Markup Section(ModelCard card)
    {
        var checklists = Checklists.For(card);
        return Markup.Of($"""
            <section id="checklists" aria-labelledby="checklists-title">
            <h2 id="checklists-title">Reporting checklists</h2>
            <p>Filled in from this card as far as it goes, in short words of our own; the papers have the full wording.</p>
            <h3>What only the authors can answer</h3>
            <dl>
            {checklists.Select(Left)}</dl>
            {checklists.Select(Whole)}</section>
            """);
    }

    private static Markup Left(Checklist checklist)
    {
        var left = Checklists.LeftToTheAuthors(checklist);
        return Markup.Of($"""
            <div><dt>{checklist.Name}: {left.Count} of {checklist.Items.Count} items</dt><dd>{string.Join("; ", left.Select(item => $"{item.Number} {item.Name}{(item.Status == ChecklistStatus.Partly ? " (the rest)" : string.Empty)}"))}.</dd></div>

            """);
    }

    private static Markup Whole(Checklist checklist) => Markup.Of($"""
        <h3>{checklist.Name}</h3>
        <p>{checklist.Reference}, <a href="https://doi.org/{checklist.Doi}">doi:{checklist.Doi}</a>. {Counts(checklist)}{Score(checklist)}</p>
        {CardTable.Of($"{checklist.Name}, item by item", ["No.", "Item", "Status", "Answer"], checklist.Items.Select(Row))}

        """);

    private static IReadOnlyList<Markup> Row(ChecklistItem item) =>
    [
        CardTable.Cell(item.Number),
        CardTable.Cell(item.Name, item.Section),
        Status(item),
        CardTable.Cell(item.Answer),
    ];

    private static Markup Status(ChecklistItem item) => item switch
    {
        { Status: ChecklistStatus.Answered, Met: { } met } => Markup.Of($"<span class=\"status answered\">{(met ? "yes" : "no")}</span>"),
        { Status: ChecklistStatus.Answered } => Markup.Of($"<span class=\"status answered\">answered</span>"),
        { Status: ChecklistStatus.Partly } => Markup.Of($"<span class=\"status partly\">partly</span>"),
        { Status: ChecklistStatus.NotApplicable } => Markup.Of($"<span class=\"status\">not applicable</span>"),
        _ => Markup.Of($"<span class=\"status authors\">authors</span>"),
    };

    private static string Counts(Checklist checklist)
    {
        int Count(ChecklistStatus status) => checklist.Items.Count(item => item.Status == status);
        return $"{Count(ChecklistStatus.Answered)} of {checklist.Items.Count} items answered, {Count(ChecklistStatus.Partly)} partly, "
            + $"{Count(ChecklistStatus.NotApplicable)} not applicable, {Count(ChecklistStatus.Authors)} for the authors.";
    }

    private static string Score(Checklist checklist) => checklist.Score is { } score
        ? $" The score lies between {CardNumber.Percent(score.Least / 100)} (nothing of what is left to the authors was done) and {CardNumber.Percent(score.Most / 100)} (all of it was)."
        : string.Empty;
}
