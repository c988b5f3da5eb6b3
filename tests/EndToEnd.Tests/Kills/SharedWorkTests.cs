using System.Net.Http.Json;
using Radiomics;
using Radiomics.Extraction;
using Radiomics.Pipeline;

namespace EndToEnd.Tests.Kills;

/// <summary>Work that goes from one host to another: because there are two, or because one was killed.</summary>
public sealed class SharedWorkTests(Service service) : IClassFixture<Service>
{
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
            Assert.Equal(StudyHistory.Activities, StudyHistory.Of(await service.CompletedInstanceAsync(id)).Completed);
            Assert.Equal(9, (await service.AuditStepsAsync("B", id)).Count);
        }
    }

    [Fact]
    public async Task A_killed_retraining_ends_with_one_record_one_result_of_each_step_and_an_intact_audit_chain()
    {
        var random = new Random(20261129);
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
        Assert.Single(await service.AuditStepsAsync("B", id), $"{id}/publish");
    }
}
