using System.Text;
using System.Text.Json;
using Radiomics.Extraction;

namespace Radiomics.Cli.Features;

/// <summary>Features as Markdown: tables that read well on a screen and on a page.</summary>
public static class FeatureReference
{
    /// <summary>A table of some features, its columns aligned.</summary>
    public static string Table(IEnumerable<FeatureEntry> features) => Markdown(
        ["feature", "code", "family", "unit", "section", "name", "PyRadiomics"],
        features.Select(f => new[] { f.Name, f.Code ?? "", FamilyName(f.Family), f.Unit, f.Section ?? "", f.Title, f.PyRadiomics ?? "" }));

    /// <summary>Everything about one feature.</summary>
    public static string Card(FeatureEntry feature)
    {
        var lines = new List<string[]>
        {
            new[] { "IBSI code", feature.Code ?? "none" },
            new[] { "family", FamilyName(feature.Family) },
            new[] { "unit", feature.Unit.Length > 0 ? feature.Unit : "none" },
            new[] { "formula", feature.Formula },
            new[] { "IBSI manual", feature.Section ?? "not defined" },
            new[] { "endings", feature.Endings.Count > 0 ? string.Join(", ", feature.Endings) : "none" },
            new[] { "computed", feature.OnRequest ? "only where it is named" : "with its family" },
            new[] { "PyRadiomics", feature.PyRadiomics ?? "none" },
        };
        if (feature.PyRadiomics is not null)
        {
            lines.Add(["PyRadiomics differs", feature.Difference ?? "not in definition"]);
        }

        return $"# {feature.Name}: {feature.Title}\n\n{Markdown(["", ""], lines)}";
    }

    /// <summary>The reference page in the repository.</summary>
    public static string Page()
    {
        var text = new StringBuilder();
        text.Append("""
            # Features

            Every feature that the engine computes, made from where it is declared, beside its code: `radiomics features list` prints them, `radiomics features show TAG` all of one,
            `radiomics features list --settings NAME` what an extraction gives, in its order. Sections and identifiers are those of the IBSI reference manual (arXiv 1612.07003). *PyRadiomics* names the class and
            feature there; in brackets if [its definition differs](PyRadiomics/README.md#every-difference-from-ibsi). Tags of texture families end in how slices and directions came together.
            Settings choose whole families (`families`) and single features (`features`); what is marked * comes only if `features` names it.

            """);
        foreach (var family in FeatureCatalogue.All.GroupBy(f => f.Family))
        {
            var endings = family.First().Endings;
            text.Append($"\n## {FamilyName(family.Key)}\n\n");
            if (endings.Count > 0)
            {
                text.Append($"Endings: {string.Join(", ", endings.Select(e => $"`{e}`"))}.\n\n");
            }

            text.Append(Markdown(
                ["tag", "code", "name", "unit", "formula", "section", "PyRadiomics"],
                family.Select(f => FeatureEntry.Of(f)).Select(f => new[]
                {
                    $"`{f.Name}`{(f.OnRequest ? "*" : "")}", f.Code ?? "", f.Title, f.Unit, f.Formula, f.Section!,
                    f.PyRadiomics is null ? "" : f.Difference is null ? f.PyRadiomics : $"({f.PyRadiomics})",
                }),
                aligned: false));
        }

        text.Append("\n## Only in PyRadiomics\n\nMarked * if only `featureClass` by name gives it.\n\n");
        text.Append(Markdown(
            ["class", "feature", "unit", "formula"],
            PyRadiomicsFeatures.All.SelectMany(c => c.Features.Where(f => f.Counterpart is null), (c, f) => new[]
            {
                $"`{c.Name}`", $"`{f.Name}`{(f.OnRequest ? "*" : "")}", f.Unit.Text, f.Dropped is { } dropped ? $"computed no more: {dropped}" : f.Formula!,
            }),
            aligned: false));
        return text.ToString();
    }

    /// <summary>A family as settings name it.</summary>
    public static string FamilyName(FeatureFamily family) => JsonNamingPolicy.CamelCase.ConvertName(family.ToString());

    private static string Markdown(string[] header, IEnumerable<string[]> rows, bool aligned = true)
    {
        string[][] cells = [header, .. rows.Select(row => Array.ConvertAll(row, cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))];
        var widths = Enumerable.Range(0, header.Length).Select(i => aligned ? cells.Max(row => row[i].Length) : 0).ToArray();
        var text = new StringBuilder();
        for (var i = 0; i < cells.Length; i++)
        {
            text.Append('|').AppendJoin('|', cells[i].Select((cell, column) => $" {cell.PadRight(widths[column])} ")).Append("|\n");
            if (i == 0)
            {
                text.Append('|').AppendJoin('|', widths.Select(width => new string('-', Math.Max(3, width + 2)))).Append("|\n");
            }
        }

        return text.ToString();
    }
}
