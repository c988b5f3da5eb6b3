using System.Text.Json;
using Radiomics.Pipeline;

namespace EndToEnd.Tests;

/// <summary>The host process is killed without warning, again and again, in the middle of a study.</summary>
public sealed class KillTests(Service service) : IClassFixture<Service>
{
    [Fact]
    public async Task A_study_survives_ten_kills_with_one_prediction_one_result_of_each_activity_and_an_intact_audit_chain()
    {
        const int kills = 10;
        var random = new Random(20261123);
        var ids = new List<string> { await UploadAsync(0) };

        for (var kill = 0; kill < kills; kill++)
        {
            // The first kill hits the door, wherever it is; the others an orchestration that is under way, the next one's if the last is through.
            if (kill > 0)
            {
                await service.StartedAsync("A", ids[^1]);
            }

            await Task.Delay(random.Next(20, 1500));
            if (await service.HasRecordAsync("A", ids[^1]))
            {
                ids.Add(await UploadAsync(ids.Count));
                await service.StartedAsync("A", ids[^1]);
            }

            await service.KillAppAsync();
            await service.StartAppAsync();
        }

        foreach (var id in ids)
        {
            await AssertOnceAsync(id);
        }

        Assert.Equal(2 * ids.Count, (await service.NamesAsync(Containers.Predictions, "A/by-id/")).Count);
        Assert.True((await new AuditTrail(new BlobStore(service.Blobs), TimeProvider.System).VerifyAsync("A", default)).Intact);
    }

    private async Task<string> UploadAsync(int n) =>
        await service.UploadAsync("A", $"killed-{n}.zip", (await Study.PhantomAsync(seed: 81 + n, sizeInPlane: 320, slices: 72)).Zip());

    /// <summary>One prediction, one result of each activity, one audit event a step.</summary>
    private async Task AssertOnceAsync(string id)
    {
        Assert.Equal(PredictionState.Succeeded, (await service.FinishedAsync("A", id)).Status);
        Assert.Equal([$"A/by-id/{id}.html", $"A/by-id/{id}.json"], (await service.NamesAsync(Containers.Predictions, $"A/by-id/{id}")).Order(StringComparer.Ordinal));

        var history = (await service.CompletedInstanceAsync(id)).GetProperty("historyEvents").EnumerateArray().ToList();
        var completed = history.Where(e => Text(e, "eventType") == "TaskCompleted").Select(e => Text(e, "functionName") ?? Text(e, "name"));
        Assert.Equal(
            ["ExtractFeatures", "ExtractFeatures", "ExtractFeatures", "ExtractFeatures", "IngestStudy", "PlanPrediction", "Predict", "PublishPrediction"],
            completed.Order(StringComparer.Ordinal));

        var steps = (await service.AuditAsync("A")).Select(e => Text(e, "id")).Where(step => step?.StartsWith(id + "/", StringComparison.Ordinal) == true).ToList();
        Assert.Equal(9, steps.Count);
        Assert.Equal(steps.Distinct(), steps);
    }

    [Fact]
    public async Task Two_hosts_on_one_hub_share_the_work()
    {
        await service.StartAppAsync();
        var ids = new List<string>();
        for (var n = 0; n < 4; n++)
        {
            ids.Add(await service.UploadAsync("B", $"shared-{n}.zip", (await Study.PhantomAsync("B", "3.0T", seed: 90 + n)).Zip()));
        }

        foreach (var id in ids)
        {
            Assert.Equal(PredictionState.Succeeded, (await service.FinishedAsync("B", id)).Status);
        }

        Assert.All(service.LogOfEachHost.TakeLast(2), log => Assert.Contains("Functions.ExtractFeatures", log, StringComparison.Ordinal));

        var records = (await service.NamesAsync(Containers.Predictions, "B/by-id/")).Where(name => name.EndsWith(".json", StringComparison.Ordinal));
        Assert.Equal(4, records.Count());
        Assert.True((await new AuditTrail(new BlobStore(service.Blobs), TimeProvider.System).VerifyAsync("B", default)).Intact);
    }

    private static string? Text(JsonElement element, string property) =>
        element.EnumerateObject().FirstOrDefault(p => p.Name.Equals(property, StringComparison.OrdinalIgnoreCase)).Value is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
}
