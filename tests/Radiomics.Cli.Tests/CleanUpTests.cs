using System.Diagnostics;
using Radiomics.Cli.Local;

namespace Radiomics.Cli.Tests;

public sealed class CleanUpTests
{
    [Theory]
    [InlineData("INT", "azurite.js")]
    [InlineData("INT", "RadiomicsFunctions.dll")]
    [InlineData("TERM", "LocalHost.dll")]
    [InlineData("KILL", "LocalHost.dll")]
    [InlineData("KILL", "RadiomicsFunctions.dll")]
    public async Task A_signal_leaves_no_process_and_no_folder_behind(string signal, string started)
    {
        using var temporary = new TemporaryFolder();
        var environment = new Dictionary<string, string> { ["TMPDIR"] = temporary.Path };
        var processes = new MarkedProcesses();
        using var tool = processes.StartTool(environment, "demo", "--json");
        var output = tool.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = tool.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await MarkedProcesses.UntilAsync(
            () => tool.HasExited || processes.Running().Any(command => command.Contains($"{started} ", StringComparison.Ordinal)),
            () => $"The tool hasn't started {started}.");
        Assert.False(tool.HasExited, "The tool ended before it could be stopped.");

        await MarkedProcesses.SignalAsync(signal, tool.Id);
        await tool.WaitForExitAsync(TestContext.Current.CancellationToken);
        await processes.GoneAsync();
        if (signal != "KILL")
        {
            Assert.Equal(130, tool.ExitCode);
            Assert.Contains("\"Interrupted\"", await output);
            Assert.DoesNotContain("   at ", await error);
        }
        else
        {
            // What a killed tool leaves, the next one that needs a folder removes.
            using var study = new TemporaryFolder();
            File.WriteAllText(study.File("1.dcm"), "DICM");
            using var next = processes.StartTool(environment, "submit", study.Path, "--center", "A", "--url", "http://127.0.0.1:1");
            await Task.WhenAll(next.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), next.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
            await next.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.Empty(Directory.GetDirectories(temporary.Path));
    }

    [Fact]
    public async Task Azurite_goes_with_its_data_when_disposed()
    {
        var script = await AzuriteInstallation.EnsureAsync(RepositoryFolders.Tools, _ => { }, TestContext.Current.CancellationToken);
        var folder = Directory.CreateTempSubdirectory("radiomics-").FullName;
        var azurite = await Azurite.StartAsync(script, folder, keep: false, TestContext.Current.CancellationToken);
        var process = azurite.ProcessId;
        using (Process.GetProcessById(process))
        {
            await azurite.DisposeAsync();
        }

        Assert.Throws<ArgumentException>(() => Process.GetProcessById(process));
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task An_emulator_that_is_installed_elsewhere_may_be_named()
    {
        using var folder = new TemporaryFolder();
        var processes = new MarkedProcesses();
        using var tool = processes.StartTool(new Dictionary<string, string> { ["RADIOMICS_AZURITE"] = folder.File("nowhere.js") }, "demo", "--json");
        var error = tool.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        using var output = System.Text.Json.JsonDocument.Parse(await tool.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
        await tool.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal("AzuriteNotInstalled", output.RootElement.GetProperty("error").GetProperty("code").GetString());
        Assert.Contains("nowhere.js", await error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_installed_is_not_installed_again()
    {
        var notes = new List<string>();
        using var tools = new TemporaryFolder();
        Directory.CreateDirectory(tools.File($"azurite-{AzuriteInstallation.Version}"));
        File.WriteAllText(tools.File($"azurite-{AzuriteInstallation.Version}/.installed"), AzuriteInstallation.Version);
        var scripts = await Task.WhenAll(
            AzuriteInstallation.EnsureAsync(tools.Path, notes.Add, TestContext.Current.CancellationToken),
            AzuriteInstallation.EnsureAsync(tools.Path, notes.Add, TestContext.Current.CancellationToken));

        Assert.Equal(scripts[0], scripts[1]);
        Assert.Empty(notes);
    }
}
