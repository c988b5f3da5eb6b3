using System.CommandLine;
using System.Globalization;
using Radiomics.Cli.Client;
using Radiomics.Cli.Local;
using Radiomics.Cli.Output;
using Radiomics.Pipeline;
using Spectre.Console;

namespace Radiomics.Cli.Commands;

/// <summary><c>radiomics replay</c>: an old prediction, computed again.</summary>
public static class ReplayCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandHost host)
    {
        var service = new ServiceOptions(host);
        var id = new Argument<string>("ID") { Description = "The prediction's id." };
        var fromUpload = new Option<bool>("--from-upload")
        {
            Description = "Read the upload again, too, and compare the volumes. Needs the upload, and the service's UID key: the setting Radiomics__UidKey, else this user's key file.",
        };
        var command = new Command(
            "replay",
            "Computes a prediction again from what is stored of its study, with the engine, settings and model that its record names, and shows whether the result is the same byte by byte. Writes nothing but an audit event.")
        {
            id, service.Center, fromUpload, service.Connection,
        };
        host.Handle(command, async (parsed, terminal, cancellation) =>
        {
            var account = await StorageAccount.OpenAsync(service.ConnectionString(parsed) ?? StorageAccount.Development, cancellation);
            using var trail = ServiceAudit.Trail(host, account);
            var replay = new PredictionReplay(account.Store, new PredictionStore(account.Store), trail);
            var upload = parsed.GetValue(fromUpload)
                ? new UploadReplay(new UploadStore(account.Store), new UploadReader(account.Store, TemporaryFiles.Storage, new RadiomicsOptions()), TemporaryFiles.Storage, ServiceKey.Find(host))
                : null;
            var report = await replay.RunAsync(parsed.GetRequiredValue(service.Center), parsed.GetRequiredValue(id), StorageAccount.Actor, upload, cancellation);
            return Report(terminal, report);
        });
        return command;
    }

    private static int Report(Terminal terminal, ReplayReport report)
    {
        if (terminal.Json)
        {
            terminal.WriteJson(report);
        }
        else
        {
            terminal.Show(Table(report));
        }

        if (report.Same)
        {
            terminal.Note("The same, byte by byte.");
            return ExitCodes.Ok;
        }

        terminal.WriteErrorLine("ReplayDiffers", "The prediction, computed again, isn't what is stored.");
        return ExitCodes.Failed;
    }

    private static Table Table(ReplayReport report)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("", "stored", "replayed", "");
        void Row(string what, string? stored, string? replayed, bool same) =>
            table.AddRow(Markup.Escape(what), Markup.Escape(stored ?? "none"), Markup.Escape(replayed ?? "none"), same ? "same" : "DIFFERS");

        foreach (var sequence in report.Sequences)
        {
            Row($"features of {sequence.Name}", sequence.Sha256, sequence.ReplayedSha256 ?? sequence.Error, sequence.Same);
            if (sequence.LargestDifference is { } largest)
            {
                Row($"  most: {largest.Feature}", Number(largest.Stored), Number(largest.Replayed), same: false);
            }

            if (sequence.Stored is StoredFeatureState.Gone or StoredFeatureState.Altered)
            {
                Row("  in storage", sequence.Stored == StoredFeatureState.Gone ? "gone; compared by its digest" : "altered", "", sequence.Stored == StoredFeatureState.Gone);
            }
        }

        if (report.ModelVersion is not null)
        {
            Row("probability", Number(report.Probability), Number(report.ReplayedProbability), report.Probability == report.ReplayedProbability);
        }

        Row("record", report.RecordSha256, report.ReplayedRecordSha256, report.RecordDifferences.Count == 0);
        foreach (var path in report.RecordDifferences.Where(path => path.Length > 0))
        {
            Row($"  {path}", "", "", same: false);
        }

        if (report.Ingest is { } ingest)
        {
            Row("volumes and regions", FormattableString.Invariant($"{ingest.Volumes + ingest.Differing.Count}"), FormattableString.Invariant($"{ingest.Volumes} with the same bytes"), ingest.Differing.Count == 0);
            foreach (var name in ingest.Differing)
            {
                Row($"  {name}", "", "", same: false);
            }

            Row("manifest", "", "", ingest.ManifestSame);
        }

        return table.Caption(Markup.Escape($"engine {report.EngineVersion}, model {report.ModelVersion ?? "none"}, profile {report.ProfileSha256[..12]}…"));
    }

    private static string? Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture);
}
