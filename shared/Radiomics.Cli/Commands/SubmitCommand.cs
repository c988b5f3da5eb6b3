using System.CommandLine;
using Radiomics.Cli.Client;
using Radiomics.Cli.Local;
using Radiomics.Cli.Output;

namespace Radiomics.Cli.Commands;

/// <summary><c>radiomics submit</c>: sends a study and waits for its prediction.</summary>
public static class SubmitCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandHost host)
    {
        var service = new ServiceOptions(host);
        var path = new Argument<string>("PATH") { Description = "The study: a folder of DICOM files, or a zip of one." };
        var name = new Option<string?>("--name")
        {
            Description = "Blob name below the center; default: the beginning of the content's SHA-256, which says nothing about the patient.",
        };
        var noWait = new Option<bool>("--no-wait") { Description = "Don't wait for the prediction; print its id." };
        var timeout = new Option<int>("--timeout") { Description = "Seconds to wait at most.", DefaultValueFactory = _ => 900 };
        var local = new Option<bool>("--local")
        {
            Description = "Start storage emulator and service for this study only, and stop them afterwards. Done by itself if nothing is configured and nothing answers.",
        };
        var functionsApp = LocalOptions.FunctionsApp();
        var command = new Command(
            "submit",
            "Sends a study in blocks to a storage account (with --url alone, to where the service says) and waits for the prediction, with progress per sequence. Started again, it sends only what is missing.")
        {
            path, service.Center, service.Connection, service.Url, service.Key, name, noWait, timeout, local, functionsApp,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(local) && (result.GetValue(noWait) || result.GetValue(service.Connection) is not null || result.GetValue(service.Url) is not null))
            {
                result.AddError("--local starts a service for this study only: it excludes --no-wait, --connection and --url.");
            }
        });
        host.Handle(command, async (parsed, terminal, cancellation) =>
        {
            var center = parsed.GetRequiredValue(service.Center);
            using var study = await Study.OpenAsync(parsed.GetRequiredValue(path), cancellation);
            var blobName = parsed.GetValue(name) is { } given ? WithExtension(given) : study.DefaultName;
            await using var destination = await FindDestinationAsync(parsed, terminal, cancellation);
            var board = new ProgressBoard(terminal, [$"{center} {study.Sha256[..8]}"]);
            if (parsed.GetValue(noWait) && !destination.IsTemporary)
            {
                var (sent, blob) = await board.RunAsync(() => destination.SendAsync(center, blobName, study, state => board.Set(0, state), cancellation));
                ReportSent(terminal, center, sent, blob);
                return ExitCodes.Ok;
            }

            var status = await board.RunAsync(() => destination.WhileRunningAsync(
                async running =>
                {
                    var (id, _) = await destination.SendAsync(center, blobName, study, state => board.Set(0, state), running);
                    board.Set(0, "sent");
                    return await PredictionWatch.WaitAsync(
                        token => destination.GetAsync(center, id, token),
                        seen => board.Set(0, seen),
                        TimeSpan.FromSeconds(parsed.GetValue(timeout)),
                        running);
                },
                cancellation));
            return PredictionReport.Write(terminal, status);
        });
        return command;

        async Task<SubmitDestination> FindDestinationAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
        {
            if (!parsed.GetValue(local))
            {
                var connection = service.ConnectionString(parsed);
                var named = service.NamedService(parsed);
                if (connection is not null)
                {
                    var account = await StorageAccount.OpenAsync(connection, cancellation);
                    return SubmitDestination.Existing(account, named ?? (account.IsLocal ? await ServiceOptions.LocalServiceAsync(cancellation) : null));
                }

                if (named is not null)
                {
                    return SubmitDestination.Existing(null, named);
                }

                if (await StorageAccount.AnswersAsync(StorageAccount.Development, cancellation)
                    && await ServiceOptions.LocalServiceAsync(cancellation) is { } found)
                {
                    return SubmitDestination.Existing(await StorageAccount.OpenAsync(StorageAccount.Development, cancellation), found);
                }

                terminal.Note("No storage account or service is configured and none answers on this machine: starting both for this study only (--local).");
            }

            var options = new LocalStackOptions { Service = ServiceFiles.Find(parsed.GetValue(functionsApp), host.Variable) };
            return await SubmitDestination.StartAsync(options, terminal.Note, cancellation);
        }
    }

    private static string WithExtension(string name) => name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) ? name : name + ".zip";

    private static void ReportSent(Terminal terminal, string center, string id, string? blob)
    {
        if (terminal.Json)
        {
            terminal.WriteJson(new { id, center, blob });
        }
        else
        {
            terminal.WriteLine(id);
        }
    }
}
