using Radiomics.Extraction;
using Radiomics.Learning;
using Radiomics.Pages.Console;
using Radiomics.Pages.Console.Studies;
using Radiomics.Pipeline;

namespace Radiomics.Pages.Tests.Console;

/// <summary>The list of studies and the page of one, as they are drawn of what they are given.</summary>
public sealed class StudiesTests : IDisposable
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    private readonly PageRenderer _renderer = new();

    public void Dispose() => _renderer.Dispose();

    [Fact]
    public async Task Who_may_not_submit_sees_no_place_to_send_a_study()
    {
        var parameters = (params Right[] rights) => new Dictionary<string, object?> { ["Frame"] = Frame(rights), ["View"] = List(), ["Limits"] = new UploadLimits(10, 20, 30) };

        var reader = await _renderer.RenderAsync<StudiesPage>(parameters(Right.Read));
        var sender = await _renderer.RenderAsync<StudiesPage>(parameters(Right.Read, Right.Submit));

        Assert.DoesNotContain("Send a study", reader, StringComparison.Ordinal);
        Assert.DoesNotContain("type=\"file\"", reader, StringComparison.Ordinal);
        Assert.DoesNotContain("upload.js", reader, StringComparison.Ordinal);
        Assert.Contains("data-uploads=\"/centers/A/uploads\" data-block-bytes=\"10\" data-most-blocks=\"20\" data-most-bytes=\"30\"", sender, StringComparison.Ordinal);
        Assert.Contains("/assets/upload.js?v=", sender, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_running_study_shows_each_sequence()
    {
        var row = new StudyRow
        {
            Id = "p-1",
            State = PredictionState.Running,
            Since = s_now.AddMinutes(-3),
            Sequences = new SortedDictionary<string, SequenceState> { ["T1_F"] = SequenceState.Done, ["T1_W"] = SequenceState.Failed, ["T1_in"] = SequenceState.Running, ["T2"] = SequenceState.Pending },
        };

        var part = await RowsAsync(row);

        Assert.Contains("<progress max=\"4\" value=\"2\"", part, StringComparison.Ordinal);
        Assert.Contains("2 of 4 sequences", part, StringComparison.Ordinal);
        Assert.Contains("<b>T1_F</b> done", part, StringComparison.Ordinal);
        Assert.Contains("<b>T1_W</b> no features", part, StringComparison.Ordinal);
        Assert.Contains("<b>T1_in</b> running", part, StringComparison.Ordinal);
        Assert.Contains("<b>T2</b> found", part, StringComparison.Ordinal);
        Assert.Contains("<time datetime=\"2026-03-04T05:03:07Z\">3 minutes ago <small>4 Mar 2026, 05:03:07 UTC</small></time>", part, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "It waits for its turn.")]
    [InlineData(0, "It is the next of this center.")]
    [InlineData(1, "1 study of this center is ahead.")]
    [InlineData(12, "12 studies of this center are ahead.")]
    public async Task A_queued_study_says_how_many_are_ahead(int? ahead, string sentence) =>
        Assert.Contains(sentence, await RowsAsync(new StudyRow { Id = "p-1", State = PredictionState.Queued, Since = s_now, Ahead = ahead }), StringComparison.Ordinal);

    [Fact]
    public async Task A_fault_of_the_service_leads_to_no_quarantine()
    {
        var part = await RowsAsync(new StudyRow { Id = "p-1", State = PredictionState.Failed, Since = s_now, Error = PredictionError.Fault, UploadId = "u1" });

        Assert.Contains("InternalFault", part, StringComparison.Ordinal);
        Assert.DoesNotContain("quarantine", part, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_study_unlike_the_training_cases_says_so_before_its_answer()
    {
        var prediction = Predicted(isOutside: true);
        var row = await RowsAsync(StudyRow.Of(new PredictionStatus { Id = "p-1", Center = "A", Status = PredictionState.Succeeded, Prediction = prediction }, s_now));
        var page = await PageAsync(prediction);

        Assert.Contains("unlike the training cases", row, StringComparison.Ordinal);
        var warning = page.IndexOf("This study is unlike those that the model has learned from", StringComparison.Ordinal);
        Assert.InRange(warning, 0, page.IndexOf("about 37", StringComparison.Ordinal));
        Assert.Contains("class=\"said quiet\"", page, StringComparison.Ordinal);
        Assert.Equal(1, Count(page, "A sentence about the distance."));
    }

    [Fact]
    public async Task A_study_like_the_training_cases_shows_its_answer_and_other_warnings()
    {
        var page = await PageAsync(Predicted(isOutside: false) with { Warnings = ["Something <was> left out."], Supersedes = "p-0" });

        Assert.DoesNotContain("unlike those", page, StringComparison.Ordinal);
        Assert.Contains("Something &lt;was&gt; left out.", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/centers/A/studies/p-0\"", page, StringComparison.Ordinal);
        Assert.Contains("class=\"raises\"", page, StringComparison.Ordinal);
        Assert.Contains("class=\"lowers\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_center_without_models_shows_features_and_no_answer()
    {
        var page = await PageAsync(BarePrediction.Of("p-1"));

        Assert.Contains("nothing was predicted, since this center has no model", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Of 100", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_that_was_altered_and_what_was_not_looked_for_are_said()
    {
        var view = View(BarePrediction.Of("p-1")) with
        {
            Events = new([new TrailEvent("p-1/publish", s_now.UtcDateTime, "pipeline", "prediction-published", new Dictionary<string, string> { ["prediction"] = "p-1", ["code"] = "X" }, new Dictionary<string, string>(), IsIntact: false)], HasBeginning: false, HasEnd: false),
        };
        var page = await _renderer.RenderAsync<StudyPage>(new Dictionary<string, object?> { ["Frame"] = Frame(Right.Read), ["View"] = view });

        Assert.Contains("Prediction published<span class=\"badge bad\">altered</span>", page, StringComparison.Ordinal);
        Assert.Contains("Events that lie further back aren&#x27;t shown.", page, StringComparison.Ordinal);
        Assert.Contains("Events long after the answer aren&#x27;t shown.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_study_under_way_is_asked_for_until_it_is_through_and_then_loaded_anew()
    {
        var view = new StudyView { Status = new PredictionStatus { Id = "p-1", Center = "A", Status = PredictionState.Running }, Now = s_now };
        var page = await _renderer.RenderAsync<StudyPage>(new Dictionary<string, object?> { ["Frame"] = Frame(Right.Read), ["View"] = view });

        Assert.Contains("data-live=\"/centers/A/studies/p-1?part=progress\" data-every=\"2000\" data-then=\"reload\"", page, StringComparison.Ordinal);
        Assert.Contains("/assets/live.js?v=", page, StringComparison.Ordinal);
        Assert.Contains("The study is being read.", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-5, "just now")]
    [InlineData(9, "just now")]
    [InlineData(59, "59 seconds ago")]
    [InlineData(60, "1 minute ago")]
    [InlineData(7_199, "1 hour ago")]
    [InlineData(86_400, "1 day ago")]
    [InlineData(40 * 86_400, "40 days ago")]
    [InlineData(100 * 86_400, "3 months ago")]
    [InlineData(1_000 * 86_400, "2 years ago")]
    public void Times_are_said_in_words(int seconds, string words) => Assert.Equal(words, Ago.Of(s_now.AddSeconds(-seconds), s_now));

    [Theory]
    [InlineData("failed", "p-1", "2", "?state=failed&find=p-1&page=2")]
    [InlineData("underway", " 2.25.1 ", "1", "?state=underway&find=2.25.1")]
    [InlineData("other", "a&b=<c>", "-3", "?find=a%26b%3D%3Cc%3E")]
    [InlineData(null, null, "x", "")]
    public void A_filter_is_what_the_address_says_of_it(string? state, string? find, string? page, string query) => Assert.Equal(query, StudyFilter.Parse(state, find, page).ToQuery());

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static ConsoleFrame Frame(params Right[] rights) => new() { Center = "A", Centers = ["A"], Rights = rights.ToHashSet(), AntiforgeryToken = "t" };

    private static StudyListView List(params StudyRow[] rows) => new()
    {
        Filter = new StudyFilter(null, "", 1),
        Rows = rows,
        Counts = new Dictionary<StudyGroup, int> { [StudyGroup.UnderWay] = 0, [StudyGroup.Succeeded] = rows.Length, [StudyGroup.Failed] = 0 },
        Running = 0,
        Pages = 1,
        Now = s_now,
    };

    private static StudyView View(Prediction prediction) =>
        new() { Status = new PredictionStatus { Id = prediction.Id, Center = "A", Status = PredictionState.Succeeded, Prediction = prediction }, Now = s_now, Written = s_now };

    private static Prediction Predicted(bool isOutside) => BarePrediction.Of("p-1") with
    {
        Model = new() { Center = "A", FieldStrength = "3.0T", Name = "A model", Version = "0123456789abcdef", Sequence = "T1_F", Learner = "l", Outcome = "High iron", PackageSha256 = "0" },
        Probability = 0.37,
        Threshold = 0.5,
        Decision = PredictionDecision.Negative,
        Warnings = isOutside ? ["A sentence about the distance."] : [],
        Explanation = new PredictionExplanation(
            0.1, [new FeatureContribution("stat_mean", 2, 0.5, 0.3), new FeatureContribution("stat_var", null, -0.5, -0.4)], true,
            new TrainingDistance(3, isOutside ? 99 : 20, isOutside ? ["stat_mean"] : [], isOutside, isOutside ? "A sentence about the distance." : null), []),
    };

    private Task<string> RowsAsync(params StudyRow[] rows) => _renderer.RenderAsync<StudyRows>(new Dictionary<string, object?> { ["Frame"] = Frame(Right.Read), ["View"] = List(rows) });

    private Task<string> PageAsync(Prediction prediction) => _renderer.RenderAsync<StudyPage>(new Dictionary<string, object?> { ["Frame"] = Frame(Right.Read), ["View"] = View(prediction) });
}
