using System.Text;
using System.Text.Json;
using FellowOakDicom;
using Radiomics;
using Radiomics.Cli;
using Radiomics.Pipeline;

namespace EndToEnd.Tests;

/// <summary>What an operator does by the tool with a service that runs.</summary>
public sealed class ToolTests(Service service) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("radiomics-e2e-tool-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_prediction_is_replayed_from_its_upload_and_its_volumes_and_is_the_same()
    {
        var status = await service.PredictAsync("A", "replayed.zip", (await Study.PhantomAsync(seed: 81)).Zip());

        var (exitCode, output, _) = await RunAsync("replay", status.Id, "--center", "A", "--from-upload", "--json");

        var report = JsonSerializer.Deserialize<JsonElement>(output);
        Assert.Equal(0, exitCode);
        Assert.True(report.GetProperty("same").GetBoolean());
        Assert.Equal(Digest.Of(new BinaryData(await service.ReadAsync(Containers.Predictions, $"A/by-id/{status.Id}.json"))), report.GetProperty("replayedRecordSha256").GetString());
        Assert.Equal(status.Prediction!.Probability, report.GetProperty("replayedProbability").GetDouble());
        Assert.Equal(8, report.GetProperty("ingest").GetProperty("volumes").GetInt32());
    }

    [Fact]
    public async Task A_study_without_its_region_is_found_in_quarantine_fixed_submitted_again_and_predicted()
    {
        var study = await Study.PhantomAsync(seed: 82, patientName: "ZXQTOOL^ANNA");
        var zip = study.Without(Study.IsSegmentation).Zip();
        var failed = await service.PredictAsync("A", "ZXQTOOL.zip", zip);
        Assert.Equal("StudyHasNoRoi", failed.Error!.Code);
        var region = Path.Combine(_folder.FullName, "region.dcm");
        await File.WriteAllBytesAsync(region, study.Files.Values.Single(bytes => Study.IsSegmentation(DicomFile.Open(new MemoryStream(bytes), FileReadOption.ReadAll).Dataset)));
        var repaired = Path.Combine(_folder.FullName, "fixed.zip");

        var listed = await RunAsync("quarantine", "list", "--center", "A");
        var inspected = await RunAsync("quarantine", "inspect", failed.UploadId!, "--center", "A");
        var made = await RunAsync("quarantine", "fix", failed.UploadId!, "--center", "A", "--add", region, "--out", repaired);
        var submitted = await RunAsync("quarantine", "resubmit", failed.UploadId!, "--center", "A", "--file", repaired, "--json");

        Assert.Equal((0, 0, 0, 0), (listed.ExitCode, inspected.ExitCode, made.ExitCode, submitted.ExitCode));
        Assert.Contains(failed.UploadId!, listed.Output, StringComparison.Ordinal);
        Assert.Contains("StudyHasNoRoi", inspected.Output, StringComparison.Ordinal);
        Assert.Contains("T1_F", inspected.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("ZXQTOOL", listed.Output + inspected.Output + made.Output + submitted.Output + submitted.Error, StringComparison.OrdinalIgnoreCase);
        var id = JsonSerializer.Deserialize<JsonElement>(submitted.Output).GetProperty("id").GetString()!;
        Assert.Equal(PredictionState.Succeeded, (await service.FinishedAsync("A", id)).Status);

        await service.CompletedInstanceAsync(id);
        var after = JsonSerializer.Deserialize<JsonElement>((await RunAsync("quarantine", "inspect", failed.UploadId!, "--center", "A", "--json")).Output).GetProperty("upload");
        Assert.Equal(("resolved", id), (after.GetProperty("state").GetString(), after.GetProperty("resolvedBy").GetString()));
        Assert.Equal(zip, await service.ReadAsync(Containers.Quarantine, $"A/{failed.UploadId}/upload.zip"));
        var audit = (await service.AuditAsync("A")).Where(e => e.GetProperty("subjects").TryGetProperty("upload", out var upload) && upload.GetString() == failed.UploadId).Select(e => e.GetProperty("action").GetString()!).ToArray();
        Assert.Equal(["quarantine-inspected", "quarantine-fixed", "upload-resubmitted", "quarantine-resolved", "quarantine-inspected"], audit[^5..]);

        var page = await RunAsync("report", id, "--center", "A", "--url", service.BaseUrl.ToString());
        Assert.Equal(Encoding.UTF8.GetString(await service.ReadAsync(Containers.Predictions, $"A/by-id/{id}.html")), page.Output);
    }

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var environment = new Dictionary<string, string>
        {
            ["RadiomicsStorage"] = service.ConnectionString,
            [TestAuditKey.Setting] = TestAuditKey.File,
            ["Radiomics__UidKey"] = Convert.ToBase64String([.. Enumerable.Range(0, 32).Select(i => (byte)i)]),
        };
        using var output = new StringWriter();
        using var error = new StringWriter();
        return (await RadiomicsTool.RunAsync(arguments, output, error, environment.GetValueOrDefault, TestContext.Current.CancellationToken), output.ToString(), error.ToString());
    }
}
