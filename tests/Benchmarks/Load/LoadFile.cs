using System.Text.Json;
using System.Text.RegularExpressions;
using Radiomics.Cli.Local;
using Radiomics.Extraction;

namespace Benchmarks.Load;

/// <summary>The figures that are kept, of which <c>infra-bicep/cost</c> makes prices, and the page that shows them.</summary>
internal static partial class LoadFile
{
    private static readonly string s_root = RepositoryFolders.Root ?? throw new InvalidOperationException("These benchmarks run in the source tree.");
    private static readonly string s_figures = Path.Combine(s_root, "infra-bicep", "cost", "load.json");
    private static readonly string s_page = Path.Combine(s_root, "tests", "EndToEnd.Tests", "README.md");

    /// <summary>The runs in it, in the order of the table.</summary>
    public static IReadOnlyList<LoadRun> Read() =>
        File.Exists(s_figures) ? JsonSerializer.Deserialize<Content>(File.ReadAllText(s_figures), RadiomicsJson.Options)!.Runs : [];

    /// <summary>Puts a run in the place of the one that was like it.</summary>
    public static void Keep(LoadRun run)
    {
        var others = Read().Where(other => (other.Size, other.Hosts, other.Before) != (run.Size, run.Hosts, run.Before));
        var content = new Content(
            "What 'tests/Benchmarks -- load' measured, which tells how (tests/EndToEnd.Tests/README.md). It writes this file: requests and amounts are those of a study, or of an idle minute of all hosts.",
            [.. others.Append(run).OrderByDescending(one => one.Size, StringComparer.Ordinal).ThenBy(one => one.Before).ThenBy(one => one.Hosts)]);
        File.WriteAllText(s_figures, JsonSerializer.Serialize(content, RadiomicsJson.Indented) + "\n");
    }

    /// <summary>Puts the table into the page.</summary>
    public static void Show(string table)
    {
        var page = File.ReadAllText(s_page);
        File.WriteAllText(s_page, Section().Replace(page, match => $"{match.Groups[1].Value}\n{table.Trim()}\n\n{match.Groups[2].Value}"));
    }

    [GeneratedRegex("(<!-- load -->\n).*(<!-- end of load -->)", RegexOptions.Singleline)]
    private static partial Regex Section();

    private sealed record Content(string About, IReadOnlyList<LoadRun> Runs);
}
