using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.DurableTask.Client;
using Radiomics;
using Radiomics.Dicom;
using Radiomics.Extraction;
using Radiomics.Pipeline;

namespace Functions.Tests;

/// <summary>Retrainings from start to end, with every part real.</summary>
[Collection(nameof(AppCollection))]
public sealed class RetrainCenterTests(App app)
{
    private const string Decision = """{"approved": true, "name": "Dr. Example", "reason": "card reviewed"}""";

    private static readonly UidKey _key = new(Encoding.UTF8.GetBytes("a key that only these tests have."));

    [Fact]
    public async Task A_cohort_becomes_a_model_that_waits_for_approval_becomes_current_and_can_be_rolled_back()
    {
        await SendAsync("A", "approved", await SeededCohort.StoreAsync(app.Store, _key, "A", "3.0T", studies: 24, firstSeed: 5000));
        var before = await TryCurrentAsync("A", "3.0T");
        var started = await StartAsync("A", $$"""{"cohort": "approved", "fieldStrengths": ["3.0T"], "protocol": {{SeededCohort.Protocol}}}""");

        var waiting = await UntilAsync("A", started.Id, status => status.Status == RetrainingState.WaitingForApproval);
        var model = Assert.Single(waiting.Progress!.Waiting);
        Assert.All(waiting.Progress.Steps.Where(step => step.Phase < RetrainingPhase.Promoting), step => Assert.Equal(step.Total, step.Done));
        Assert.Equal(before, await TryCurrentAsync("A", "3.0T"));
        Assert.Equal(HttpStatusCode.Conflict, (await DecideAsync("A", started.Id, Decision.Replace("{", """{"version": "0000000000000000", """))).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await DecideAsync("A", started.Id, Decision.Replace("{", """{"fieldStrength": "1.5T", """))).StatusCode);

        Assert.Equal(HttpStatusCode.Accepted, (await DecideAsync("A", started.Id, Decision)).StatusCode);
        var final = await EndAsync("A", started.Id);

        var group = Assert.Single(final.Record!.Groups);
        Assert.True(group.Promotion!.Promoted);
        Assert.Equal(model.Version, group.Model!.Version);
        var current = await TryCurrentAsync("A", "3.0T");
        Assert.Equal((model.Version, "approval", "Dr. Example"), (current?.Version, current?.PromotedBy, current?.DecidedBy));
        Assert.DoesNotContain("Dr.", JsonSerializer.Serialize(current?.Pointer));
        var card = await app.Http.GetFromJsonAsync<JsonElement>($"/api/centers/A/models/3.0T/{model.Version}/card");
        Assert.Equal(model.Sequence, card.GetProperty("sequence").GetString());
        Assert.Equal(HttpStatusCode.Conflict, (await DecideAsync("A", started.Id, Decision)).StatusCode);

        Assert.True(await app.Hub.ReplayEveryPrefixAsync(started.Id, TestContext.Current.CancellationToken) > 5);
        Assert.Equal(started.Id, (await StartAsync("A", $$"""{"cohort": "approved", "fieldStrengths": ["3.0T"], "protocol": {{SeededCohort.Protocol}}}""")).Id);
        if (before is not null)
        {
            var rollback = await app.Http.PostAsync("/api/centers/A/models/3.0T/rollback", Json("""{"name": "Dr. Other", "reason": "second thoughts"}"""));
            Assert.Equal(HttpStatusCode.OK, rollback.StatusCode);
            Assert.Equal(before.Version, (await TryCurrentAsync("A", "3.0T"))!.Version);
        }

