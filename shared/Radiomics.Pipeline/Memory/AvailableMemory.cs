using System.Globalization;

namespace Radiomics.Pipeline;

/// <summary>Memory that a process may still take.</summary>
public static class AvailableMemory
{
    private const string OfLinux = "/proc/meminfo";

    /// <summary>Bytes: what the machine has free, or what the process's own limit (its container's) leaves it, if that is less.</summary>
    public static long Bytes()
    {
        var info = GC.GetGCMemoryInfo(GCKind.Any);
        var limit = info.TotalAvailableMemoryBytes > 0 ? info.TotalAvailableMemoryBytes - Environment.WorkingSet : long.MaxValue;
        return Math.Min(limit, OperatingSystem.IsLinux() ? OfMachine() : info.TotalAvailableMemoryBytes - info.MemoryLoadBytes);
    }

    /// <summary>What Linux says that can be had without swapping; a collection's own figure is as old as the collection.</summary>
    private static long OfMachine()
    {
        foreach (var line in File.ReadLines(OfLinux))
        {
            if (line.StartsWith("MemAvailable:", StringComparison.Ordinal))
            {
                return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
            }
        }

        return long.MaxValue;
    }
}
