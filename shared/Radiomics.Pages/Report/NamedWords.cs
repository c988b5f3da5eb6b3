namespace Radiomics.Pages.Report;

/// <summary>A sentence of ours, maybe with a name in it that is as somebody else wrote it.</summary>
/// <param name="Before">The sentence up to the name; all of it if there is none.</param>
/// <param name="Name">The name; null if there is none.</param>
/// <param name="After">What follows the name.</param>
public sealed record NamedWords(string Before, string? Name = null, string After = "")
{
    /// <summary>Whether there is a name.</summary>
    public bool IsForeign => Name is not null;

    /// <summary>Puts a name into a sentence that has one place for it.</summary>
    /// <param name="sentence">The sentence with <c>{0}</c> where the name goes.</param>
    /// <param name="name">The name.</param>
    public static NamedWords Of(string sentence, string name) => sentence.Split("{0}") is [var before, var after] ? new(before, name, after) : new(sentence);
}
