using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Radiomics;
using Radiomics.Cli;
using Radiomics.Dicom;
using Radiomics.Extraction;
using Radiomics.Pipeline;

namespace EndToEnd.Tests;

/// <summary>From a cohort to a model that predicts, through the service as it is deployed and the tool as it is called.</summary>
public sealed class RetrainingTests(Service service) : IClassFixture<Service>
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(8);

    // The key that Service gives the app.
    private static readonly UidKey s_key = new([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);

    private BlobStore Store => new(service.Blobs);

    [Fact]
    public async Task A_researcher_trains_a_model_somebody_approves_it_it_predicts_and_is_rolled_back()
    {
        using var folder = new Folder();
        var csv = await SeededCohort.StoreAsync(Store, s_key, "A", "3.0T", studies: 24, firstSeed: 3000);
        await File.WriteAllTextAsync(folder.File("cohort.csv"), csv);
        await File.WriteAllTextAsync(folder.File("protocol.json"), SeededCohort.Protocol);

        var retrained = await ToolAsync("retrain", "--center", "A", "--cohort", folder.File("cohort.csv"), "--field", "3.0T", "--protocol", folder.File("protocol.json"), "--json");
        Assert.True(retrained.ExitCode == 0, retrained.Error);
        var status = retrained.Json.GetProperty("retraining");
        Assert.Equal("waitingForApproval", status.GetProperty("status").GetString());
        Assert.Contains("training 4/4", retrained.Error);
        var model = Assert.Single(retrained.Json.GetProperty("models").EnumerateArray());
        var version = model.GetProperty("version").GetString()!;
        Assert.True(model.GetProperty("card").GetProperty("candidates").GetArrayLength() >= 4);

        var approved = await ToolAsync("models", "approve", status.GetProperty("id").GetString()!, "--center", "A", "--name", "Dr. Example", "--reason", "card reviewed");
        Assert.True(approved.ExitCode == 0, approved.Error);
        await FinishedAsync("A", status.GetProperty("id").GetString()!);
        var before = await CurrentAsync("A", "3.0T");
        Assert.Equal(version, before.Version);

        var prediction = await service.PredictAsync("A", "after-retraining.zip", await SeededCohort.AnotherAsync("A", "3.0T", seed: 4000));
        Assert.Null(prediction.Error);
        Assert.Equal((version, model.GetProperty("card").GetProperty("sequence").GetString()), (prediction.Prediction!.Model!.Version, prediction.Prediction.Model.Sequence));
        Assert.InRange(prediction.Prediction.Probability!.Value, 0, 1);

        var rolledBack = await ToolAsync("models", "rollback", "--center", "A", "--field", "3.0T", "--name", "Dr. Other", "--reason", "second thoughts", "--json");
        Assert.True(rolledBack.ExitCode == 0, rolledBack.Error);
        Assert.NotEqual(version, (await CurrentAsync("A", "3.0T")).Version);

        var audit = await service.AuditAsync("A");
        Assert.Contains(audit, e => Subject(e, "decidedBy") == "Dr. Example" && Subject(e, "model") == version);
        Assert.Contains(audit, e => Subject(e, "decidedBy") == "Dr. Other");
        Assert.True((await new AuditTrail(Store, TimeProvider.System).VerifyAsync("A", default)).Intact);
        Assert.DoesNotContain("Dr. ", service.Logs);
        foreach (var original in csv.Split('\n').Skip(1).Where(line => line.Length > 0).SelectMany(line => line.Split(',') is [var uid, _, var patient, ..] ? new[] { uid, patient } : []))
        {
            Assert.DoesNotContain(original, service.Logs);
            Assert.DoesNotContain(original, retrained.Output);
        }
    }

    [Fact]
    public async Task A_retraining_survives_kills_with_one_record_one_result_of_each_step_and_an_intact_audit_chain()
    {
        const int kills = 4;
        var random = new Random(20261123);
        var csv = await SeededCohort.StoreAsync(Store, s_key, "B", "1.5T", studies: 20, firstSeed: 3500);
        using var sent = await service.Http.PutAsync(new Uri(service.BaseUrl, "api/centers/B/cohorts/killed"), new StringContent(csv, System.Text.Encoding.UTF8, "text/csv"));
        Assert.True(sent.IsSuccessStatusCode, await sent.Content.ReadAsStringAsync());
        var order = $$$"""{"cohort": "killed", "protocol": {{{SeededCohort.Protocol}}}, "promotion": {"mode": "none"}}""";
        using var started = await service.Http.PostAsync(new Uri(service.BaseUrl, "api/centers/B/retrainings"), new StringContent(order, System.Text.Encoding.UTF8, "application/json"));
        var id = (await started.Content.ReadFromJsonAsync<RetrainingStatus>(RadiomicsJson.Options))!.Id;

        for (var kill = 0; kill < kills; kill++)
        {
            await Task.Delay(random.Next(200, 4000));
            await service.KillAppAsync();
            await service.StartAppAsync();
        }

        var final = await FinishedAsync("B", id);
        Assert.Null(final.Error);
        Assert.NotNull(Assert.Single(final.Record!.Groups).Model);
        Assert.Single(await service.NamesAsync(Containers.Models, $"B/retrainings/{id}.json"));

        var history = (await service.CompletedInstanceAsync(id)).GetProperty("historyEvents").EnumerateArray().ToList();
        var completed = history.Where(e => Text(e, "eventType") == "TaskCompleted").Select(e => Text(e, "functionName") ?? Text(e, "name")).ToList();
        Assert.All(["PlanRetraining", "SelectModel", "PromoteModel", "PublishRetraining"], step => Assert.Single(completed, step));
        var steps = (await service.AuditAsync("B")).Select(e => Text(e, "id")).Where(step => step?.StartsWith(id + "/", StringComparison.Ordinal) == true).ToList();
        Assert.Equal(steps.Distinct(), steps);
        Assert.Single(steps, $"{id}/publish");
        Assert.True((await new AuditTrail(Store, TimeProvider.System).VerifyAsync("B", default)).Intact);
    }

    private async Task<RetrainingStatus> FinishedAsync(string center, string id)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var status = await service.Http.GetFromJsonAsync<RetrainingStatus>(new Uri(service.BaseUrl, $"api/centers/{center}/retrainings/{id}"), RadiomicsJson.Options);
            if (status!.Status is RetrainingState.Succeeded or RetrainingState.Failed)
            {
                return status;
            }

            Assert.True(watch.Elapsed < s_patience, $"{id} is still at {JsonSerializer.Serialize(status, RadiomicsJson.Options)}.");
            await Task.Delay(200);
        }
    }

    private async Task<PromotedModel> CurrentAsync(string center, string fieldStrength) =>
        (await service.Http.GetFromJsonAsync<ModelHistory>(new Uri(service.BaseUrl, $"api/centers/{center}/models/{fieldStrength}"), RadiomicsJson.Options))!.Current;

    private async Task<(int ExitCode, string Output, string Error, JsonElement Json)> ToolAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await RadiomicsTool.RunAsync([.. arguments, "--url", service.BaseUrl.ToString()], output, error, _ => null, CancellationToken.None);
        return (exitCode, output.ToString(), error.ToString(), arguments.Contains("--json") ? JsonDocument.Parse(output.ToString()).RootElement : default);
    }

    private static string? Subject(JsonElement e, string kind) =>
        e.GetProperty("subjects").TryGetProperty(kind, out var id) ? id.GetString() : null;

    private static string? Text(JsonElement element, string property) =>
        element.EnumerateObject().FirstOrDefault(p => p.Name.Equals(property, StringComparison.OrdinalIgnoreCase)).Value is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private sealed class Folder : IDisposable
    {
        private readonly string _path = Directory.CreateTempSubdirectory("radiomics-cohort-").FullName;

        public string File(string name) => Path.Combine(_path, name);

        public void Dispose() => Directory.Delete(_path, recursive: true);
    }
}
