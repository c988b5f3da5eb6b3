using System.Globalization;
using Radiomics.Cli.Output;
using Spectre.Console;

namespace Radiomics.Cli.Extract;

/// <summary>A report for reading: a table for each image and family, in columns that still make sense with a thousand features.</summary>
internal static class ExtractionTable
{
    public static void Write(ExtractionReport report, Terminal terminal)
    {
        var tags = report.Sequences.SelectMany(s => s.Vector.Features.Keys).Distinct().Order(StringComparer.Ordinal);
        foreach (var group in tags.GroupBy(Group).OrderBy(g => g.Key.Filter, StringComparer.Ordinal))
        {
            var table = new Table().Border(TableBorder.Rounded).AddColumn(Markup.Escape(Title(group.Key)));
            foreach (var sequence in report.Sequences)
            {
                table.AddColumn(new TableColumn(Markup.Escape(sequence.Name)).RightAligned());
            }

            foreach (var tag in group)
            {
                table.AddRow([Markup.Escape(tag[group.Key.Filter.Length..]), .. report.Sequences.Select(s => Number(s.Vector.Features.GetValueOrDefault(tag)))]);
            }

            terminal.Show(table);
        }

        foreach (var (tag, reason) in report.Sequences.SelectMany(s => s.Vector.Undefined).DistinctBy(u => u.Key))
        {
            terminal.WriteLine($"{tag} is undefined: {reason}");
        }

        var vector = report.Sequences[0].Vector;
        terminal.WriteLine($"{vector.Features.Count} {(vector.Features.Count == 1 ? "feature" : "features")}; settings {vector.Settings.Name} ({vector.SettingsHash[..12]}…), engine {vector.EngineVersion}");
    }

    /// <summary>A tag's filter (<c>log_s3.0mm__</c>, or nothing) and family (<c>cm_</c>).</summary>
    private static (string Filter, string Family) Group(string tag)
    {
        var filter = tag.IndexOf("__", StringComparison.Ordinal) is >= 0 and var at ? tag[..(at + 2)] : "";
        var rest = tag.AsSpan(filter.Length);
        return (filter, rest.IndexOf('_') is >= 0 and var end ? rest[..(end + 1)].ToString() : "");
    }

    private static string Title((string Filter, string Family) group)
    {
        var family = group.Family switch
        {
            "morph_" => "morphology",
            "loc_" => "local intensity",
            "stat_" => "statistics",
            "ih_" => "histogram",
            "ivh_" => "intensity-volume histogram",
            "cm_" => "co-occurrence (GLCM)",
            "rlm_" => "run lengths (GLRLM)",
            "szm_" => "size zones (GLSZM)",
            "dzm_" => "distance zones (GLDZM)",
            "ngt_" => "neighbourhood differences (NGTDM)",
            "ngl_" => "neighbour dependence (NGLDM)",
            _ => "features",
        };
        return group.Filter.Length == 0 ? family : $"{group.Filter.TrimEnd('_')}: {family}";
    }

    private static string Number(double? value) => value?.ToString("G7", CultureInfo.InvariantCulture) ?? "–";
}
