using Radiomics.Pipeline;

namespace Radiomics.Cli.Tests;

public sealed class StatusTests(AzuriteFixture azurite)
{
    private readonly Dictionary<string, string> _environment = new() { ["RadiomicsStorage"] = azurite.ConnectionString, [TestAuditKey.Setting] = TestAuditKey.File };

    [Theory]
    [InlineData("StudyHasNoRoi", 3)]
    [InlineData(PredictionError.InternalFault, 1)]
    public async Task A_failed_prediction_gives_its_code_and_sentence(string code, int exitCode)
    {
        var id = PredictionId.OfUpload(code);
        await StoreAsync(new PredictionStatus { Id = id, Center = "A", Status = PredictionState.Failed, Error = new PredictionError(code, "A sentence.") });

        var text = await CommandLine.RunAsync(_environment, "status", id, "--center", "A");
        var json = await CommandLine.RunAsync(_environment, "status", id, "--center", "A", "--json");

        Assert.Equal(exitCode, text.ExitCode);
        Assert.Equal($"radiomics: A sentence. ({code})", text.Error.Trim());
        Assert.Equal(exitCode, json.ExitCode);
        Assert.Equal("failed", json.Json.GetProperty("status").GetString());
        Assert.Equal(code, json.Json.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_prediction_that_is_not_there_is_bad_input()
    {
        var result = await CommandLine.RunAsync(_environment, "status", PredictionId.OfUpload("absent"), "--center", "A", "--json");

        Assert.Equal(3, result.ExitCode);
        Assert.Equal("PredictionNotFound", result.Json.GetProperty("error").GetProperty("code").GetString());
    }

    private async Task StoreAsync(PredictionStatus status) =>
        await Published.WriteAsync((await azurite.AccountAsync()).Store, status);
}
