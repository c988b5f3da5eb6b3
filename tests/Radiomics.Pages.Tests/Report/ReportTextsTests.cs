using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using Radiomics.Pages.Report;

namespace Radiomics.Pages.Tests.Report;

/// <summary>The texts of reports say the same in both languages, and none is idle.</summary>
public sealed partial class ReportTextsTests
{
    // Made up by what a tag, a record or a score holds.
    private static readonly string[] s_families = ["Known.", "Measure.", "Family.", "Filter.", "Counted.", "Outcome.", "Performance.", "Plane."];

    private static readonly ResourceManager s_texts = new("Radiomics.Pages.Resources.Report.ReportTexts", typeof(ReportTexts).Assembly);
    private static readonly Dictionary<string, string> s_english = Read("");
    private static readonly Dictionary<string, string> s_chinese = Read("zh");

    [Fact]
    public void Both_languages_have_the_same_texts() => Assert.Equal(s_english.Keys.Order(StringComparer.Ordinal), s_chinese.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void A_text_has_the_same_places_in_both_languages()
    {
        // The detail of an error is told in English alone; its code stands for it.
        string[] without = ["Known.NoFeatures", "Known.SequenceLeftOut"];
        Assert.Equal([], s_english.Where(text => !without.Contains(text.Key) && Places(text.Value) != Places(s_chinese[text.Key])).Select(text => text.Key));
        Assert.All(without, key => Assert.StartsWith(Places(s_chinese[key]), Places(s_english[key]), StringComparison.Ordinal));
    }

    [Fact]
    public void Every_text_is_used()
    {
        var folder = Path.Combine(TestData.RepositoryRoot, "shared", "Radiomics.Pages", "Report");
        var sources = string.Concat(Directory.EnumerateFiles(folder).Where(file => Path.GetExtension(file) is ".cs" or ".razor").Select(File.ReadAllText));
        Assert.Equal([], s_english.Keys.Where(key => !sources.Contains($"\"{key}\"", StringComparison.Ordinal) && !s_families.Any(family => key.StartsWith(family, StringComparison.Ordinal))));
    }

    [Fact]
    public void Every_text_that_is_asked_for_is_there()
    {
        var folder = Path.Combine(TestData.RepositoryRoot, "shared", "Radiomics.Pages", "Report");
        var asked = Directory.EnumerateFiles(folder).Where(file => Path.GetExtension(file) is ".cs" or ".razor")
            .SelectMany(file => Asked().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value + match.Groups[2].Value)).Distinct().ToList();
        Assert.True(asked.Count > 60, $"{asked.Count}");
        Assert.Equal([], asked.Where(key => !s_english.ContainsKey(key)));
    }

    [Fact]
    public void A_Chinese_text_is_Chinese_and_an_English_one_is_not()
    {
        string[] alike = ["Space", "Hundred", "Answer.OfHundred", "Performance.Auc", "Examination.Timing", "Contributions.Deviations", "Performance.Share", "Known.Part.Reasons", "Known.Part.List", "Feature.OfFamily"];
        Assert.Equal([], s_chinese.Where(text => !alike.Contains(text.Key) && !Ideograph().IsMatch(text.Value) && text.Key is not ("Comma" or "Examination.ThicknessAndGap")).Select(text => text.Key));
        Assert.Equal([], s_english.Where(text => Ideograph().IsMatch(text.Value)).Select(text => text.Key));
    }

    private static Dictionary<string, string> Read(string culture) => s_texts.GetResourceSet(CultureInfo.GetCultureInfo(culture), createIfNotExists: true, tryParents: false)!
        .Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);

    private static string Places(string text) => string.Join(' ', Place().Matches(text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal));

    [GeneratedRegex(@"\{[0-9]\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Ideograph();

    [GeneratedRegex("Text\\[\"([A-Za-z.]+)\"|text\\[\"([A-Za-z.]+)\"")]
    private static partial Regex Asked();
}
