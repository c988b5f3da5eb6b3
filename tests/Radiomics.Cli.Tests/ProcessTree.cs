using System.Diagnostics;
using System.Globalization;

namespace Radiomics.Cli.Tests;

/// <summary>Looks at processes through <c>/proc</c>.</summary>
internal static class ProcessTree
{
    /// <summary>Ids of the processes that descend from one.</summary>
    public static HashSet<int> Descendants(int ancestor)
    {
        var parents = Directory.GetDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0)
            .Select(id => (Id: id, Parent: ParentOf(id)))
            .ToList();
        var found = new HashSet<int> { ancestor };
        while (parents.Any(process => found.Contains(process.Parent) && found.Add(process.Id)))
        {
            // Each round adds one.
        }

        found.Remove(ancestor);
        return found;
    }

    /// <summary>Waits until a condition holds; fails with <paramref name="otherwise"/> if it never does.</summary>
    public static async Task UntilAsync(Func<bool> condition, string otherwise)
    {
        var patience = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(patience.Elapsed < TimeSpan.FromMinutes(2), otherwise);
            await Task.Delay(50);
        }
    }

    /// <summary>Whether a process runs; one that has ended but wasn't collected doesn't.</summary>
    public static bool Runs(int id) => Stat(id) is { } stat && stat[0] is not ("Z" or "X");

    private static int ParentOf(int id) => Stat(id) is { } stat ? int.Parse(stat[1], CultureInfo.InvariantCulture) : 0;

    /// <summary>State and parent from <c>/proc/{id}/stat</c>, behind the name in parentheses.</summary>
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
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }
}
