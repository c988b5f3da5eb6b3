using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using Radiomics;
using Radiomics.Extraction;
using Radiomics.Pipeline;

namespace EndToEnd.Tests.Kills;

/// <summary>
/// Host, worker or both are killed without warning in the middle of the work. <c>RADIOMICS_KILLS</c> says how many studies are killed: 3 (one of each
/// kind) by default, 30 for the whole table, which is in the test's output.
/// </summary>
public sealed class KillTests(Service service, ITestOutputHelper output) : IClassFixture<Service>
{
    private const int Seed = 20261129;

    private static readonly string[] s_activities =
        ["ExtractFeatures", "ExtractFeatures", "ExtractFeatures", "ExtractFeatures", "IngestStudy", "PlanPrediction", "Predict", "PublishPrediction"];

    private static readonly string[] s_files = [".fhir.json", ".html", ".json", ".sr.dcm"];

    [Fact]
    public async Task A_killed_study_ends_as_if_nothing_had_happened()
    {
        var count = int.TryParse(Environment.GetEnvironmentVariable("RADIOMICS_KILLS"), CultureInfo.InvariantCulture, out var wanted) ? wanted : 3;
        var study = (await Study.PhantomAsync(seed: 81, sizeInPlane: 320, slices: 72)).Zip();
        var id = await service.UploadAsync("A", "undisturbed.zip", study);
        var uploaded = DateTimeOffset.UtcNow;
        var probability = (await service.FinishedAsync("A", id)).Prediction!.Probability!.Value;
        var undisturbed = StudyHistory.Of(await service.CompletedInstanceAsync(id));
        Assert.Equal(s_activities, undisturbed.Completed);

        output.WriteLine($"Seed {Seed}.");
        output.WriteLine(KillOutcome.Header);
        var outcomes = new List<KillOutcome>();
        foreach (var kill in Kill.Plan(count, Seed))
        {
            outcomes.Add(await KillAsync(kill, study, DurationOf(kill.Phase, undisturbed, uploaded) * kill.Moment, probability));
            output.WriteLine(outcomes[^1].ToString());
        }

        Assert.All(outcomes, outcome => Assert.True(outcome.LeftNoTrace, outcome.ToString()));
    }

    [Fact]
    public async Task Two_hosts_on_one_hub_share_the_work()
    {
        await using var second = await service.NewHostAsync();
        var ids = new List<string>();

        // Which host takes a message is chance: there are more of them until each host has taken one.
        do
        {
            Assert.True(ids.Count < 40, "One of the hosts extracts nothing.");
            for (var n = 0; n < 4; n++)
            {
                ids.Add(await service.UploadAsync("B", $"shared-{ids.Count}.zip", (await Study.PhantomAsync("B", "3.0T", seed: 90 + ids.Count)).Zip()));
            }

            foreach (var id in ids)
            {
                Assert.Equal(PredictionState.Succeeded, (await service.FinishedAsync("B", id)).Status);
            }
        }
        while (!new[] { service.Host, second }.All(host => host.Log.Contains("Executed 'Functions.ExtractFeatures'", StringComparison.Ordinal)));

        foreach (var id in ids)
        {
            Assert.Equal(s_activities, StudyHistory.Of(await service.CompletedInstanceAsync(id)).Completed);
            Assert.Equal(9, (await AuditStepsAsync("B", id)).Count);
        }
    }

    [Fact]
    public async Task A_killed_retraining_ends_with_one_record_one_result_of_each_step_and_an_intact_audit_chain()
    {
        var random = new Random(Seed);
        var csv = await SeededCohort.StoreAsync(service.Store, Service.Key, "B", "1.5T", studies: 20, firstSeed: 3500);
        using var sent = await service.Http.PutAsync(new Uri(service.BaseUrl, "api/centers/B/cohorts/killed"), new StringContent(csv, System.Text.Encoding.UTF8, "text/csv"));
        Assert.True(sent.IsSuccessStatusCode, await sent.Content.ReadAsStringAsync());
        var order = $$$"""{"cohort": "killed", "protocol": {{{SeededCohort.Protocol}}}, "promotion": {"mode": "none"}}""";
        using var started = await service.Http.PostAsync(new Uri(service.BaseUrl, "api/centers/B/retrainings"), new StringContent(order, System.Text.Encoding.UTF8, "application/json"));
        var id = (await started.Content.ReadFromJsonAsync<RetrainingStatus>(RadiomicsJson.Options))!.Id;

        foreach (var victim in new[] { Victim.Worker, Victim.Both })
        {
            await Task.Delay(random.Next(200, 3000));
            await service.KillAsync(victim);
        }

        var final = await service.RetrainedAsync("B", id);
        Assert.Null(final.Error);
        Assert.NotNull(Assert.Single(final.Record!.Groups).Model);
        Assert.Single(await service.NamesAsync(Containers.Models, $"B/retrainings/{id}.json"));
        var completed = StudyHistory.Of(await service.CompletedInstanceAsync(id)).Completed;
        Assert.All(["PlanRetraining", "SelectModel", "PromoteModel", "PublishRetraining"], step => Assert.Single(completed, step));
        Assert.Single(await AuditStepsAsync("B", id), $"{id}/publish");
    }

