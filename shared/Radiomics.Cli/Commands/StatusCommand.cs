using System.CommandLine;
using Radiomics.Cli.Client;
using Radiomics.Cli.Output;

namespace Radiomics.Cli.Commands;

/// <summary><c>radiomics status</c>: what became of a prediction.</summary>
public static class StatusCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandHost host)
    {
        var service = new ServiceOptions(host);
        var id = new Argument<string>("ID") { Description = "The prediction's id, as submit gives it." };
        var command = new Command("status", "Shows a prediction: how far it is, its result, or why there is none.")
        {
            id, service.Center, service.Url, service.Key, service.Connection,
        };
        host.Handle(command, async (parsed, terminal, cancellation) =>
        {
            var (center, prediction) = (parsed.GetRequiredValue(service.Center), parsed.GetRequiredValue(id));
            var connection = service.ConnectionString(parsed);
            using var client = service.NamedService(parsed) ?? (connection is null ? await ServiceOptions.LocalServiceAsync(cancellation) : null);
            var status = client is not null
                ? await client.GetAsync(center, prediction, cancellation)
                : await ReadAsync(host, terminal, connection ?? StorageAccount.Development, center, prediction, cancellation);
            return PredictionReport.Write(
                terminal,
                status ?? throw new CommandException(
                    ExitCodes.BadInput,
                    "PredictionNotFound",
                    client is null
                        ? "There is no finished prediction of this id for this center; one that is under way is known to the service only (--url)."
                        : "The service knows no prediction of this id for this center."));
        });
        return command;
    }

    // Past the service, which else writes down who reads.
    private static async Task<Pipeline.PredictionStatus?> ReadAsync(CommandHost host, Terminal terminal, string connection, string center, string id, CancellationToken cancellation)
    {
        var account = await StorageAccount.OpenAsync(connection, cancellation);
        var status = await account.GetAsync(center, id, cancellation);
        if (status is not null)
        {
            await ServiceAudit.NoteReadAsync(host, terminal, account, status.Center, "prediction", id, cancellation);
        }

        return status;
    }
}
