using System.Globalization;
using Radiomics.Cli.Output;
using Radiomics.Learning;
using Spectre.Console;

namespace Radiomics.Cli.Experiment;

/// <summary>The result for people: the paper's table, synthetic and published rows side by side, then candidates and scopes.</summary>
internal static class PaperTable
{
    /// <summary>Writes it.</summary>
    public static void Write(Terminal terminal, PaperResult result)
    {
        terminal.WriteLine($"SYNTHETIC: {result.Patients} simulated patients (seed {result.Seed}, {result.Size}³ voxels, settings {result.Settings}). PUBLISHED: {result.PublishedSource}, real patients.");
        terminal.WriteLine("The two are not comparable in their numbers; winners follow the protocol files, not the paper.");
        terminal.Show(Winners(result));
        terminal.Show(Candidates(result));
        if (result.Groups.Any(group => group.Scopes.Count > 0))
        {
            terminal.Show(Scopes(result));
        }
    }

    private static Table Winners(PaperResult result)
    {
        var table = new Table().Border(TableBorder.Rounded).Title("Best sequence by center and field strength")
            .AddColumns("center, field", "", "best sequence", "train AUC / acc / sens / spec", "cross-validated AUC", "test AUC / acc / sens / spec");
        foreach (var group in result.Groups)
        {
            table.AddRow(
                $"{group.Center}, {Field(group.FieldStrength)}",
                "synthetic",
                $"{group.Winner} ({group.WinnerLearner})",
                Part(group.Train),
                $"{Number(group.WinnerCvAuc)}; corrected for choosing {Number(group.SelectionCorrectedAuc)}",
                Part(group.Test));
            if (group.Published is { } published)
            {
                table.AddRow("", "published", published.Sequence, Part(published.Train), "", Part(published.Test));
            }
        }

        return table;
    }

    private static Table Candidates(PaperResult result)
    {
        var table = new Table().Border(TableBorder.Rounded).Title("Cross-validated AUC of the candidates (synthetic)");
        table.AddColumns(["center, field", "learner", "reads", .. GroupFeatures.Sequences]);
        foreach (var group in result.Groups)
        {
            foreach (var kind in group.Candidates.GroupBy(candidate => (candidate.FeatureSet, candidate.Learner)).OrderBy(kind => kind.Key))
            {
                table.AddRow(
                [
                    $"{group.Center}, {Field(group.FieldStrength)}",
                    kind.Key.Learner.ToString(),
                    kind.Key.FeatureSet.ToString(),
                    .. GroupFeatures.Sequences.Select(sequence => kind.FirstOrDefault(c => c.Sequence == sequence) is { CvAuc: { } auc } ? Number(auc) : "skipped"),
                ]);
            }
        }

        return table.Caption(Markup.Escape(string.Join(" ", result.Groups.SelectMany(g => g.Candidates).Select(c => c.Skipped).OfType<string>().Distinct())));
    }

    private static Table Scopes(PaperResult result)
    {
        var table = new Table().Border(TableBorder.Rounded).Title("Would other scanners' patients have helped? (synthetic, the winner's kind of model)")
            .AddColumns("center, field", "trained on", "cross-validated AUC", "95 % interval", "p against center");
        foreach (var group in result.Groups)
        {
            foreach (var scope in group.Scopes)
            {
                table.AddRow(
                    $"{group.Center}, {Field(group.FieldStrength)}",
                    scope.Scope,
                    Number(scope.CvAuc),
                    $"{Number(scope.Interval.Low)} to {Number(scope.Interval.High)}",
                    scope.P is { } p ? Number(p) : "");
            }
        }

        return table;
    }

    private static string Part(PaperPart? part) =>
        part is null ? "" : $"{Number(part.Auc)} / {Number(part.Accuracy)} / {Number(part.Sensitivity)} / {Number(part.Specificity)}";

    private static string Part(PublishedPart part) =>
        $"{Number(part.Auc)} / {Number(part.Accuracy)} / {Number(part.Sensitivity)} / {Number(part.Specificity)}";

    private static string Field(string fieldStrength) => fieldStrength.Replace("T", " T", StringComparison.Ordinal);

    private static string Number(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
