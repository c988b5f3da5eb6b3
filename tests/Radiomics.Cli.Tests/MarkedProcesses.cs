using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Radiomics.Cli.Tests;

/// <summary>All processes that a program has started, and those that they have, however they are related by now: they inherit a mark. Needs <c>/proc</c>.</summary>
internal sealed class MarkedProcesses
{
    private const string Variable = "RADIOMICS_TEST_MARK";

    private readonly string _mark = $"{Guid.NewGuid():N}";

    /// <summary>Starts the tool as a user does.</summary>
    public Process StartTool(params string[] arguments) => StartTool([], arguments);

    /// <summary>Starts the tool with variables of its own.</summary>
    public Process StartTool(Dictionary<string, string> environment, params string[] arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "It looks at processes through /proc.");
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "radiomics.dll"), .. arguments])
        {
            Environment = { [Variable] = _mark },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>The command lines of those that run.</summary>
    public IReadOnlyList<string> Running() =>
        [.. Directory.GetDirectories("/proc")
            .Where(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out _))
            .Where(folder => Read(folder, "environ").Split('\0').Contains($"{Variable}={_mark}"))
            .Select(folder => Read(folder, "cmdline").Replace('\0', ' '))];

    /// <summary>Sends a signal to a process, e.g. <c>TERM</c>.</summary>
    public static async Task SignalAsync(string signal, int process)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Waits until a condition holds; fails with <paramref name="otherwise"/> if it never does.</summary>
    public static async Task UntilAsync(Func<bool> condition, Func<string> otherwise)
    {
        var patience = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(patience.Elapsed < TimeSpan.FromMinutes(2), otherwise());
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits until none of them runs.</summary>
    public Task GoneAsync() => UntilAsync(() => Running().Count == 0, () => $"Processes are left behind: {string.Join(", ", Running())}.");

    /// <summary>Empty for a process that has ended, or isn't ours.</summary>
    private static string Read(string folder, string file)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(folder, file)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
