using System.Text;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Radiomics;
using Radiomics.Pages.Console.Studies;
using Radiomics.Pipeline;

namespace Functions.Tests.Console;

/// <summary><c>GET /centers/{center}/studies</c>.</summary>
[Collection(nameof(AppCollection))]
public sealed class StudiesPageTests(App app) : IDisposable
{
    private readonly ConsoleClient _console = new(app);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _console.Dispose();

    [Fact]
    public async Task A_study_with_an_answer_is_a_row_with_frequency_decision_and_model()
    {
        var id = PredictionId.OfUpload($"{Guid.NewGuid()}");
        await StoreAsync("A", BarePrediction.Of(id) with
        {
            StudyUid = $"2.25.{Random.Shared.NextInt64()}",
            Probability = 0.374,
            Threshold = 0.5,
            Decision = PredictionDecision.Negative,
            Model = new() { Center = "A", FieldStrength = "3.0T", Name = "A model", Version = "0123456789abcdef", Sequence = "T1_F", Learner = "l", Outcome = "High iron", PackageSha256 = "0" },
        });

        var page = await _console.PageWithAsync($"/centers/A/studies?find={id}", $"href=\"/centers/A/studies/{id}\"");

        Assert.Contains("about 37 of 100", page, StringComparison.Ordinal);
        Assert.Contains("negative", page, StringComparison.Ordinal);
        Assert.Contains("High iron · A model", page, StringComparison.Ordinal);
        Assert.Contains("1 study: 0 running, 0 waiting, 1 with an answer, 0 failed.", page, StringComparison.Ordinal);
        Assert.Matches("<time datetime=\"[0-9-]+T[0-9:]+Z\">just now|<time datetime=\"[0-9-]+T[0-9:]+Z\">\\d+ seconds? ago", page);
    }