    private async Task<KillOutcome> KillAsync(Kill kill, byte[] study, TimeSpan delay, double probability)
    {
        // A study may be through before the kill hits it; that is none.
        for (var attempt = 0; attempt < 10; attempt++)
        {
            await ForgetStudiesAsync();
            var id = await service.UploadAsync("A", $"killed-{Guid.NewGuid():N}.zip", study);
            var uploaded = DateTimeOffset.UtcNow;
            if (kill.Phase.Begins is { } activity)
            {
                await ScheduledAsync(id, activity);
            }

            await Task.Delay(delay);
            var killed = DateTimeOffset.UtcNow;
            await service.KillAsync(kill.Victim);
            var prediction = (await service.FinishedAsync("A", id)).Prediction;
            var history = StudyHistory.Of(await service.CompletedInstanceAsync(id));
            if (history.At("ExecutionCompleted") > killed)
            {
                return new KillOutcome
                {
                    Kill = kill,
                    Moment = killed - uploaded,
                    LastStep = history.Events.LastOrDefault(e => e.At <= killed).What ?? "uploaded",
                    TakenUp = history.Events.First(e => e.At > killed).At - killed,
                    Succeeded = history.At("ExecutionCompleted")!.Value - killed,
                    SamePrediction = prediction?.Probability == probability
                        && (await service.NamesAsync(Containers.Predictions, $"A/by-id/{id}")).Order(StringComparer.Ordinal).SequenceEqual(s_files.Select(extension => $"A/by-id/{id}{extension}")),
                    EachResultOnce = history.Completed.SequenceEqual(s_activities),
                    AuditIntact = (await AuditStepsAsync("A", id)).Count == 9,
                };
            }
        }

        throw new TimeoutException($"No kill of ten hit {kill}.");
    }

    private async Task ScheduledAsync(string id, string activity)
    {
        var watch = Stopwatch.StartNew();
        while (await service.TryInstanceAsync(id) is not { } instance || StudyHistory.Of(instance).Scheduled(activity) is null)
        {
            Assert.True(watch.Elapsed < TimeSpan.FromMinutes(2), $"{activity} is never scheduled.");
        }
    }

    /// <summary>Removes what was read and computed for center A so far, which would otherwise be taken instead of being made anew.</summary>
    private async Task ForgetStudiesAsync()
    {
        foreach (var container in new[] { Containers.Studies, Containers.Features })
        {
            foreach (var name in await service.NamesAsync(container, "A/"))
            {
                await service.Blobs.GetBlobContainerClient(container).DeleteBlobAsync(name);
            }
        }
    }

    /// <summary>The ids of an instance's audit events; none if one is there twice or the chain is broken.</summary>
    private async Task<IReadOnlyList<string>> AuditStepsAsync(string center, string id)
    {
        var steps = (await service.AuditAsync(center)).Select(e => e.GetProperty("id").GetString()!).Where(step => step.StartsWith(id + "/", StringComparison.Ordinal)).ToList();
        var chain = await new AuditTrail(service.Store, TimeProvider.System).VerifyAsync(center, default);
        return chain.Intact && steps.Distinct().Count() == steps.Count ? steps : [];
    }

    private static TimeSpan DurationOf(Phase phase, StudyHistory history, DateTimeOffset uploaded)
    {
        var begin = phase.Begins is { } first ? history.Scheduled(first) : uploaded;
        var end = phase.Ends is { } next ? history.Scheduled(next) : history.At("ExecutionCompleted");
        return (end - begin)!.Value;
    }
}
