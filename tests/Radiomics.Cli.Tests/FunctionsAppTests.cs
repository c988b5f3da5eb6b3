using System.Diagnostics;
using Radiomics.Cli.Local;
using Radiomics.Cli.Output;

namespace Radiomics.Cli.Tests;

public sealed class FunctionsAppTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task An_app_that_ends_while_its_answer_is_awaited_is_the_error()
    {
        using var folder = new TemporaryFolder();
        await using var app = await StartAsync(folder);
        using (var process = Process.GetProcessById(app.ProcessId))
        {
            var waiting = app.WhileRunningAsync(ForeverAsync, TestContext.Current.CancellationToken);
            process.Kill();

            var error = await Assert.ThrowsAsync<CommandException>(() => waiting);
            Assert.Equal(("FunctionsAppEnded", ExitCodes.Failed), (error.Code, error.ExitCode));
            Assert.Matches("^The functions app ended with code [0-9]+: .+", error.Message);
        }
    }

    [Fact]
    public async Task While_it_runs_the_works_own_result_and_error_come_through()
    {
        using var folder = new TemporaryFolder();
        await using var app = await StartAsync(folder);

        Assert.Equal(7, await app.WhileRunningAsync(_ => Task.FromResult(7), TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<HttpRequestException>(() =>
            app.WhileRunningAsync<int>(_ => Task.FromException<int>(new HttpRequestException()), TestContext.Current.CancellationToken));
    }

    private static async Task<int> ForeverAsync(CancellationToken cancellation)
    {
        await Task.Delay(Timeout.Infinite, cancellation);
        return 0;
    }

    private Task<FunctionsApp> StartAsync(TemporaryFolder folder) => FunctionsApp.StartAsync(
        FunctionsApp.Find(null, _ => null), azurite.ConnectionString, $"Test{Guid.NewGuid():N}", 0, folder.Path, TestContext.Current.CancellationToken);
}
