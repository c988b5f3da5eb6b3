using System.Globalization;

namespace Benchmarks.Service;

/// <summary>What processes have used, from Linux's <c>/proc</c>.</summary>
internal static class ProcessFigures
{
    // USER_HZ, which the kernel's interface keeps at 100 whatever its own clock is.
    private const double TicksPerSecond = 100;

    /// <summary>A process and all that descend from it.</summary>
    public static IReadOnlyList<int> Tree(int ancestor)
    {
        var parents = Directory.GetDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0)
            .ToLookup(id => Stat(id) is { } stat ? int.Parse(stat[1], CultureInfo.InvariantCulture) : 0);
        return [.. Descend(ancestor)];

        IEnumerable<int> Descend(int id) => parents[id].SelectMany(Descend).Prepend(id);
    }

    /// <summary>Processor seconds, user's and system's, of processes and of their children that have ended.</summary>
    public static double CpuSeconds(IEnumerable<int> processes) => processes
        .Sum(id => Stat(id) is { } stat ? stat[11..15].Sum(ticks => long.Parse(ticks, CultureInfo.InvariantCulture)) / TicksPerSecond : 0);

    /// <summary>Largest resident size that a process has had, in MB.</summary>
    public static double PeakMegabytes(int process) => Megabytes(process, "VmHWM:");

    /// <summary>Resident size of a process now, in MB.</summary>
    public static double ResidentMegabytes(int process) => Megabytes(process, "VmRSS:");

    /// <summary>Starts the peak of a process anew from what it has now.</summary>
    public static void ForgetPeak(int process) => File.WriteAllText($"/proc/{process}/clear_refs", "5");

    private static double Megabytes(int process, string line) => File.ReadLines($"/proc/{process}/status")
        .Where(text => text.StartsWith(line, StringComparison.Ordinal))
        .Sum(text => double.Parse(text.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024);

    /// <summary>The fields of <c>/proc/{id}/stat</c> from the state on, behind the name in parentheses; null if there is no such process.</summary>
    private static string[]? Stat(int id)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{id}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
