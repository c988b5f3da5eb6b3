using System.Globalization;

namespace Benchmarks.Load;

/// <summary>What is sent to what.</summary>
/// <param name="Studies">How many, at once.</param>
/// <param name="Hosts">How many hosts on one storage account; a run for each.</param>
/// <param name="Full">Studies of 4 sequences of 320 × 320 × 72 voxels instead of 64 × 64 × 24.</param>
/// <param name="Before">How many studies' worth of blobs lie there already.</param>
/// <param name="Write">Whether the figures go into the data file, and its table into the page.</param>
/// <param name="Detail">Whether it tells of all requests, by what they ask for.</param>
/// <param name="Table">Whether nothing is measured and the data file's table is printed.</param>
internal sealed record LoadOptions(int Studies, IReadOnlyList<int> Hosts, bool Full, int Before, bool Write, bool Detail, bool Table)
{
    /// <summary>How it is called.</summary>
    public const string Usage = """
        load [--studies 200] [--hosts 1,2] [--size small|full] [--before 0] [--write] [--detail]
        load --table [--write]
          --before N   with N studies' worth of blobs there already
          --write      figures into infra-bicep/cost/load.json, their table into tests/EndToEnd.Tests/README.md
          --detail     says on standard error what is asked of storage, by what it asks for
          --table      measures nothing: the table of what is in that file
        """;

    /// <summary>Reads the arguments; null if they are none of <see cref="Usage"/>.</summary>
    public static LoadOptions? TryParse(IReadOnlyList<string> args)
    {
        var options = new LoadOptions(200, [1, 2], false, 0, false, false, false);
        for (var i = 0; i < args.Count; i++)
        {
            var value = args.ElementAtOrDefault(i + 1) ?? "";
            switch (args[i])
            {
                case "--write":
                    options = options with { Write = true };
                    continue;
                case "--detail":
                    options = options with { Detail = true };
                    continue;
                case "--table":
                    options = options with { Table = true };
                    continue;
                case "--studies" when Number(value) is >= 2 and var studies:
                    options = options with { Studies = studies };
                    break;
                case "--hosts" when value.Split(',').Select(Number).ToList() is var hosts && hosts.TrueForAll(number => number >= 1):
                    options = options with { Hosts = hosts };
                    break;
                case "--size" when value is "small" or "full":
                    options = options with { Full = value == "full" };
                    break;
                case "--before" when Number(value) is >= 0 and var before:
                    options = options with { Before = before };
                    break;
                default:
                    return null;
            }

            i++;
        }

        return options;
    }

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
