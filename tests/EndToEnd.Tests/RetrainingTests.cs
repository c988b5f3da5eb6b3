using System.Net.Http.Json;
using System.Text.Json;
using Radiomics;
using Radiomics.Cli;
using Radiomics.Extraction;
using Radiomics.Pipeline;

namespace EndToEnd.Tests;

/// <summary>
/// From a cohort to a model that predicts, through the service as it is deployed and the tool as it is called. On a service of its own: others' studies must
/// not meet the model that it promotes.
/// </summary>
public sealed class RetrainingTests(Service service) : IClassFixture<Service>
{
    [Fact]
    public async Task A_researcher_trains_a_model_somebody_approves_it_it_predicts_and_is_rolled_back()
    {
        using var folder = new Folder();
        var csv = await SeededCohort.StoreAsync(service.Store, Service.Key, "A", "3.0T", studies: 24, firstSeed: 3000);
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
        await service.RetrainedAsync("A", status.GetProperty("id").GetString()!);
        var before = await CurrentAsync("A", "3.0T");
        Assert.Equal(version, before.Version);

        var prediction = await service.PredictAsync("A", "after-retraining.zip", await SeededCohort.AnotherAsync("A", "3.0T", seed: 4000));
        Assert.Null(prediction.Error);
        Assert.Equal((version, model.GetProperty("card").GetProperty("sequence").GetString()), (prediction.Prediction!.Model!.Version, prediction.Prediction.Model.Sequence));
        PredictionTruth.Check(prediction.Prediction);

        var rolledBack = await ToolAsync("models", "rollback", "--center", "A", "--field", "3.0T", "--name", "Dr. Other", "--reason", "second thoughts", "--json");
        Assert.True(rolledBack.ExitCode == 0, rolledBack.Error);
        Assert.NotEqual(version, (await CurrentAsync("A", "3.0T")).Version);

        var audit = await service.AuditAsync("A");
        Assert.Contains(audit, e => Subject(e, "decidedBy") == "Dr. Example" && Subject(e, "model") == version);
        Assert.Contains(audit, e => Subject(e, "decidedBy") == "Dr. Other");
        Assert.True((await TestAuditKey.Trail(service.Store).VerifyAsync("A")).Intact);
        Assert.DoesNotContain("Dr. ", service.Logs);
        foreach (var original in csv.Split('\n').Skip(1).Where(line => line.Length > 0).SelectMany(line => line.Split(',') is [var uid, _, var patient, ..] ? new[] { uid, patient } : []))
        {
            Assert.DoesNotContain(original, service.Logs);
            Assert.DoesNotContain(original, retrained.Output);
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

    private sealed class Folder : IDisposable
    {
        private readonly string _path = Directory.CreateTempSubdirectory("radiomics-cohort-").FullName;

        public string File(string name) => Path.Combine(_path, name);

        public void Dispose() => Directory.Delete(_path, recursive: true);
    }
}