    [Fact]
    public async Task A_failure_says_why_and_what_to_do_and_leads_to_quarantine()
    {
        var failed = await app.PostZipAsync("A", Encoding.UTF8.GetBytes($"no zip {Guid.NewGuid()}"));
        var status = await app.EndAsync("A", failed.Id);

        var page = await _console.PageWithAsync($"/centers/A/studies?find={failed.Id}&state=failed", "NotAZip");

        Assert.Contains(status.Error!.Detail, page, StringComparison.Ordinal);
        Assert.Contains(ErrorCatalogue.TryGet("NotAZip")!.Advice, page, StringComparison.Ordinal);
        Assert.Contains($"href=\"/centers/A/quarantine/{status.UploadId}\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Those_of_a_state_and_of_a_study_are_found_by_how_they_begin()
    {
        var (first, second) = (PredictionId.OfUpload($"{Guid.NewGuid()}"), PredictionId.OfUpload($"{Guid.NewGuid()}"));
        var study = $"2.25.{Random.Shared.NextInt64(1L << 60, long.MaxValue)}";
        await StoreAsync("A", BarePrediction.Of(first) with { StudyUid = study });
        await StoreAsync("A", BarePrediction.Of(second) with { StudyUid = $"{study}9" });

        var ofBoth = await _console.PageWithAsync($"/centers/A/studies?find={study}", second);
        var ofOne = await _console.PageAsync($"/centers/A/studies?find={study}9&state=succeeded");
        var failed = await _console.PageAsync($"/centers/A/studies?find={study}&state=failed");
        var none = await _console.PageAsync("/centers/A/studies?find=p-nobody%22%3E%3Cscript%3E");

        Assert.Contains($"id=\"{first}\"", ofBoth, StringComparison.Ordinal);
        Assert.DoesNotContain($"id=\"{first}\"", ofOne, StringComparison.Ordinal);
        Assert.Contains($"id=\"{second}\"", ofOne, StringComparison.Ordinal);
        Assert.DoesNotContain("<tr id=", failed, StringComparison.Ordinal);
        Assert.Contains("No study or prediction of this center begins with", none, StringComparison.Ordinal);
        Assert.DoesNotContain("\"><script>", await (await _console.GetAsync("/centers/A/studies?find=p-nobody%22%3E%3Cscript%3E")).Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_than_a_page_of_them_come_page_by_page_the_newest_first_and_weigh_little()
    {
        // A study UID that only these have.
        var study = $"2.25.{Random.Shared.NextInt64(1L << 60, long.MaxValue)}";
        List<string> ids = [];
        for (var i = 0; i <= StudyListView.PageSize; i++)
        {
            ids.Add(PredictionId.OfUpload($"{Guid.NewGuid()}"));
            await StoreAsync("A", BarePrediction.Of(ids[^1]) with { StudyUid = study });
        }

        await _console.PageWithAsync($"/centers/A/studies?find={study}", $"{StudyListView.PageSize + 1} studies:");
        using var response = await _console.GetAsync($"/centers/A/studies?find={study}");
        var first = await response.Content.ReadAsStringAsync(Cancellation);
        var second = await _console.PageAsync($"/centers/A/studies?find={study}&page=2");
        var beyond = await _console.PageAsync($"/centers/A/studies?find={study}&page=99");

        // Times of blobs are whole seconds: of one second, any order is theirs.
        var shown = ids.Where(id => first.Contains($"<tr id=\"{id}\"", StringComparison.Ordinal)).ToList();
        Assert.Equal(StudyListView.PageSize, shown.Count);
        Assert.Contains("<tr id=\"" + ids.Except(shown).Single(), second, StringComparison.Ordinal);
        Assert.Contains(ids[^1], shown);
        Assert.Contains("Page 2 of 2", beyond, StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(first), 1, 200_000);
    }

    [Fact]
    public async Task An_altered_record_is_said_to_be_and_the_others_are_there()
    {
        var study = $"2.25.{Random.Shared.NextInt64(1L << 60, long.MaxValue)}";
        var (altered, other) = (PredictionId.OfUpload($"{Guid.NewGuid()}"), PredictionId.OfUpload($"{Guid.NewGuid()}"));
        await StoreAsync("A", BarePrediction.Of(altered) with { StudyUid = study, Notice = "As it was." });
        await StoreAsync("A", BarePrediction.Of(other) with { StudyUid = study });
        var record = app.Store.Blob(Containers.Predictions, $"A/by-id/{altered}.json");
        var original = (await record.DownloadContentAsync(Cancellation)).Value.Content;
        await record.UploadAsync(new BinaryData(original.ToString().Replace("As it was.", "Another.", StringComparison.Ordinal)), overwrite: true, Cancellation);

        var page = await _console.PageWithAsync($"/centers/A/studies?find={study}", AlteredException.RecordCode);

        Assert.Contains($"id=\"{other}\"", page, StringComparison.Ordinal);
        Assert.Single(await app.LogAsync(1, $"by-id/{altered}.json"), line => line.Contains("ALTERED", StringComparison.Ordinal));

        // The center's trail is verified by others; and what is restored is shown again.
        await record.UploadAsync(original, overwrite: true, Cancellation);
        await _console.PageWithAsync($"/centers/A/studies?find={study}", "2 with an answer, 0 failed");
    }

    [Fact]
    public async Task What_waits_for_its_turn_is_first_and_says_how_many_are_ahead()
    {
        var book = app.Store.Blob(Containers.Turns, "studies.json");
        await app.Store.EnsureContainersAsync(Containers.Turns);
        var (next, last) = (PredictionId.OfUpload($"{Guid.NewGuid()}"), PredictionId.OfUpload($"{Guid.NewGuid()}"));
        var now = DateTime.UtcNow;
        await book.UploadAsync(BlobStore.Json(new TurnBook { Waiting = [new(next, "A", now), new("p-of another", "B", now), new(last, "A", now)] }), overwrite: true, Cancellation);
        try
        {
            var page = await _console.PageWithAsync("/centers/A/studies", last);

            Assert.True(page.IndexOf(next, StringComparison.Ordinal) < page.IndexOf(last, StringComparison.Ordinal));
            Assert.Contains("It is the next of this center.", page, StringComparison.Ordinal);
            Assert.Contains("1 study of this center is ahead.", page, StringComparison.Ordinal);
            Assert.DoesNotContain("p-of another", page, StringComparison.Ordinal);
            Assert.Contains("data-next=\"2000\"", page, StringComparison.Ordinal);
            Assert.DoesNotContain(next, await _console.PageAsync("/centers/A/studies?state=succeeded"), StringComparison.Ordinal);
        }
        finally
        {
            await book.UploadAsync(BlobStore.Json(TurnBook.Empty), overwrite: true, Cancellation);
        }
    }

    [Fact]
    public async Task One_that_has_only_been_started_is_there_too()
    {
        var id = PredictionId.OfUpload($"{Guid.NewGuid()}");
        var request = new PredictionRequest { Id = id, UploadId = "u", Center = "A", Actor = "tests", TakesTurns = true };
        await app.Durable.ScheduleNewOrchestrationInstanceAsync("PredictStudy", request, new StartOrchestrationOptions(id, DateTimeOffset.UtcNow.AddHours(1)), Cancellation);
        try
        {
            var page = await _console.PageWithAsync($"/centers/A/studies?state=underway&find={id}", $"id=\"{id}\"");
            Assert.Contains("It waits for its turn.", page, StringComparison.Ordinal);
        }
        finally
        {
            await app.Durable.TerminateInstanceAsync(id, cancellation: Cancellation);
        }
    }

    [Fact]
    public async Task The_table_alone_is_a_part_of_the_page()
    {
        using var response = await _console.GetAsync("/centers/A/studies?part=rows&find=p-none");
        var part = await response.Content.ReadAsStringAsync(Cancellation);

        Assert.DoesNotContain("<html", part, StringComparison.Ordinal);
        Assert.Contains("role=\"status\" aria-live=\"polite\"", part, StringComparison.Ordinal);
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        Assert.False(response.Headers.Contains("X-Live"));
    }

    [Fact]
    public async Task A_center_that_is_not_there_has_no_page() =>
        Assert.Contains("UnknownCenter", await _console.PageAsync("/centers/Nowhere/studies", System.Net.HttpStatusCode.NotFound), StringComparison.Ordinal);

    private Task StoreAsync(string center, Prediction prediction) => new PredictionStore(app.Store).SaveAsync(
        new PredictionStatus { Id = prediction.Id, Center = center, Status = PredictionState.Succeeded, Prediction = prediction },
        record => app.Audit.AppendAsync(new AuditEvent
        {
            Id = $"{prediction.Id}/publish",
            Center = center,
            Actor = "pipeline",
            Action = "prediction-published",
            Subjects = new Dictionary<string, string> { ["prediction"] = prediction.Id },
            Digests = new Dictionary<string, string> { ["record"] = record.Sha256 },
        }));
}
