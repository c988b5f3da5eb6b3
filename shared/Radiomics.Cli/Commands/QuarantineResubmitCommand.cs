using System.CommandLine;
using Radiomics.Cli.Client;
using Radiomics.Cli.Output;
using Radiomics.Pipeline;

namespace Radiomics.Cli.Commands;

/// <summary><c>radiomics quarantine resubmit</c>: one more try with an upload that could not be used.</summary>
internal static class QuarantineResubmitCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandHost host)
    {
        var service = new ServiceOptions(host);
        var upload = QuarantineCommand.Upload();
        var to = new Option<string?>("--to") { Description = "The center that was meant, if not the one that it came for.", HelpName = "CENTER" };
        var file = new Option<string?>("--file") { Description = "A zip to send in its place, as fix makes it.", HelpName = "FILE" };
        var noWait = new Option<bool>("--no-wait") { Description = "Don't wait for the prediction; print its id." };
        var timeout = new Option<int>("--timeout") { Description = "Seconds to wait at most.", DefaultValueFactory = _ => 900 };
        var command = new Command("resubmit", "Sends an upload again, as it is or fixed, as an upload of its own, and waits for its prediction. Once that succeeds, what lies in quarantine is marked as resolved; it stays until its period is over.")
        {
            upload, service.Center, to, file, noWait, timeout, service.Url, service.Key, service.Connection,
        };
        host.Handle(command, async (parsed, terminal, cancellation) =>
        {
            using var desk = await QuarantineAccess.OpenAsync(host, service, parsed, cancellation);
            var entry = await desk.Desk.GetAsync(parsed.GetRequiredValue(service.Center), parsed.GetRequiredValue(upload), cancellation);
            var repaired = parsed.GetValue(file) is { } path ? Existing(path) : null;
            var resubmission = await desk.Desk.ResubmitAsync(entry, parsed.GetValue(to), repaired, StorageAccount.Actor, cancellation);
            if (parsed.GetValue(noWait))
            {
                Report(terminal, resubmission);
                return ExitCodes.Ok;
            }

            terminal.Note($"Prediction {resubmission.PredictionId}");
            var client = service.NamedService(parsed) ?? (desk.Account.IsLocal ? await ServiceOptions.LocalServiceAsync(cancellation) : null);
            await using var destination = SubmitDestination.Existing(desk.Account, client);
            var board = new ProgressBoard(terminal, [$"{resubmission.Center} {resubmission.UploadId[..8]}"]);
            board.Set(0, "sent");
            var status = await board.RunAsync(() => PredictionWatch.WaitAsync(
                token => destination.GetAsync(resubmission.Center, resubmission.PredictionId, token), seen => board.Set(0, seen), TimeSpan.FromSeconds(parsed.GetValue(timeout)), cancellation));
            return Output.PredictionReport.Write(terminal, status);
        });
        return command;
    }

    private static FileInfo Existing(string path) =>
        File.Exists(path) ? new FileInfo(path) : throw new CommandException(ExitCodes.BadInput, "FileNotFound", $"There is no file '{path}'.");

    private static void Report(Terminal terminal, Resubmission resubmission)
    {
        if (terminal.Json)
        {
            terminal.WriteJson(resubmission);
        }
        else
        {
            terminal.WriteLine(resubmission.PredictionId);
        }
    }
}
