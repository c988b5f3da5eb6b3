using System.Net;
using System.Text.RegularExpressions;
using System.Xml;
using Radiomics.Dicom;
using Radiomics.Extraction;
using Radiomics.Learning;
using Radiomics.Pipeline;

namespace Radiomics.Pages.Tests.Report;

/// <summary>The report of a prediction.</summary>
public sealed partial class ReportPageTests
{
    public static TheoryData<string, string> All => new(from subject in new[] { "usual", "unlike", "features" } from language in new[] { "en", "zh" } select (subject, language));

    [Fact]
    public async Task The_question_the_answer_and_how_sure_it_is_come_first()
    {
        var text = Words(await Rendered.ReportAsync(TestReports.Usual));
        var probability = TestReports.Usual.Prediction.Probability!.Value;
        string[] inOrder =
        [
            "Will liver iron be high two years after stem-cell transplantation?",
            "Not for clinical use.",
            "The answer",
            $"{Math.Round(100 * probability):0} of 100",
            $"Of 100 such patients, about {Math.Round(100 * probability):0} will have high liver iron two years after stem-cell transplantation.",
            "How sure is this?",
            "How well did this model do?",
            "On 18 held-out cases",
            "All are synthetic: this says nothing about patients.",
            "Does this patient resemble the training cases? Yes",
            "What was measured",
            "Liver volume",
            "What moved the answer",
            "How it was examined",
            "Provenance",
        ];
        InOrder(text, inOrder);
    }

    [Fact]
    public async Task Of_a_patient_unlike_the_training_cases_that_comes_first_and_the_answer_steps_back()
    {
        var page = await Rendered.ReportAsync(TestReports.Unlike);
        InOrder(Words(page), ["This patient is unlike the training cases", "may be wrong. Don't rely on it.", "(middle four fifths)", "stat_rmad", "Farther from the training cases' mean than 98 % of them.", "The answer, which may be wrong", "of 100", "for this patient it is not known"]);
        Assert.Contains("class=\"answer doubted\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"answer doubted\"", await Rendered.ReportAsync(TestReports.Usual), StringComparison.Ordinal);
        Assert.Equal(1, Regex.Count(page, "This patient is unlike"));
    }

