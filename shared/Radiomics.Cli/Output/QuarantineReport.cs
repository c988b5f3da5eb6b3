using System.Globalization;
using Radiomics.Pipeline;
using Spectre.Console;

namespace Radiomics.Cli.Output;

/// <summary>Shows what is in quarantine.</summary>
internal static class QuarantineReport
{
    /// <summary>Writes a table of uploads.</summary>
    public static void Write(Terminal terminal, IReadOnlyList<QuarantineEntry> entries)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("upload", "code", "since", "files", "MB", "state", "remedies");
        foreach (var entry in entries)
        {
            table.AddRow(
                entry.UploadId,
                Markup.Escape(entry.Code),
                entry.Since.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture),
                FormattableString.Invariant($"{entry.Files}"),
                (entry.Bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture),
                entry.State.ToString().ToLowerInvariant(),
                string.Join(", ", entry.Remedies.Select(Word)));
        }

        terminal.Show(table);
    }

    /// <summary>Writes one upload: why, what to do, what has been tried.</summary>
    public static void Write(Terminal terminal, QuarantineEntry entry)
    {
        terminal.WriteLine($"Upload {entry.UploadId} of center {entry.Center}, prediction {entry.PredictionId}: {entry.Code}");
        terminal.WriteLine($"  {entry.Detail}");
        terminal.WriteLine($"  {entry.Advice}");
        foreach (var remedy in entry.Remedies)
        {
            terminal.WriteLine($"  {Sentence(remedy, entry)}");
        }

        foreach (var resubmission in entry.Resubmissions)
        {
            terminal.WriteLine(
                $"  submitted again{(resubmission.Fixed ? ", changed," : "")} for center {resubmission.Center}: {resubmission.PredictionId}{(resubmission.PredictionId == entry.ResolvedBy ? ", which resolved it" : "")}");
        }
    }

    private static string Sentence(QuarantineRemedy remedy, QuarantineEntry entry)
    {
        var (fix, resubmit) = ($"radiomics quarantine fix {entry.UploadId} --center {entry.Center} --out FILE.zip", $"radiomics quarantine resubmit {entry.UploadId} --center {entry.Center}");
        return remedy switch
        {
            QuarantineRemedy.SendAgain => "Ask its sender for the study, as the sentence says.",
            QuarantineRemedy.Resubmit => $"Once what stood in the way is put right: {resubmit}",
            QuarantineRemedy.OtherCenter => $"For the center that was meant: {resubmit} --to CENTER",
            QuarantineRemedy.ReplaceRegion => $"With a region that was drawn since: {fix} --drop-regions --add ROI, then {resubmit} --file FILE.zip",
            QuarantineRemedy.ChooseSeries => $"Without series that aren't to be used: {fix} --drop-series NUMBER, then {resubmit} --file FILE.zip",
            QuarantineRemedy.DropBroken => $"Without files that can't be read: {fix} --drop-broken, then {resubmit} --file FILE.zip",
            QuarantineRemedy.SetFieldStrength => $"With the scanner's field strength, in tesla: {fix} --field-strength 3.0, then {resubmit} --file FILE.zip",
            _ => throw new ArgumentOutOfRangeException(nameof(remedy), remedy, null),
        };
    }

    private static string Word(QuarantineRemedy remedy) => remedy switch
    {
        QuarantineRemedy.SendAgain => "send again",
        QuarantineRemedy.Resubmit => "resubmit",
        QuarantineRemedy.OtherCenter => "other center",
        QuarantineRemedy.ReplaceRegion => "replace region",
        QuarantineRemedy.ChooseSeries => "choose series",
        QuarantineRemedy.DropBroken => "drop broken",
        QuarantineRemedy.SetFieldStrength => "field strength",
        _ => throw new ArgumentOutOfRangeException(nameof(remedy), remedy, null),
    };
}
