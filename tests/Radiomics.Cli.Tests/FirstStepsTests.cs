using System.Diagnostics;
using System.Text.Json;

namespace Radiomics.Cli.Tests;

/// <summary>What a copy of the tool, far from the source tree, says where something isn't there that it needs.</summary>
public sealed class FirstStepsTests : IDisposable
{
    private readonly TemporaryFolder _tool = new();
    private readonly TemporaryFolder _path = new();
    private readonly TemporaryFolder _temporary = new();

    public FirstStepsTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "It makes links and a program for a shell.");
        foreach (var entry in Directory.EnumerateFileSystemEntries(AppContext.BaseDirectory))
        {
            var (here, isTool) = (_tool.File(Path.GetFileName(entry)), Path.GetFileName(entry) == "radiomics.dll");
            // The tool's own folder is where its assembly is, not where a link to that leads.
            _ = isTool ? new FileInfo(entry).CopyTo(here) : File.CreateSymbolicLink(here, entry);
        }
    }

    public void Dispose()
    {
        _tool.Dispose();
        _path.Dispose();
        _temporary.Dispose();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("v18.20.4")]
    public async Task Without_a_recent_Node_it_says_where_one_comes_from_and_what_goes_without(string? version)
    {
        Service();
        if (version is not null && !OperatingSystem.IsWindows())
        {
            File.WriteAllText(_path.File("node"), $"#!/bin/sh\necho {version}\n");
            File.SetUnixFileMode(_path.File("node"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        var (code, message) = await DemoAsync();

        Assert.Equal("NodeMissing", code);
        Assert.Contains($"needs Node.js 20 or newer on the PATH; found {version ?? "none"}. Install one (nodejs.org, ", message, StringComparison.Ordinal);
        Assert.Contains("'radiomics serve --connection …'", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("host", "ServiceHostMissing")]
    [InlineData("functions", "FunctionsAppMissing")]
    public async Task Without_a_part_of_it_it_says_how_all_of_it_comes_there(string part, string expected)
    {
        Service();
        Directory.Delete(_tool.File(part), recursive: true);

        var (code, message) = await DemoAsync();

        Assert.Equal(expected, code);
        Assert.Contains($" isn't at {_tool.File(part)}", message, StringComparison.Ordinal);
        Assert.Contains("install it again (dotnet tool update --global RadiomicsFunctions.Tool)", message, StringComparison.Ordinal);
    }

    /// <summary>As it is published: host and app beside it.</summary>
    private void Service()
    {
        Directory.CreateDirectory(_tool.File("functions"));
        Directory.CreateDirectory(_tool.File("host"));
        File.WriteAllText(_tool.File("host/LocalHost.dll"), "");
    }

    private async Task<(string? Code, string Message)> DemoAsync()
    {
        var start = new ProcessStartInfo("dotnet", [_tool.File("radiomics.dll"), "demo", "--json"])
        {
            Environment = { ["PATH"] = _path.Path, ["TMPDIR"] = _temporary.Path, ["XDG_DATA_HOME"] = _temporary.Path, ["RADIOMICS_HOST"] = null, ["RADIOMICS_FUNCTIONS_APP"] = null },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var tool = Process.Start(start)!;
        var message = tool.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        using var output = JsonDocument.Parse(await tool.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
        await tool.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, tool.ExitCode);
        Assert.Empty(Directory.GetDirectories(_temporary.Path));
        return (output.RootElement.GetProperty("error").GetProperty("code").GetString(), await message);
    }
}
