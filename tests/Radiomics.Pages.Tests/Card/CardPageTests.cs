using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using Radiomics.Learning;
using Radiomics.Learning.Tests;
using Radiomics.Pages.Tests.Report;

namespace Radiomics.Pages.Tests.Card;

public sealed partial class CardPageTests
{
    private static readonly string Rich = Rendered.Card(TestCards.Rich);
    private static readonly string Bare = Rendered.Card(TestCards.Bare);

    [Fact]
    public void Every_section_has_a_heading_and_a_way_to_it()
    {
        foreach (var page in new[] { Rich, Bare })
        {
            string[] sections = [.. SectionIds().Matches(page).Select(match => match.Groups[1].Value)];
            Assert.Equal(
                ["summary", "performance", "figures", "honesty", "cohort", "features", "candidates", "scopes", "limits", "provenance", "checklists"],
                sections);
            Assert.All(sections, id => Assert.Contains($"<h2 id=\"{id}-title\">", page));
            Assert.All(sections, id => Assert.Contains($"<a href=\"#{id}\">", page));
        }
    }

    [Fact]
    public void Every_figure_has_an_image_a_caption_and_words_for_those_who_do_not_see_it()
    {
        Assert.Equal(4, Images().Count(Rich));
        Assert.All(Images().Matches(Rich), image => Assert.Matches(" alt=\"[^\"]{40,}\"", image.Value));
        Assert.Equal(4, Regex.Count(Rich, "<figcaption>[^<]{80,}</figcaption>"));
    }

    [Fact]
    public void The_page_is_well_formed()
    {
        foreach (var page in new[] { Rich, Bare })
        {
            var xml = VoidElements().Replace(page.Replace("<!doctype html>", string.Empty), "<$1/>");
            using var reader = XmlReader.Create(new StringReader(xml.Trim()));
            while (reader.Read())
            {
                Assert.NotEqual("script", reader.Name);
            }
        }
    }

    [Fact]
    public void Nothing_is_loaded_from_anywhere()
    {
        Assert.All(Regex.Matches(Rich, "(?:src|href)=\"([^\"]*)\"").Select(match => match.Groups[1].Value), target => Assert.Matches("^(#|data:image/png;base64,|https://doi\\.org/)", target));
        Assert.Equal(Regex.Count(Rich, "https?://"), Regex.Count(Rich, "<a href=\"https://doi\\.org/"));
        Assert.DoesNotMatch("@import|url\\(|<link|<script|<iframe|srcset", Rich);
    }

    [Fact]
    public void A_name_can_not_become_a_tag()
    {
        const string Evil = "<script>alert('x')</script>\" onload=\"y&";
        var card = TestCards.Rich with
        {
            Name = Evil,
            Version = Evil,
            Center = Evil,
            Sequence = Evil,
            Outcome = Evil,
            IntendedUse = Evil,
            Notice = Evil,
            Settings = Evil,
            Limits = [Evil],
            Cohort = TestCards.Rich.Cohort with { Description = Evil, Covariates = [new(Evil, Evil, [new(Evil, Evil, Evil, Evil, Evil)])] },
            Features = [new(Evil, 1, null, 1)],
            Candidates = [new(new(Evil, FeatureSet.Radiomics, Learner.LightGbm), null, null, null, null, Evil)],
            Scopes = [new(Evil, 0.5, new(0.4, 0.6), null)],
            Steps = [new(Evil, 3)],
        };

        var page = Rendered.Card(card);

        Assert.DoesNotContain("<script", page);
        Assert.DoesNotContain("\" onload", page);
        Assert.Contains("&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;&quot; onload=&quot;y&amp;", page);
    }

    [Fact]
    public void A_card_without_test_says_that_it_was_judged_by_cross_validation()
    {
        Assert.Contains("No cases were held out, so the model was judged by cross-validation", Bare);
        Assert.DoesNotContain("Held-out test", Bare);
        Assert.Contains("Optimism was not estimated", Bare);
        Assert.Contains("No permutation test was asked for", Bare);
        Assert.Contains("No other center's or scanner's cases were compared", Bare);
        Assert.Contains("Stability under perturbation was not measured", Bare);
        Assert.Contains("declares no clinical covariates", Bare);
    }

