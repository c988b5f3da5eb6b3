using System.Globalization;
using Radiomics.Cli.Output;
using Radiomics.Extraction;
using Radiomics.Learning;
using Spectre.Console;

namespace Radiomics.Cli.Stability;

/// <summary>A report for reading: each feature, how many there are of each class, and how it was made.</summary>
internal static class StabilityView
{
    /// <summary>Writes it; with <paramref name="each"/> every feature's line, too.</summary>
    public static void Write(StabilityReport report, Terminal terminal, bool each)
    {
        if (report.Correlations is { } correlations)
        {
            if (each)
            {
                terminal.Show(Table(correlations, report.Request.FormName));
            }

            terminal.Show(Classes(correlations));
        }
        else if (each)
        {
            terminal.Show(Table(report.Dispersions!));
        }

        var request = report.Request;
        var measured = report.Correlations is null
            ? $"{report.Dispersions!.Count} features of one case: dispersion, no ICC, which takes {StabilityRun.LeastCases} cases"
            : $"{report.Correlations.Count} features of {report.Cases} cases: {request.FormName}";
        terminal.WriteLine(
            $"{measured}; {request.Repeats} perturbations {request.Chain.Letters} and the image as it is, seed {request.Seed}; settings {request.Settings.Name} ({request.Settings.ComputeHash()[..12]}…), engine {FeatureExtractor.EngineVersion}");
    }

    private static Table Table(IReadOnlyDictionary<string, FeatureStability> features, string form)
    {
        var table = Columns("feature", form, "95 % interval", "class");
        foreach (var (tag, one) in features)
        {
            table.AddRow(
                Markup.Escape(tag),
                one.Estimate is { } e ? Number(e.Value) : "–",
                one.Estimate is { } interval ? $"{Number(interval.Lower)} to {Number(interval.Upper)}" : "–",
                one.Estimate is { } classed ? StabilityWords.Of(classed.Class) : Markup.Escape(one.Reason!));
        }

        return table;
    }

    private static Table Table(IReadOnlyDictionary<string, FeatureDispersion> features)
    {
        var table = Columns("feature", "value", "quartile coefficient", "range / value", "note");
        foreach (var (tag, one) in features)
        {
            table.AddRow(
                Markup.Escape(tag),
                one.Value?.ToString("G7", CultureInfo.InvariantCulture) ?? "–",
                one.QuartileCoefficient is { } coefficient ? Number(coefficient) : "–",
                one.RelativeRange is { } range ? Number(range) : "–",
                Markup.Escape(one.Reason ?? ""));
        }

        return table;
    }

    private static Table Classes(IReadOnlyDictionary<string, FeatureStability> features)
    {
        var table = Columns("class", "lower end of the interval", "features");
        foreach (var one in (ReadOnlySpan<IccClass>)[IccClass.Excellent, IccClass.Good, IccClass.Moderate, IccClass.Poor])
        {
            table.AddRow(StabilityWords.Of(one), StabilityWords.Bounds(one), features.Values.Count(feature => feature.Estimate?.Class == one).ToString(CultureInfo.InvariantCulture));
        }

        return table.AddRow("none", "constant or undefined", features.Values.Count(feature => feature.Estimate is null).ToString(CultureInfo.InvariantCulture));
    }

    private static Table Columns(params string[] names)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var name in names)
        {
            table.AddColumn(Markup.Escape(name));
        }

        return table;
    }

    private static string Number(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
