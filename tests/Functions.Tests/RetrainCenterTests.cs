using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Functions.Tests.Replay;
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

    private static readonly UidKey _key = new(App.UidKeyBytes);

    private readonly RetrainingDoor _door = new(app);

    [Fact]
    public async Task A_cohort_becomes_a_model_that_waits_for_approval_becomes_current_and_can_be_rolled_back()
    {
        await _door.SendAsync("A", "approved", await SeededCohort.StoreAsync(app.Store, _key, "A", "3.0T", studies: 24, firstSeed: 5000));
        var before = await _door.TryCurrentAsync("A", "3.0T");
        var started = await _door.StartAsync("A", $$"""{"cohort": "approved", "fieldStrengths": ["3.0T"], "protocol": {{SeededCohort.Protocol}}}""");

        var waiting = await _door.UntilAsync("A", started.Id, status => status.Status == RetrainingState.WaitingForApproval);
        var model = Assert.Single(waiting.Progress!.Waiting);
        Assert.All(waiting.Progress.Steps.Where(step => step.Phase < RetrainingPhase.Promoting), step => Assert.Equal(step.Total, step.Done));
        Assert.Equal(before, await _door.TryCurrentAsync("A", "3.0T"));
        Assert.Equal(HttpStatusCode.Conflict, (await _door.DecideAsync("A", started.Id, Decision.Replace("{", """{"version": "0000000000000000", """))).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await _door.DecideAsync("A", started.Id, Decision.Replace("{", """{"fieldStrength": "1.5T", """))).StatusCode);

        Assert.Equal(HttpStatusCode.Accepted, (await _door.DecideAsync("A", started.Id, Decision)).StatusCode);
        var final = await _door.EndAsync("A", started.Id);

        var group = Assert.Single(final.Record!.Groups);
        Assert.True(group.Promotion!.Promoted);
        Assert.Equal(model.Version, group.Model!.Version);
        var current = await _door.TryCurrentAsync("A", "3.0T");
        Assert.Equal((model.Version, "approval", "Dr. Example", "local"), (current?.Version, current?.PromotedBy, current?.DecidedBy, current?.Actor));
        Assert.DoesNotContain("Dr.", JsonSerializer.Serialize(current?.Pointer));
        var card = await app.Http.GetFromJsonAsync<JsonElement>($"/api/centers/A/models/3.0T/{model.Version}/card");
        Assert.Equal(model.Sequence, card.GetProperty("sequence").GetString());
        Assert.Equal(HttpStatusCode.Conflict, (await _door.DecideAsync("A", started.Id, Decision)).StatusCode);

        HistoryReplay.EveryTurn((await app.Hub.HistoryAsync(started.Id)).KeepAs("RetrainCenter.approved"));
        Assert.Equal(started.Id, (await _door.StartAsync("A", $$"""{"cohort": "approved", "fieldStrengths": ["3.0T"], "protocol": {{SeededCohort.Protocol}}}""")).Id);
        if (before is not null)
        {
            var rollback = await app.Http.PostAsync("/api/centers/A/models/3.0T/rollback", RetrainingDoor.Json("""{"name": "Dr. Other", "reason": "second thoughts"}"""));
            Assert.Equal(HttpStatusCode.OK, rollback.StatusCode);
            Assert.Equal(before.Version, (await _door.TryCurrentAsync("A", "3.0T"))!.Version);
        }

        Assert.True((await app.Audit.VerifyAsync("A")).Intact);
    }

    [Fact]
    public async Task Nobodys_answer_in_time_is_recorded_and_moves_nothing()
    {
        await _door.SendAsync("B", "unanswered", await SeededCohort.StoreAsync(app.Store, _key, "B", "1.5T", studies: 20, firstSeed: 6000));
        var before = await _door.TryCurrentAsync("B", "1.5T");

        var started = await _door.StartAsync(
            "B", $$$"""{"cohort": "unanswered", "protocol": {{{SeededCohort.Protocol}}}, "promotion": {"approvalTimeout": "00:00:01"}}""");
        var final = await _door.EndAsync("B", started.Id);

        var group = Assert.Single(final.Record!.Groups);
        Assert.NotNull(group.Model);
        Assert.False(group.Promotion!.Promoted);
        Assert.Equal(before, await _door.TryCurrentAsync("B", "1.5T"));
        HistoryReplay.EveryTurn((await app.Hub.HistoryAsync(started.Id)).KeepAs("RetrainCenter.unanswered"));
    }

    [Fact]
    public async Task A_cohort_whose_studies_are_not_there_completes_with_an_error_and_may_start_over()
    {
        var rows = string.Concat(Enumerable.Range(0, 12).Select(i => $"1.2.840.4711.{i},{i % 2}\n"));
        await _door.SendAsync("B", "absent", "studyUid,label\n" + rows);

        var first = await _door.StartAsync("B", """{"cohort": "absent"}""");
        var failed = await _door.EndAsync("B", first.Id);
        await app.Hub.EndAsync(first.Id);
        var again = await _door.StartAsync("B", """{"cohort": "absent"}""");

        Assert.Equal((RetrainingState.Failed, "CohortTooSmall"), (failed.Status, failed.Error!.Code));
        Assert.Equal(first.Id, again.Id);
        Assert.Equal("CohortTooSmall", (await _door.EndAsync("B", again.Id)).Error!.Code);
        await app.Hub.EndAsync(first.Id);
        HistoryReplay.EveryTurn((await app.Hub.HistoryAsync(first.Id)).KeepAs("RetrainCenter.unusable"));
        Assert.True((await app.Audit.VerifyAsync("B")).Intact);
    }

    [Fact]
    public async Task An_idempotency_key_stands_for_one_order()
    {
        var rows = string.Concat(Enumerable.Range(0, 12).Select(i => $"1.2.840.4712.{i},{i % 2}\n"));
        await _door.SendAsync("B", "keyed", "studyUid,label\n" + rows);

        var first = await _door.StartAsync("B", """{"cohort": "keyed"}""", "order-1");
        var again = await _door.StartAsync("B", """{"cohort": "keyed"}""", "order-1");
        var other = await _door.StartAsync("B", """{"cohort": "keyed"}""", "order-2");
        var reused = await _door.PostAsync("B", """{"cohort": "keyed", "fieldStrengths": ["3.0T"]}""", "order-1");

        Assert.Equal(first.Id, again.Id);
        Assert.NotEqual(first.Id, other.Id);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, reused.StatusCode);
        await _door.EndAsync("B", first.Id);
        await _door.EndAsync("B", other.Id);
    }
}
