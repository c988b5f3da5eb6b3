namespace Radiomics.Pages.Console.Studies;

/// <summary>A page of the list of studies.</summary>
public sealed record StudyListView
{
    /// <summary>Rows of a page.</summary>
    public const int PageSize = 50;

    /// <summary>Which are looked at; its page is one that there is.</summary>
    public required StudyFilter Filter { get; init; }

    /// <summary>Those under way first, in the order in which they will be through; then what is settled, the newest first.</summary>
    public required IReadOnlyList<StudyRow> Rows { get; init; }

    /// <summary>How many there are of each group, before one is chosen.</summary>
    public required IReadOnlyDictionary<StudyGroup, int> Counts { get; init; }

    /// <summary>How many have their turn.</summary>
    public required int Running { get; init; }

    /// <summary>How many pages the chosen group has, at least one.</summary>
    public required int Pages { get; init; }

    /// <summary>When it was asked.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>All of them.</summary>
    public int All => Counts.Values.Sum();

    /// <summary>How many wait for their turn.</summary>
    public int Queued => Counts[StudyGroup.UnderWay] - Running;

    /// <summary>After how many milliseconds it is worth asking again.</summary>
    public int Every => Counts[StudyGroup.UnderWay] > 0 ? 2_000 : 15_000;
}
