using System.IO.Compression;
using Radiomics.Cli.Client;
using Radiomics.Pipeline;

namespace Radiomics.Cli.Tests;

public sealed class SubmitTests(AzuriteFixture azurite)
{
    private readonly Dictionary<string, string> _environment = new() { ["RadiomicsStorage"] = azurite.ConnectionString, [TestAuditKey.Setting] = TestAuditKey.File };

    [Fact]
    public async Task A_folder_is_packed_to_the_same_bytes_without_its_file_names()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("DOE^JANE.dcm"), "one");
        File.WriteAllText(folder.File("a.dcm"), "two");
        using var first = await Study.OpenAsync(folder.Path, TestContext.Current.CancellationToken);
        using var second = await Study.OpenAsync(folder.Path, TestContext.Current.CancellationToken);

        Assert.Equal(first.Sha256, second.Sha256);
        using var zip = ZipFile.OpenRead(first.ZipPath);
        Assert.Equal(["000000.dcm", "000001.dcm"], zip.Entries.Select(entry => entry.FullName));
    }

    [Fact]
    public async Task An_upload_lands_in_incoming_under_a_name_that_says_nothing()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("DOE^JANE.dcm"), "one");
        using var study = await Study.OpenAsync(folder.Path, TestContext.Current.CancellationToken);

        var result = await CommandLine.RunAsync(_environment, "submit", folder.Path, "--center", "A", "--no-wait", "--json");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal($"incoming/A/{study.Sha256[..16]}.zip", result.Json.GetProperty("blob").GetString());
        var id = PredictionId.OfUpload(UploadId.OfZip("A", $"{study.Sha256[..16]}.zip", study.Sha256));
        Assert.Equal(id, result.Json.GetProperty("id").GetString());
        var blob = (await azurite.AccountAsync()).Store.Blob(Containers.Incoming, $"A/{study.Sha256[..16]}.zip");
        Assert.True((await blob.ExistsAsync(TestContext.Current.CancellationToken)).Value);
    }

    [Fact]
    public async Task Waiting_ends_with_the_error_that_storage_holds()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("x.dcm"), "not dicom");
        using var study = await Study.OpenAsync(folder.Path, TestContext.Current.CancellationToken);
        var id = PredictionId.OfUpload(UploadId.OfZip("A", "given.zip", study.Sha256));
        await Published.WriteAsync(
            (await azurite.AccountAsync()).Store,
            new PredictionStatus { Id = id, Center = "A", Status = PredictionState.Failed, Error = new PredictionError("NoDicom", "A sentence.") });

        var result = await CommandLine.RunAsync(_environment, "submit", folder.Path, "--center", "A", "--name", "given", "--json");

        Assert.Equal(3, result.ExitCode);
        Assert.Equal("NoDicom", result.Json.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task Waiting_in_vain_ends_after_the_timeout()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("x.dcm"), "never predicted");

        var result = await CommandLine.RunAsync(_environment, "submit", folder.Path, "--center", "A", "--timeout", "1", "--json");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("TimedOut", result.Json.GetProperty("error").GetProperty("code").GetString());
    }
}
