using System.CommandLine;
using Radiomics.Cli.Client;
using Radiomics.Cli.Local;
using Radiomics.Cli.Output;
using Radiomics.Pipeline;

namespace Radiomics.Cli.Commands;

/// <summary><c>radiomics retrain</c>: from a cohort to a center's models, through the running service.</summary>
public static class RetrainCommand
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(500);

    /// <summary>The command.</summary>
    public static Command Create(CommandHost host)
    {
        var service = new ServiceOptions(host);
        var order = new RetrainOptions();
        var noWait = new Option<bool>("--no-wait") { Description = "Don't wait for the models; print the retraining's id." };
        var timeout = new Option<int>("--timeout") { Description = "Seconds to wait at most.", DefaultValueFactory = _ => 6 * 60 * 60 };
        var local = new Option<bool>("--local")
        {
            Description = "Start the service for this command only, on the storage account that --connection or RadiomicsStorage names (else Azurite on its usual ports).",
        };
        var functionsApp = LocalOptions.FunctionsApp();
        var command = new Command(
            "retrain",
            "Trains a center's models from a cohort and shows the candidates, the winner and its card. Ends when a model waits for approval ('radiomics models approve').")
        {
            service.Center, order.Cohort, order.Mapped, order.Fields, order.Promote, order.Protocol, order.Pool, order.Again,
            service.Url, service.Key, service.Connection, noWait, timeout, local, functionsApp,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(local) && (result.GetValue(noWait) || result.GetValue(service.Url) is not null))
            {
                result.AddError("--local starts a service for this command only: it excludes --no-wait and --url.");
            }
        });
        host.Handle(command, async (parsed, terminal, cancellation) =>
        {
            var center = parsed.GetRequiredValue(service.Center);
            var asked = order.Order(parsed);
            await using var running = parsed.GetValue(local)
                ? await LearningService.StartAsync(
                    ServiceFiles.Find(parsed.GetValue(functionsApp), host.Variable), service.ConnectionString(parsed) ?? StorageAccount.Development, cancellation)
                : await LearningService.FindAsync(service, parsed, cancellation);
            var client = running.Of(center);
            if (order.File(parsed) is { } file && !await SendAsync(client, terminal, asked.Cohort!, file, parsed.GetValue(order.Mapped), cancellation))
            {
                return ExitCodes.BadInput;
            }

            var key = parsed.GetValue(order.Again) ? $"{Guid.NewGuid():N}" : null;
            var started = await client.RetrainAsync(asked, key, cancellation);
            if (parsed.GetValue(noWait))
            {
                ReportStarted(terminal, started);
                return ExitCodes.Ok;
            }

            terminal.Note($"Retraining {started.Id}");
            var board = new RetrainingBoard(terminal);
            var patience = TimeSpan.FromSeconds(parsed.GetValue(timeout));
            var status = await board.RunAsync(() => running.WhileRunningAsync(token => WaitAsync(client, started.Id, board, patience, token), cancellation));
            return (await ReportAsync(client, status, cancellation)).Write(terminal);
        });
        return command;
    }

    private static async Task<bool> SendAsync(LearningClient client, Terminal terminal, string name, FileInfo file, bool mapped, CancellationToken cancellation)
    {
        await using var csv = file.OpenRead();
        var (stored, report) = await client.PutCohortAsync(name, csv, mapped, cancellation);
        CohortFindings.Write(report, terminal.Note, terminal.ShowNote);
        if (stored is not null)
        {
            return true;
        }

        terminal.WriteError(new CommandError(ExitCodes.BadInput, "CohortInvalid", "The cohort has errors, and nothing was stored; the findings name the lines."));
        return false;
    }

    private static async Task<RetrainingStatus> WaitAsync(LearningClient client, string id, RetrainingBoard board, TimeSpan timeout, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(timeout);
        try
        {
            while (true)
            {
                var status = await client.GetAsync(id, patience.Token);
                board.Set(status);
                if (status.Status is RetrainingState.Succeeded or RetrainingState.Failed or RetrainingState.WaitingForApproval)
                {
                    return status;
                }

                await Task.Delay(s_interval, patience.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new CommandException(
                ExitCodes.Failed, "TimedOut", $"The retraining {id} isn't through after {timeout.TotalSeconds:F0} s; give the same command again to go on waiting.");
        }
    }

    private static async Task<RetrainingReport> ReportAsync(LearningClient client, RetrainingStatus status, CancellationToken cancellation)
    {
        var versions = status.Record?.Groups.Select(group => group.Model).OfType<TrainedModel>().Select(model => (model.FieldStrength, model.Version))
            ?? status.Progress?.Waiting.Select(model => (model.FieldStrength, model.Version))
            ?? [];
        List<RetrainingReport.MadeModel> models = [];
        foreach (var (fieldStrength, version) in versions)
        {
            models.Add(new(
                fieldStrength,
                version,
                await client.GetCardAsync(fieldStrength, version, cancellation),
                client.CardUrl(fieldStrength, version),
                $"{Containers.Models}/{status.Center}/{fieldStrength}/{version}/card.html"));
        }

        return new RetrainingReport(status, models);
    }

    private static void ReportStarted(Terminal terminal, RetrainingStatus started)
    {
        if (terminal.Json)
        {
            terminal.WriteJson(started);
        }
        else
        {
            terminal.WriteLine(started.Id);
        }
    }
}
