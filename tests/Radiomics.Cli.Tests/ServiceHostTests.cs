using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Radiomics.Cli.Local;
using Radiomics.Cli.Output;

namespace Radiomics.Cli.Tests;

[Collection(nameof(HostedAccount))]
public sealed class ServiceHostTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_host_that_ends_while_an_answer_is_awaited_is_the_error()
    {
        using var folder = new TemporaryFolder();
        await using var host = await StartAsync(folder);
        using (var process = Process.GetProcessById(host.ProcessId))
        {
            var waiting = host.WhileRunningAsync(ForeverAsync, TestContext.Current.CancellationToken);
            process.Kill();

            var error = await Assert.ThrowsAsync<CommandException>(() => waiting);
            Assert.Equal(("FunctionsAppEnded", ExitCodes.Failed), (error.Code, error.ExitCode));
            Assert.Matches("^The functions app ended with code [0-9]+: .+", error.Message);
        }
    }

    [Fact]
    public async Task While_it_runs_the_works_own_result_and_error_come_through_and_in_the_end_it_goes_with_its_worker()
    {
        using var folder = new TemporaryFolder();
        Process worker;
        await using (var host = await StartAsync(folder))
        {
            using var http = new HttpClient { BaseAddress = host.BaseUrl };
            var status = await http.GetFromJsonAsync<JsonElement>("admin/host/status", TestContext.Current.CancellationToken);
            worker = Process.GetProcessById(status.GetProperty("workerPid").GetInt32());

            Assert.Equal(7, await host.WhileRunningAsync(_ => Task.FromResult(7), TestContext.Current.CancellationToken));
            await Assert.ThrowsAsync<HttpRequestException>(() =>
                host.WhileRunningAsync<int>(_ => Task.FromException<int>(new HttpRequestException()), TestContext.Current.CancellationToken));
            Assert.False(worker.HasExited);
        }

        using (worker)
        {
            Assert.True(worker.WaitForExit(TimeSpan.FromMinutes(1)), "The worker has outlived its host.");
        }
    }

    [Fact]
    public async Task An_app_that_cannot_be_started_is_said_so_with_the_hosts_own_words()
    {
        using var folder = new TemporaryFolder();
        using var empty = new TemporaryFolder();
        var files = ServiceFiles.Find(empty.Path, _ => null);

        var error = await Assert.ThrowsAsync<CommandException>(() =>
            ServiceHost.StartAsync(files, azurite.ConnectionString, "Test", 0, folder.Path, TestContext.Current.CancellationToken));

        Assert.Equal(("FunctionsAppNotStarted", ExitCodes.Failed), (error.Code, error.ExitCode));
        Assert.Contains(empty.Path, error.Message);
    }

    [Fact]
    public void The_app_may_be_named_by_its_assembly_or_by_its_folder()
    {
        var built = ServiceFiles.Find(null, _ => null);

        Assert.Equal(built.App.TrimEnd('/'), ServiceFiles.Find(Path.Combine(built.App, "RadiomicsFunctions.dll"), _ => null).App);
        Assert.Equal(built.App, ServiceFiles.Find(null, name => name == "RADIOMICS_FUNCTIONS_APP" ? built.App : null).App);
        Assert.Equal("ServiceHostMissing", Assert.Throws<CommandException>(() => ServiceFiles.Find(null, name => name == "RADIOMICS_HOST" ? "nowhere.dll" : null)).Code);
    }

    private static async Task<int> ForeverAsync(CancellationToken cancellation)
    {
        await Task.Delay(Timeout.Infinite, cancellation);
        return 0;
    }

    private Task<ServiceHost> StartAsync(TemporaryFolder folder) => ServiceHost.StartAsync(
        ServiceFiles.Find(null, _ => null), azurite.ConnectionString, $"Test{Guid.NewGuid():N}", 0, folder.Path, TestContext.Current.CancellationToken);
}
