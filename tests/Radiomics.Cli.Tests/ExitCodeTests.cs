using System.Net;
using System.Net.Sockets;

namespace Radiomics.Cli.Tests;

public sealed class ExitCodeTests
{
    [Fact]
    public async Task A_wrong_option_is_usage_and_points_to_the_help()
    {
        var result = await CommandLine.RunAsync("audit", "verify", "--centre", "A");

        Assert.Equal(2, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.Contains("'--centre'", result.Error);
        Assert.Contains("radiomics audit verify --help", result.Error);
    }

    [Fact]
    public async Task No_command_is_usage() => Assert.Equal(2, (await CommandLine.RunAsync()).ExitCode);

    [Fact]
    public async Task A_nifti_image_without_mask_is_usage() =>
        Assert.Equal(2, (await CommandLine.RunAsync("extract", "image.nii.gz")).ExitCode);

    [Fact]
    public async Task A_study_that_is_not_there_is_bad_input()
    {
        var result = await CommandLine.RunAsync("submit", "no-such-folder", "--center", "A");

        Assert.Equal(3, result.ExitCode);
        Assert.Contains("no-such-folder", result.Error);
    }

    [Fact]
    public async Task A_file_that_is_no_nifti_is_bad_input_with_the_engines_code()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("image.nii"), "not an image");
        var result = await CommandLine.RunAsync("extract", folder.File("image.nii"), folder.File("image.nii"), "--json");

        Assert.Equal(3, result.ExitCode);
        Assert.Equal("InvalidNifti", result.Json.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_storage_account_that_does_not_answer_is_unreachable()
    {
        var port = ClosedPort();
        var result = await CommandLine.RunAsync(
            "audit",
            "verify",
            "--center",
            "A",
            "--json",
            "--connection",
            $"AccountName=a;AccountKey=YQ==;BlobEndpoint=http://127.0.0.1:{port}/a");

        Assert.Equal(4, result.ExitCode);
        Assert.Equal("Unreachable", result.Json.GetProperty("error").GetProperty("code").GetString());
        Assert.Contains($"127.0.0.1:{port}", result.Error);
    }

    [Fact]
    public async Task A_service_that_does_not_answer_is_unreachable()
    {
        var result = await CommandLine.RunAsync("status", "p-0", "--center", "A", "--url", $"http://127.0.0.1:{ClosedPort()}");

        Assert.Equal(4, result.ExitCode);
    }

    [Fact]
    public async Task A_connection_string_that_is_none_is_usage()
    {
        var result = await CommandLine.RunAsync(
            new Dictionary<string, string> { ["RadiomicsStorage"] = "nonsense" }, "audit", "verify", "--center", "A");

        Assert.Equal(2, result.ExitCode);
    }

    [Fact]
    public async Task An_error_is_one_sentence_and_never_a_stack_trace()
    {
        var result = await CommandLine.RunAsync("extract", "absent.nii", "absent.nii");

        Assert.Equal(3, result.ExitCode);
        Assert.Single(result.Error.Trim().Split('\n'));
        Assert.DoesNotContain("   at ", result.Error);
    }

    [Fact]
    public async Task A_functions_app_that_is_not_there_is_said_so()
    {
        var result = await CommandLine.RunAsync("demo", "--functions-app", "nowhere/RadiomicsFunctions.dll");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("nowhere", result.Error);
        Assert.Contains("FunctionsAppMissing", result.Error);
    }

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
