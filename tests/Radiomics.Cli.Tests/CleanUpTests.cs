using System.Diagnostics;
using Radiomics.Cli.Local;

namespace Radiomics.Cli.Tests;

public sealed class CleanUpTests
{
    [Theory]
    [InlineData("INT", 1)]
    [InlineData("INT", 2)]
    [InlineData("TERM", 2)]
    [InlineData("KILL", 1)]
    [InlineData("KILL", 2)]
    public async Task A_signal_leaves_no_process_behind(string signal, int children)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "It looks at processes through /proc.");
        using var tool = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "radiomics.dll"), "demo", "--json"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = tool.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = tool.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var started = new HashSet<int>();
        await ProcessTree.UntilAsync(
            () =>
            {
                started.UnionWith(ProcessTree.Descendants(tool.Id));
                return started.Count(ProcessTree.Runs) >= children || tool.HasExited;
            },
            "The tool started nothing.");
        Assert.False(tool.HasExited, "The tool ended before it could be stopped.");

        using (var kill = Process.Start("kill", [$"-{signal}", $"{tool.Id}"]))
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await tool.WaitForExitAsync(TestContext.Current.CancellationToken);
        await ProcessTree.UntilAsync(() => !started.Any(ProcessTree.Runs), $"Processes are left behind: {string.Join(", ", started.Where(ProcessTree.Runs))}.");
        if (signal != "KILL")
        {
            Assert.Equal(130, tool.ExitCode);
            Assert.Contains("\"Interrupted\"", await output);
            Assert.DoesNotContain("   at ", await error);
        }
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
