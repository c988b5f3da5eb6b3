using System.IO.Compression;
using System.Text;
using Radiomics.Pipeline;

namespace Radiomics.Cli.Tests;

public sealed class ExportTests(AzuriteFixture azurite)
{
    private static readonly Dictionary<string, string> _key = new() { ["Radiomics__UidKey"] = Convert.ToBase64String(new byte[32]) };

    [Fact]
    public async Task A_study_is_exported_without_its_patient_and_the_same_again()
    {
        using var folder = new TemporaryFolder();
        await CommandLine.RunAsync("phantom", "--center", "A", "--field", "3.0T", "--iron", "12", "--seed", "7", "--size", "32x32x12", "--out", folder.File("study.zip"));

        var first = await CommandLine.RunAsync(_key, "export", folder.File("study.zip"), "--center", "A", "--out", folder.File("1"), "--json");
        await CommandLine.RunAsync(_key, "export", folder.File("study.zip"), "--center", "A", "--out", folder.File("2"));

        Assert.Equal(0, first.ExitCode);
        var files = first.Json.GetProperty("files").EnumerateArray().Select(file => file.GetString()!).ToArray();
        Assert.Equal(4 * 12 + 1, files.Length);
        foreach (var file in files)
        {
            var bytes = await File.ReadAllBytesAsync(Path.Combine(folder.File("1"), file));
            Assert.DoesNotContain("PHANTOM", Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
            Assert.Equal(bytes, await File.ReadAllBytesAsync(Path.Combine(folder.File("2"), file)));
        }
    }

    [Fact]
    public async Task One_file_of_a_study_is_exported_as_it_is_with_the_others()
    {
        using var folder = new TemporaryFolder();
        await CommandLine.RunAsync("phantom", "--center", "A", "--field", "3.0T", "--iron", "12", "--seed", "7", "--size", "32x32x12", "--out", folder.File("study.zip"));
        await CommandLine.RunAsync(_key, "export", folder.File("study.zip"), "--center", "A", "--out", folder.File("all"));
        ZipFile.ExtractToDirectory(folder.File("study.zip"), folder.File("study"));
        var file = Directory.GetFiles(folder.File("study"), "*", SearchOption.AllDirectories)[0];

        var result = await CommandLine.RunAsync(_key, "export", file, "--center", "A", "--out", folder.File("one"), "--json");

        Assert.Equal(0, result.ExitCode);
        var exported = await File.ReadAllBytesAsync(Path.Combine(folder.File("one"), Assert.Single(result.Json.GetProperty("files").EnumerateArray()).GetString()!));
        Assert.Contains(Directory.GetFiles(folder.File("all"), "*", SearchOption.AllDirectories), other => File.ReadAllBytes(other).SequenceEqual(exported));
    }

    [Theory]
    [InlineData("sr", "a report", ".sr.dcm")]
    [InlineData("fhir", "a report", ".fhir.json")]
    public async Task A_predictions_report_is_exported_by_id_or_by_the_file_of_its_record(string format, string content, string extension)
    {
        using var folder = new TemporaryFolder();
        var environment = new Dictionary<string, string> { ["RadiomicsStorage"] = azurite.ConnectionString, [TestAuditKey.Setting] = TestAuditKey.File };
        var store = (await azurite.AccountAsync()).Store;
        var id = PredictionId.OfUpload($"export {format}");
        var status = new PredictionStatus { Id = id, Center = "A", Status = PredictionState.Succeeded, Prediction = BarePrediction.Of(id) };
        await Published.WriteAsync(store, status, null, (extension, content));
        await File.WriteAllBytesAsync(folder.File("record.json"), BlobStore.Json(status).ToArray());

        foreach (var what in new[] { id, folder.File("record.json") })
        {
            var result = await CommandLine.RunAsync(environment, "export", what, "--center", "A", "--format", format, "--out", folder.File("out"), "--json");
            Assert.Equal(0, result.ExitCode);
            Assert.Equal(content, await File.ReadAllTextAsync(folder.File($"out/{id}{extension}")));
            File.Delete(folder.File($"out/{id}{extension}"));
        }
    }

    [Fact]
    public async Task What_cannot_be_exported_says_why()
    {
        using var folder = new TemporaryFolder();
        var environment = new Dictionary<string, string> { ["RadiomicsStorage"] = azurite.ConnectionString, [TestAuditKey.Setting] = TestAuditKey.File };
        var failed = PredictionId.OfUpload("export failed");
        var store = (await azurite.AccountAsync()).Store;
        await Published.WriteAsync(
            store,
            new PredictionStatus { Id = failed, Center = "A", Status = PredictionState.Failed, Error = new PredictionError("NoDicom", "A sentence.") });
        await File.WriteAllTextAsync(folder.File("other.json"), "[]");
        Directory.CreateDirectory(folder.File("empty"));

        (string What, string Code)[] expected =
        [
            (failed, "NoReport"),
            (PredictionId.OfUpload("absent"), "PredictionNotFound"),
            (folder.File("other.json"), "InvalidRecord"),
            (folder.File("absent"), "FileNotFound"),
            (folder.File("empty"), "NoDicom"),
        ];
        foreach (var (what, code) in expected)
        {
            var result = await CommandLine.RunAsync(new Dictionary<string, string>(environment.Concat(_key)), "export", what, "--center", "A", "--out", folder.File("out"), "--json");
            Assert.Equal(3, result.ExitCode);
            Assert.Equal(code, result.Json.GetProperty("error").GetProperty("code").GetString());
        }
    }
}
