using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Azure.Storage.Blobs;
using Radiomics;
using Radiomics.Cli;
using Radiomics.Pipeline;

namespace EndToEnd.Tests;

/// <summary>The audit trail of a service that ran, as somebody elsewhere verifies it. On an account of its own, which is tampered with.</summary>
public sealed class AuditTests(Service service) : IClassFixture<Service>
{
    [Fact]
    public async Task What_a_service_leaves_is_intact_and_a_prediction_that_was_edited_dropped_or_put_back_is_found_and_an_edited_one_is_no_answer()
    {
        var zip = (await Study.PhantomAsync(seed: 131)).Zip();
        var id = await service.UploadAsync("A", "audited.zip", zip);
        Assert.Equal(PredictionState.Succeeded, (await service.FinishedAsync("A", id)).Status);
        await service.CompletedInstanceAsync(id);
        var (exitCode, whole) = await VerifyAsync();
        Assert.True(exitCode == 0, whole);
        Assert.Contains("A: intact, ", whole, StringComparison.Ordinal);
        Assert.Contains(" 1 prediction record, ", whole, StringComparison.Ordinal);

        var record = service.Blobs.GetBlobContainerClient(Containers.Predictions).GetBlobClient($"A/by-id/{id}.json");
        var truth = (await record.DownloadContentAsync()).Value.Content;
        await record.UploadAsync(new BinaryData(Encoding.UTF8.GetBytes(truth.ToString().Replace("\"decision\":\"", "\"decision\":\"not", StringComparison.Ordinal))), overwrite: true);
        Assert.Equal((1, true), await FoundAsync($"predictions/A/by-id/{id}.json: record changed."));
        using (var answer = await service.Http.GetAsync(new Uri(service.BaseUrl, $"api/centers/A/predictions/{id}")))
        {
            Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
            Assert.Equal("RecordAltered", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
        }

        await service.SaysAsync("ALTERED: ");
        await record.DeleteAsync();
        Assert.Equal((1, true), await FoundAsync($"predictions/A/by-id/{id}.json: record missing."));
        await record.UploadAsync(truth);
        Assert.Equal(0, (await VerifyAsync()).ExitCode);
    }

    private async Task<(int ExitCode, bool Found)> FoundAsync(string finding)
    {
        var (exitCode, output) = await VerifyAsync();
        return (exitCode, output.Contains($"A: BROKEN at {finding}", StringComparison.Ordinal));
    }

    private async Task<(int ExitCode, string Output)> VerifyAsync()
    {
        var environment = new Dictionary<string, string> { ["RadiomicsStorage"] = service.ConnectionString, [TestAuditKey.Setting] = TestAuditKey.File };
        await using var output = new StringWriter();
        var exitCode = await RadiomicsTool.RunAsync(["audit", "verify", "--all"], output, output, environment.GetValueOrDefault, default);
        return (exitCode, output.ToString());
    }
}
