using System.Text.Json.Serialization;

namespace Radiomics.Learning;

/// <summary>A reporting checklist as far as a card can fill it in.</summary>
/// <param name="Name">Name, e.g. <c>CLEAR</c>.</param>
/// <param name="Reference">Its paper.</param>
/// <param name="Doi">DOI of the paper, without prefix.</param>
/// <param name="Items">All its items, in its order.</param>
public sealed record Checklist(string Name, string Reference, string Doi, IReadOnlyList<ChecklistItem> Items)
{
    /// <summary>The score that the answers so far allow; null where the checklist has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ChecklistScore? Score { get; init; }
}

/// <summary>An item of a checklist.</summary>
/// <param name="Number">Its number in the checklist.</param>
/// <param name="Section">Its section, in our words.</param>
/// <param name="Name">What it asks for, in our words.</param>
/// <param name="Status">How far the card answers it.</param>
/// <param name="Answer">The answer, or what the authors have to say.</param>
public sealed record ChecklistItem(string Number, string Section, string Name, ChecklistStatus Status, string Answer)
{
    /// <summary>Its share of the score; null where the checklist has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Weight { get; init; }

    /// <summary>Whether what it asks for was done; null where the checklist has no score, or where only the authors can tell.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Met { get; init; }
}

/// <summary>How far a card answers an item.</summary>
public enum ChecklistStatus
{
    /// <summary>From the card's own data.</summary>
    Answered,

    /// <summary>In part; the authors have to add the rest.</summary>
    Partly,

    /// <summary>It asks for something that doesn't arise here.</summary>
    NotApplicable,

    /// <summary>Only the authors can.</summary>
    Authors,
}

/// <summary>A score in percent of what is applicable.</summary>
/// <param name="Least">With the answers that the card gives; nothing that is left to the authors counts.</param>
/// <param name="Most">If everything that is left to the authors was done.</param>
public sealed record ChecklistScore(double Least, double Most);
