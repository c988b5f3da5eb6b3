using System.Net;

namespace Radiomics.Cli.Tests;

/// <summary>What a new user does first.</summary>
public sealed class DemoTests
{
    [Fact]
    public async Task Asked_to_open_it_ends_with_the_consoles_address_which_the_desktop_is_given_and_which_answers()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Its shell can't be stood in for.");
        using var folder = new TemporaryFolder();
        var opener = folder.File("xdg-open");
        await File.WriteAllTextAsync(opener, $"#!/bin/sh\nprintf %s \"$1\" > '{folder.File("shown")}'\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(opener, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        var processes = new MarkedProcesses();
        using var tool = processes.StartTool(
            new Dictionary<string, string> { ["DISPLAY"] = ":0", ["PATH"] = $"{Path.GetDirectoryName(opener)}:{Environment.GetEnvironmentVariable("PATH")}" }, "demo", "--open");
        var output = tool.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(10));
        var last = "";
        while (!last.StartsWith("Console: ", StringComparison.Ordinal) && await tool.StandardError.ReadLineAsync(patience.Token) is { } line)
        {
            last = line;
        }

        var address = last["Console: ".Length..];
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(handler);
        using var home = await http.GetAsync(address, TestContext.Current.CancellationToken);
        await MarkedProcesses.UntilAsync(() => File.Exists(folder.File("shown")) && File.ReadAllText(folder.File("shown")).Length > 0, () => "Nothing was opened.");
        await MarkedProcesses.SignalAsync("INT", tool.Id);
        var rest = await tool.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await tool.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.SeeOther, "/centers/A/studies"), (home.StatusCode, home.Headers.Location?.OriginalString));
        Assert.Equal(address, await File.ReadAllTextAsync(folder.File("shown"), TestContext.Current.CancellationToken));
        Assert.Equal("", rest.Trim());
        Assert.Contains("positive", await output, StringComparison.Ordinal);
        await processes.GoneAsync();
    }
}
