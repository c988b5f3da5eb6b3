using System.Diagnostics;
using Radiomics;

namespace EndToEnd.Tests;

/// <summary><c>infra-bicep/smoke-test.sh</c>, by which a deployment ends, against a service that works and one that isn't there.</summary>
public sealed class SmokeTests(Service service) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("radiomics-e2e-smoke-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_service_that_works_is_healthy_and_predicts_the_synthetic_study()
    {
        var (exitCode, output, errors) = await RunAsync(service.BaseUrl.ToString(), "research");

        Assert.True(exitCode == 0, errors);
        Assert.Equal(["healthy", "the console is there", "a synthetic study of research succeeded"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_service_that_is_not_there_fails_with_a_sentence()
    {
        var (exitCode, _, errors) = await RunAsync("http://127.0.0.1:1");

        Assert.Equal(1, exitCode);
        Assert.Contains("http://127.0.0.1:1/api/health answers 000, not 200.", errors, StringComparison.Ordinal);
    }

    private async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The script is for bash.");
        var tool = Path.Combine(_folder.FullName, "radiomics");
        await File.WriteAllTextAsync(tool, $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "radiomics.dll")}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var start = new ProcessStartInfo("bash", [Path.Combine(TestData.RepositoryRoot, "infra-bicep", "smoke-test.sh"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["PATH"] = $"{_folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}",
                ["RADIOMICS_SMOKE_TRIES"] = "1",
                ["RADIOMICS_SMOKE_PAUSE"] = "0",
            },
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await errors);
    }
}
