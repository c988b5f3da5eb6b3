namespace Radiomics.Learning;

/// <summary>The reporting checklists of the field, filled in from a card item by item; nothing is claimed that the card doesn't show.</summary>
public static class Checklists
{
    /// <summary>CLEAR, METRICS and TRIPOD+AI for the card.</summary>
    public static IReadOnlyList<Checklist> For(ModelCard card)
    {
        var facts = new ChecklistFacts(card);
        return [ClearChecklist.For(facts), MetricsChecklist.For(facts), TripodAiChecklist.For(facts)];
    }

    /// <summary>The items that only the authors can answer, wholly or in part.</summary>
    public static IReadOnlyList<ChecklistItem> LeftToTheAuthors(Checklist checklist) =>
        [.. checklist.Items.Where(item => item.Status is ChecklistStatus.Authors or ChecklistStatus.Partly)];
}
