using System.Globalization;
using Radiomics.Cli.Output;
using Spectre.Console;

namespace Radiomics.Cli.Conformance;

/// <summary>A report for reading, on the screen and as the Markdown of the documentation.</summary>
internal static class ConformanceTable
{
    public static void Write(ConformanceReport report, Terminal terminal)
    {
        foreach (var part in report.Groups.GroupBy(g => g.Part))
        {
            var table = new Table().Border(TableBorder.Rounded).AddColumn(Markup.Escape(part.Key));
            foreach (var title in (string[])[Counted(part.Key), "within", "worst, of its tolerance"])
            {
                table.AddColumn(new TableColumn(title).RightAligned());
            }

            foreach (var group in part.Where(g => g.Missing is null))
            {
                var within = Number(group.Within);
                table.AddRow(Markup.Escape(group.Name), Number(group.Compared), group.Conforms ? within : $"[red]{within}[/]", Markup.Escape(Worst(group)));
            }

            if (table.Rows.Count > 0)
            {
                terminal.Show(table);
            }
        }

        foreach (var sentence in report.Groups.SelectMany(g => g.Outside))
        {
            terminal.WriteLine(sentence);
        }

        foreach (var missing in report.Groups.Where(g => g.Missing is not null).GroupBy(g => g.Missing))
        {
            terminal.WriteLine($"Not compared: {missing.Key} ({string.Join(", ", missing.Select(g => $"{g.Part} {g.Name}"))})");
        }

        terminal.WriteLine(Summary(report));
    }

    /// <summary>The documentation's tables.</summary>
    public static string Markdown(ConformanceReport report)
    {
        var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        text.WriteLine(Summary(report));
        foreach (var part in report.Groups.GroupBy(g => g.Part))
        {
            text.WriteLine();
            text.WriteLine($"| {part.Key} | {Counted(part.Key)} | within | worst, of its tolerance |");
            text.WriteLine("|---|---|---|---|");
            foreach (var group in part)
            {
                text.WriteLine($"| {group.Name} | {Number(group.Compared)} | {Number(group.Within)} | {Worst(group)} |");
            }
        }

        return text.ToString();
    }

    private static string Summary(ConformanceReport report) => string.Create(
        CultureInfo.InvariantCulture,
        $"Engine {report.EngineVersion}: {report.ValuesWithin:N0} of {report.Values:N0} reference values and {report.MapsWithin} of {report.Maps} response maps are within their tolerances.");

    private static string Counted(string part) => part == ConformanceRun.ResponseMaps ? "voxels" : "values";

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Worst(ConformanceGroup group) => group.Worst switch
    {
        null => "",
        { Tolerances: null } worst => $"outside ({worst.Of})",
        { Tolerances: 0 } => "exact",
        { Tolerances: { } tolerances } worst => string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(100 * tolerances):0} % ({worst.Of})"),
    };
}