        Assert.True((await app.Audit.VerifyAsync("A")).Intact);
    }

    [Fact]
    public async Task Nobodys_answer_in_time_is_recorded_and_moves_nothing()
    {
        await SendAsync("B", "unanswered", await SeededCohort.StoreAsync(app.Store, _key, "B", "1.5T", studies: 20, firstSeed: 6000));
        var before = await TryCurrentAsync("B", "1.5T");

        var started = await StartAsync(
            "B", $$$"""{"cohort": "unanswered", "protocol": {{{SeededCohort.Protocol}}}, "promotion": {"approvalTimeout": "00:00:01"}}""");
        var final = await EndAsync("B", started.Id);

        var group = Assert.Single(final.Record!.Groups);
        Assert.NotNull(group.Model);
        Assert.False(group.Promotion!.Promoted);
        Assert.Equal(before, await TryCurrentAsync("B", "1.5T"));
        Assert.True(await app.Hub.ReplayEveryPrefixAsync(started.Id, TestContext.Current.CancellationToken) > 5);
    }

    [Fact]
    public async Task A_cohort_whose_studies_are_not_there_completes_with_an_error_and_may_start_over()
    {
        var rows = string.Concat(Enumerable.Range(0, 12).Select(i => $"1.2.840.4711.{i},{i % 2}\n"));
        await SendAsync("B", "absent", "studyUid,label\n" + rows);

        var first = await StartAsync("B", """{"cohort": "absent"}""");
        var failed = await EndAsync("B", first.Id);
        await app.Durable.WaitForInstanceCompletionAsync(first.Id);
        var again = await StartAsync("B", """{"cohort": "absent"}""");

        Assert.Equal((RetrainingState.Failed, "CohortTooSmall"), (failed.Status, failed.Error!.Code));
        Assert.Equal(first.Id, again.Id);
        Assert.Equal("CohortTooSmall", (await EndAsync("B", again.Id)).Error!.Code);
        await app.Durable.WaitForInstanceCompletionAsync(first.Id);
        Assert.True(await app.Hub.ReplayEveryPrefixAsync(first.Id, TestContext.Current.CancellationToken) > 1);
        Assert.True((await app.Audit.VerifyAsync("B")).Intact);
    }

    [Fact]
    public async Task An_idempotency_key_stands_for_one_order()
    {
        var rows = string.Concat(Enumerable.Range(0, 12).Select(i => $"1.2.840.4712.{i},{i % 2}\n"));
        await SendAsync("B", "keyed", "studyUid,label\n" + rows);

        var first = await StartAsync("B", """{"cohort": "keyed"}""", "order-1");
        var again = await StartAsync("B", """{"cohort": "keyed"}""", "order-1");
        var other = await StartAsync("B", """{"cohort": "keyed"}""", "order-2");
        var reused = await PostAsync("B", """{"cohort": "keyed", "fieldStrengths": ["3.0T"]}""", "order-1");

        Assert.Equal(first.Id, again.Id);
        Assert.NotEqual(first.Id, other.Id);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, reused.StatusCode);
        await EndAsync("B", first.Id);
        await EndAsync("B", other.Id);
    }

    private async Task SendAsync(string center, string name, string csv)
    {
        var response = await app.Http.PutAsync($"/api/centers/{center}/cohorts/{name}", new StringContent(csv, Encoding.UTF8, "text/csv"));
        Assert.True(response.StatusCode == HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
    }

    private Task<HttpResponseMessage> PostAsync(string center, string order, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/centers/{center}/retrainings") { Content = Json(order) };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return app.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private async Task<RetrainingStatus> StartAsync(string center, string order, string? key = null)
    {
        var response = await PostAsync(center, order, key);
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync());
        var status = (await response.Content.ReadFromJsonAsync<RetrainingStatus>(RadiomicsJson.Options))!;
        Assert.EndsWith($"/api/centers/{center}/retrainings/{status.Id}", response.Headers.Location!.ToString());
        return status;
    }

    private Task<HttpResponseMessage> DecideAsync(string center, string id, string decision) =>
        app.Http.PostAsync($"/api/centers/{center}/retrainings/{id}/approval", Json(decision));

    private async Task<PromotedModel?> TryCurrentAsync(string center, string fieldStrength)
    {
        var response = await app.Http.GetAsync($"/api/centers/{center}/models/{fieldStrength}");
        return response.StatusCode == HttpStatusCode.NotFound ? null : (await response.Content.ReadFromJsonAsync<ModelHistory>(RadiomicsJson.Options))!.Current;
    }

    private Task<RetrainingStatus> EndAsync(string center, string id) =>
        UntilAsync(center, id, status => status.Status is RetrainingState.Succeeded or RetrainingState.Failed);

    private async Task<RetrainingStatus> UntilAsync(string center, string id, Predicate<RetrainingStatus> condition)
    {
        RetrainingStatus? status = null;
        for (var attempt = 0; attempt < 3000; attempt++)
        {
            status = (await app.Http.GetFromJsonAsync<RetrainingStatus>($"/api/centers/{center}/retrainings/{id}", RadiomicsJson.Options))!;
            if (condition(status))
                return status;
            Assert.False(status.Status == RetrainingState.Failed, status.Error?.ToString());
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"The retraining {id} is still at {JsonSerializer.Serialize(status, RadiomicsJson.Options)}.");
    }

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");
}
