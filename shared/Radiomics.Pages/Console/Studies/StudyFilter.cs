using System.Globalization;

namespace Radiomics.Pages.Console.Studies;

/// <summary>Which studies are looked at.</summary>
/// <param name="Group">How far they are; null: all.</param>
/// <param name="Prefix">How their id or their study's UID begins; empty: all.</param>
/// <param name="Page">Which page, from 1.</param>
public sealed record StudyFilter(StudyGroup? Group, string Prefix, int Page)
{
    /// <summary>The longest beginning that anything is looked for by: a UID's length.</summary>
    public const int LongestPrefix = 64;

    /// <summary>What the address says; what can't be read is left out.</summary>
    /// <param name="state">Value of <c>state</c>.</param>
    /// <param name="find">Value of <c>find</c>.</param>
    /// <param name="page">Value of <c>page</c>.</param>
    public static StudyFilter Parse(string? state, string? find, string? page) => new(
        Enum.GetValues<StudyGroup>().Cast<StudyGroup?>().FirstOrDefault(group => NameOf(group!.Value) == state),
        find?.Trim() is { Length: <= LongestPrefix } prefix ? prefix : "",
        int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : 1);

    /// <summary>The query of an address that says this, with its question mark; empty if it says nothing.</summary>
    public string ToQuery(string? part = null)
    {
        List<string> said = [];
        if (Group is { } group)
        {
            said.Add($"state={NameOf(group)}");
        }

        if (Prefix.Length > 0)
        {
            said.Add($"find={Uri.EscapeDataString(Prefix)}");
        }

        if (Page > 1)
        {
            said.Add(string.Create(CultureInfo.InvariantCulture, $"page={Page}"));
        }

        if (part is not null)
        {
            said.Add($"part={part}");
        }

        return said.Count == 0 ? "" : $"?{string.Join('&', said)}";
    }

    /// <summary>Name of a group in addresses.</summary>
    public static string NameOf(StudyGroup group) => group.ToString().ToLowerInvariant();
}

/// <summary>Groups of studies by how far they are.</summary>
public enum StudyGroup
{
    /// <summary>Waiting for a turn, or having one.</summary>
    UnderWay,

    /// <summary>There is an answer.</summary>
    Succeeded,

    /// <summary>There is none, and won't be.</summary>
    Failed,
}
