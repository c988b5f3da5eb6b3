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
        var zip = (await Study.PhantomAsync(seed: 81)).Zip();
        var id = await service.UploadAsync("A", "killed.zip", zip);

        for (var kill = 0; kill < kills; kill++)
        {
            await Task.Delay(random.Next(50, 1500));
            await service.KillAppAsync();
            await service.StartAppAsync();
        }

        var status = await service.FinishedAsync("A", id);

        Assert.Equal(PredictionState.Succeeded, status.Status);
        Assert.Equal([$"A/by-id/{id}.html", $"A/by-id/{id}.json"], (await service.NamesAsync(Containers.Predictions, "A/by-id/")).Order(StringComparer.Ordinal));

        var history = (await service.InstanceAsync(id)).GetProperty("historyEvents").EnumerateArray().ToList();
        var completed = history.Where(e => Text(e, "eventType") == "TaskCompleted").Select(e => Text(e, "functionName") ?? Text(e, "name")).ToList();
        Assert.Equal(
            ["ExtractFeatures", "ExtractFeatures", "ExtractFeatures", "ExtractFeatures", "IngestStudy", "PlanPrediction", "Predict", "PublishPrediction"],
            completed.Order(StringComparer.Ordinal));

        var verification = await new AuditTrail(new BlobStore(service.Blobs), TimeProvider.System).VerifyAsync("A", default);
        Assert.True(verification.Intact);
        var steps = (await service.AuditAsync("A")).Select(e => Text(e, "id")).Where(id => id is not null).ToList();
        Assert.Equal(9, steps.Count(step => step!.StartsWith(id + "/", StringComparison.Ordinal)));
        Assert.Equal(steps.Distinct().Count(), steps.Count);
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

        var records = (await service.NamesAsync(Containers.Predictions, "B/by-id/")).Where(name => name.EndsWith(".json", StringComparison.Ordinal));
        Assert.Equal(4, records.Count());
        Assert.True((await new AuditTrail(new BlobStore(service.Blobs), TimeProvider.System).VerifyAsync("B", default)).Intact);
    }

    private static string? Text(JsonElement element, string property) =>
        element.EnumerateObject().FirstOrDefault(p => p.Name.Equals(property, StringComparison.OrdinalIgnoreCase)).Value is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
}
