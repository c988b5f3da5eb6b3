using Radiomics.Learning;
using Spectre.Console;

namespace Radiomics.Cli.Output;

/// <summary>Shows what was found in a cohort.</summary>
public static class CohortFindings
{
    /// <summary>Writes a summary, and a table of the findings if there are any.</summary>
    /// <param name="report">What was found.</param>
    /// <param name="write">Takes the summary.</param>
    /// <param name="show">Takes the table.</param>
    public static void Write(CohortReport report, Action<string> write, Action<Table> show)
    {
        var covariates = report.Covariates.Count > 0 ? $"; covariates: {string.Join(", ", report.Covariates.Select(Describe))}" : "";
        write(
            $"{report.Studies} studies of {report.Patients} patients, {report.Positives} with the outcome{(report.TestStudies is { } test ? $", {test} held out" : "")}{covariates}");
        if (report.Findings.Count == 0)
        {
            return;
        }

        var table = new Table().Border(TableBorder.Rounded).AddColumns("line", "severity", "code", "what");
        foreach (var finding in report.Findings)
        {
            var line = finding.Line > 0 ? $"{finding.Line}" : "";
            table.AddRow(line, finding.Severity.ToString().ToLowerInvariant(), Markup.Escape(finding.Code), Markup.Escape(finding.Text));
        }

        show(table);
    }

    private static string Describe(CovariateSummary covariate) =>
        covariate.Name + (covariate.Unit is { } unit ? $" ({unit})" : "") + (covariate.Missing > 0 ? $", missing in {covariate.Missing}" : "");
}
