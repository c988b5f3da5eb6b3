using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;

namespace Radiomics.Pages.Report;

/// <summary>
/// Records keep what there is to know as English sentences. Here each is found again by the text that it was made of (<c>Known.…</c> of the texts of reports), and said in another language with the same
/// values.
/// </summary>
internal static class KnownSentences
{
    private const string Family = "Known.";
    private const string Part = "Known.Part.";

    private static readonly ResourceManager s_texts = new("Radiomics.Pages.Resources.Report.ReportTexts", typeof(KnownSentences).Assembly);
    private static readonly (string Key, Regex Form)[] s_forms = [.. Forms()];

    /// <summary>A sentence in a language; null if it isn't known there.</summary>
    public static string? In(string language, string sentence) => language == "en" ? sentence : In(language, sentence, isPart: false);

    // What stands in a sentence may itself be made of a text (Known.Part.…); a whole sentence never is one of those.
    private static string? In(string language, string sentence, bool isPart)
    {
        foreach (var (key, form) in s_forms)
        {
            if (key.StartsWith(Part, StringComparison.Ordinal) == isPart && form.Match(sentence) is { Success: true } match)
            {
                object[] values = [.. match.Groups.Values.Skip(1).Select(group => In(language, group.Value, isPart: true) ?? In(language, group.Value, isPart: false) ?? group.Value)];
                return string.Format(CultureInfo.InvariantCulture, s_texts.GetString(key, CultureInfo.GetCultureInfo(language))!, values);
            }
        }

        return null;
    }

    // Those with most of their own words first, so that none is taken for one that says less; of parts those that nothing goes into, then those that join others.
    private static IEnumerable<(string Key, Regex Form)> Forms() => s_texts.GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: false)!
        .Cast<DictionaryEntry>()
        .Select(entry => (Key: (string)entry.Key, Text: (string)entry.Value!))
        .Where(entry => entry.Key.StartsWith(Family, StringComparison.Ordinal) && entry.Key != "Known.Untranslated")
        .OrderBy(entry => entry.Key.StartsWith(Part, StringComparison.Ordinal) && entry.Text.Count(character => character == '{') is > 0 and var places ? -places : int.MinValue)
        .ThenByDescending(entry => entry.Text.Length)
        .ThenBy(entry => entry.Key, StringComparer.Ordinal)
        .Select(entry => (entry.Key, new Regex($"^{Regex.Replace(Regex.Escape(entry.Text), @"\\\{[0-9]}", "(.+?)")}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)));
}