    [Theory]
    [InlineData(0.0001, "fewer than one", 1)]
    [InlineData(0.37, "about 37", 37)]
    [InlineData(0.9999, "more than 99", 99)]
    [InlineData(1, "about 100", 100)]
    public async Task A_probability_is_so_many_of_a_hundred_in_words_and_dots(double probability, string words, int dots)
    {
        var page = await Rendered.ReportAsync(TestReports.Usual with { Prediction = TestReports.Usual.Prediction with { Probability = probability } });
        Assert.Contains($"Of 100 such patients, {words} will have high liver iron", page, StringComparison.Ordinal);
        Assert.Equal((dots, 100 - dots), (Regex.Count(page, "<circle class=\"with\""), Regex.Count(page, "<circle class=\"without\"")));
        Assert.Contains($"aria-label=\"{dots} of 100 dots are filled.\"", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.685, 0.689, "it calls positive from 68.9 of 100 on. (Here: 68.5.)")]
    [InlineData(0.5, 0.689, "it calls positive from 69 of 100 on.<")]
    public async Task An_answer_close_to_the_threshold_is_told_from_it(double probability, double threshold, string words)
    {
        var prediction = TestReports.Usual.Prediction with { Probability = probability, Threshold = threshold, Decision = PredictionDecision.Negative };
        Assert.Contains(words, await Rendered.ReportAsync(TestReports.Usual with { Prediction = prediction }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_interval_is_that_of_the_nearest_cases_that_were_not_learned_from()
    {
        var card = TestReports.Usual.Card! with
        {
            CrossValidation = TestReports.Usual.Card!.CrossValidation with { Calibration = [new(0.1, 0, 20), new(0.35, 0.25, 8)] },
            Test = TestReports.Usual.Card!.Test! with { Calibration = [new(0.45, 0.5, 8), new(0.9, 1, 20)] },
        };
        var page = await Rendered.ReportAsync(TestReports.Usual with { Card = card, Prediction = TestReports.Usual.Prediction with { Probability = 0.4 } });

        // 2 of 8 and 4 of 8; Wilson's interval of 6 of 16.
        Assert.Contains("Of the 16 synthetic cases whose answers lay nearest to this one (groups around 35 to 45 of 100)", page, StringComparison.Ordinal);
        Assert.Contains("6 had the outcome", page, StringComparison.Ordinal);
        Assert.Contains("anything from 18 to 61 (95 % interval)", page, StringComparison.Ordinal);
        Assert.DoesNotContain("lies above this interval", page, StringComparison.Ordinal);
        Assert.Contains("lies above this interval", await Rendered.ReportAsync(TestReports.Usual with { Card = card with { Test = null, CrossValidation = card.CrossValidation with { Calibration = [new(0.8, 0.1, 40)] } }, Prediction = TestReports.Usual.Prediction with { Probability = 0.8 } }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_card_does_not_know_is_not_made_up()
    {
        var page = Words(await Rendered.ReportAsync(TestReports.Usual with { Card = null, Images = null }));
        Assert.Contains("That can't be said: no cases with similar answers are known of this model.", page, StringComparison.Ordinal);
        Assert.Contains("The model's card is no longer here: nothing can be said of it.", page, StringComparison.Ordinal);
        Assert.Contains("No pictures: the images are no longer stored, or the region", page, StringComparison.Ordinal);
        Assert.DoesNotContain("95 %", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_without_held_out_cases_says_that_it_was_cross_validated()
    {
        var page = await Rendered.ReportAsync(TestReports.Usual with { Card = TestReports.Usual.Card! with { Test = null } });
        Assert.Contains("No cases were held out; cross-validated on its 42 training cases, 22 with the outcome and 20 without:", page, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_page_is_well_formed_loads_nothing_and_is_the_same_again(string subject, string language)
    {
        var page = await Rendered.ReportAsync(Subject(subject), language);

        Assert.Equal(page, await Rendered.ReportAsync(Subject(subject), language));
        Assert.StartsWith($"<!doctype html>\n<html lang=\"{language}\">", page, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', page);
        Assert.DoesNotMatch("@import|url\\(|<link|<script|<iframe|srcset|https?://|javascript:| on[a-z]+=", page);
        Assert.All(Regex.Matches(page, "(?:src|href)=\"([^\"]*)\"").Select(match => match.Groups[1].Value), target => Assert.Matches("^(/centers/|data:image/png;base64,)", target));
        using var reader = XmlReader.Create(new StringReader(Regex.Replace(page.Replace("<!doctype html>", "", StringComparison.Ordinal), "<(meta [^>]*?)/?>", "<$1/>").Trim()));
        List<int> headings = [];
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element && reader.Name is ['h', >= '1' and <= '6'])
            {
                headings.Add(reader.Name[1] - '0');
            }
        }

        // One first heading, and no level left out.
        Assert.Equal((1, 1), (headings[0], headings.Count(level => level == 1)));
        Assert.All(headings.Zip(headings.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Pictures_have_words_and_columns_have_headers(string subject, string language)
    {
        var page = await Rendered.ReportAsync(Subject(subject), language);
        Assert.Equal(Regex.Count(page, "<svg "), Regex.Count(page, "<svg [^>]*(?:role=\"img\" aria-label=\"[^\"]{8,}\"|aria-hidden=\"true\")"));
        Assert.Equal(Regex.Count(page, "<table>"), Regex.Count(page, @"<table><caption>[^<]+</caption>\s*<thead><tr>(<th scope=""col"">[^<]+</th>)+</tr></thead>"));
        Assert.Equal(Regex.Count(page, "<tr>") - Regex.Count(page, "<thead>"), Regex.Count(page, "<tr><th scope=\"row\">"));
    }

    [Theory]
    [InlineData("usual")]
    [InlineData("unlike")]
    [InlineData("features")]
    public async Task No_English_is_left_in_a_Chinese_page_but_tags_codes_and_names(string subject)
    {
        var page = await Rendered.ReportAsync(Subject(subject), "zh");
        page = Regex.Replace(page, "<style>.*?</style>|<code>.*?</code>|<([a-z]+) lang=\"en\">.*?</\\1>", " ", RegexOptions.Singleline);
        var words = Words(page) + " " + string.Join(' ', Regex.Matches(page, "(?:aria-label|alt|title)=\"([^\"]*)\"").Select(match => WebUtility.HtmlDecode(match.Groups[1].Value)));

        // Two words one after the other, of letters and not of a code, are a sentence.
        Assert.Empty(Regex.Matches(words, "[A-Za-z]{2,}[ ,]+[A-Za-z]{2,}(?: [A-Za-z]{2,})*").Select(match => match.Value).Except(["SHA", "et al"]));
        Assert.True(Regex.Count(words, @"\p{IsCJKUnifiedIdeographs}") > 300);
    }

    [Fact]
    public async Task What_is_put_into_it_is_escaped()
    {
        const string Evil = "<script>alert('x')</script>\" onload=\"y&";
        var prediction = TestReports.Usual.Prediction;
        var subject = TestReports.Usual with
        {
            Prediction = prediction with
            {
                Notice = Evil,
                Center = Evil,
                Settings = Evil,
                Warnings = [Evil],
                Model = prediction.Model! with { Outcome = Evil, Name = Evil },
                Explanation = prediction.Explanation! with { Contributions = [new(Evil, 1, 1, 1)], Distance = new(1, 99, [Evil], true, Evil) },
                Sequences = [.. prediction.Sequences.Select(sequence => sequence with { RoiQuality = sequence.RoiQuality! with { BeyondLimits = [Evil] } })],
            },
        };
        foreach (var language in new[] { "en", "zh" })
        {
            var page = await Rendered.ReportAsync(subject, language);
            Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
            Assert.DoesNotContain("\" onload", page, StringComparison.Ordinal);
            Assert.Contains("&lt;script&gt;alert(", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_outcome_that_is_not_ours_is_quoted_from_the_card()
    {
        var prediction = TestReports.Usual.Prediction;
        var subject = TestReports.Usual with { Prediction = prediction with { Model = prediction.Model! with { Outcome = "Relapse within a year." } } };
        Assert.Contains("How likely is this: <q lang=\"en\">Relapse within a year</q>?", await Rendered.ReportAsync(subject), StringComparison.Ordinal);
        Assert.Contains("出现以下结局的可能性有多大：<q lang=\"en\">Relapse within a year</q>？", await Rendered.ReportAsync(subject, "zh"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "hardly all of the liver")]
    [InlineData(700, "small for most adults, plausible for a child")]
    [InlineData(1500, "plausible for an adult")]
    [InlineData(2600, "larger than even a large adult")]
    public async Task A_volume_says_whether_it_can_be_a_whole_liver(double ml, string words)
    {
        var prediction = TestReports.Usual.Prediction;
        var page = await Rendered.ReportAsync(TestReports.Usual with { Prediction = prediction with { Sequences = [.. prediction.Sequences.Select(sequence => sequence with { RoiVolumeMl = ml })] } });
        Assert.Contains(words, page, StringComparison.Ordinal);
        Assert.Contains("On average, by body size: 1,062 to 2,374 ml in adults, from 356 ml in small children. Urata et al. 1995", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Contributions_stand_largest_first_with_bars_to_their_measure()
    {
        var prediction = TestReports.Usual.Prediction with
        {
            Explanation = TestReports.Usual.Prediction.Explanation! with { Base = -0.4, Contributions = [new("stat_p10", 12.5, 0.5, 0.25), new("stat_iqr", null, -2, -1)] },
        };
        var page = await Rendered.ReportAsync(TestReports.Usual with { Prediction = prediction });
        InOrder(page, ["Spread of the signal (middle half)", "<code>stat_iqr</code>", "undefined", "class=\"lowers\" x=\"0\" y=\"1\" width=\"50\"", "−1.00", "<code>stat_p10</code>", "12.5", "class=\"raises\" x=\"50\" y=\"1\" width=\"12.5\"", "Before any feature the model says 40 of 100"]);
    }

    [Fact]
    public async Task The_quality_of_the_region_and_what_is_beyond_the_centers_limits_are_told_in_both_languages()
    {
        var prediction = TestReports.Usual.Prediction;
        var quality = new RoiQuality { VolumeMl = 250.4, Slices = 12, Components = 2, LargestComponentShare = 0.9, Holes = 3, ShareOutside = 0.015, BeyondLimits = ["250.4 ml is less than 300 ml", "15.2 % outside the image is more than 10 %"] };
        var subject = TestReports.Usual with { Prediction = prediction with { Sequences = [.. prediction.Sequences.Select(sequence => sequence with { RoiVolumeMl = 250.4, RoiQuality = quality })] } };
        Assert.Contains("Region from SEG, in 12 slices; parts: 2 (the largest 90 %), holes: 3, outside the image: 1.5 %.", await Rendered.ReportAsync(subject), StringComparison.Ordinal);
        Assert.Contains("250.4 ml is less than 300 ml", await Rendered.ReportAsync(subject), StringComparison.Ordinal);
        Assert.Contains("250.4 ml 小于 300 ml", await Rendered.ReportAsync(subject, "zh"), StringComparison.Ordinal);
        Assert.Contains("图像外 15.2 % 大于 10 %", await Rendered.ReportAsync(subject, "zh"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_tells_whose_it_is()
    {
        var page = await Rendered.ReportAsync(TestReports.Usual);
        Assert.DoesNotContain("p-patient", page, StringComparison.Ordinal);
        Assert.Contains("2019-03-04, moved: all dates of a patient lie the same secret number of days off", page, StringComparison.Ordinal);
    }

    private static ReportSubject Subject(string name) => name switch { "usual" => TestReports.Usual, "unlike" => TestReports.Unlike, _ => TestReports.FeaturesOnly };

    // What a reader sees, a space between any two elements.
    private static string Words(string page) => Regex.Replace(WebUtility.HtmlDecode(Regex.Replace(Regex.Replace(page, "<style>.*?</style>", " ", RegexOptions.Singleline), "<[^>]*>", " ")), @"\s+", " ");

    private static void InOrder(string text, string[] parts)
    {
        var from = 0;
        foreach (var part in parts)
        {
            var at = text.IndexOf(part, from, StringComparison.Ordinal);
            Assert.True(at >= 0, $"'{part}' isn't there, or not after '{text[Math.Max(0, from - 60)..from]}'.");
            from = at + part.Length;
        }
    }
}