    [Fact]
    public void The_summary_gives_figures_with_their_cases_and_interval()
    {
        var test = TestCards.Rich.Test!;
        var found = (int)Math.Round(test.Sensitivity * test.Positives);

        Assert.Contains($"on 36 synthetic cases (13 with the outcome, 23 without) that had no part in making it", Rich);
        Assert.Contains($"<strong>{test.Auc.ToString("F3", CultureInfo.InvariantCulture)}</strong>", Rich);
        Assert.Contains($"{found} of 13 cases with the outcome were called positive", Rich);
        Assert.Contains("Not for clinical use.", Rich);
        Assert.DoesNotContain("Not for clinical use.", Bare);
    }

    [Fact]
    public void A_predictive_value_that_is_undefined_is_a_dash_with_the_reason()
    {
        var card = TestCards.Rich with
        {
            Test = TestCards.Rich.Test! with { Sensitivity = 0, Specificity = 1, PositivePredictiveValue = null, CalibrationSlope = null, CalibrationIntercept = null },
        };

        var page = Rendered.Card(card);

        Assert.Contains("<span class=\"figure\">–</span><span>Undefined: no case was called positive.</span>", page);
        Assert.Contains("<td>–<small>undefined: no case was called positive</small></td>", page);
        Assert.DoesNotContain("NaN", page.Replace("base64,", string.Empty, StringComparison.Ordinal)[..page.IndexOf("data:image", StringComparison.Ordinal)]);
    }

    [Fact]
    public void The_same_card_gives_the_same_page()
    {
        Assert.Equal(Rich, Rendered.Card(TestCards.Rich));
        Assert.DoesNotContain("\r", Rich);
    }

    [Fact]
    public void Cards_rendered_at_once_are_those_rendered_alone()
    {
        var pages = new string[8];
        Parallel.For(0, pages.Length, i => pages[i] = Rendered.Card(i % 2 == 0 ? TestCards.Rich : TestCards.Bare));

        Assert.All(pages.Where((_, i) => i % 2 == 0), page => Assert.Equal(Rich, page));
        Assert.All(pages.Where((_, i) => i % 2 == 1), page => Assert.Equal(Bare, page));
    }

    [Fact]
    public void The_winner_is_marked_and_what_was_skipped_has_its_reason()
    {
        Assert.Equal(1, Regex.Count(Rich, "this model</strong>"));
        Assert.Contains("not trained: LightGBM needs libgomp, which this machine lacks.", Rich);
    }

    [Fact]
    public void The_card_of_a_trained_model_becomes_a_page_with_its_figures()
    {
        var card = TestReports.Package("A", "3.0T").Card;

        var page = Rendered.Card(card);

        Assert.Contains($"<strong>{CardNumber.Three(card.Test!.Auc)}</strong>", page);
        Assert.All(card.Features, feature => Assert.Contains($"<code>{feature.Name}</code>", page));
        Assert.All(card.Steps, step => Assert.NotEmpty(CardWords.Step(step, card.Protocol)));
        Assert.Equal(4, Images().Count(page));
    }

    [Fact]
    public void The_checklists_say_what_is_left_to_the_authors()
    {
        foreach (var checklist in Checklists.For(TestCards.Rich))
        {
            Assert.Contains($"{checklist.Name}: {Checklists.LeftToTheAuthors(checklist).Count} of {checklist.Items.Count} items", System.Net.WebUtility.HtmlDecode(Rich));
        }
    }

    [GeneratedRegex("<section id=\"([a-z]+)\"")]
    private static partial Regex SectionIds();

    [GeneratedRegex("<img [^>]*>")]
    private static partial Regex Images();

    [GeneratedRegex("<((?:meta|img) [^>]*?)/?>")]
    private static partial Regex VoidElements();
}
