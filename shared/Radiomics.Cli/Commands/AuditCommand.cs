using System.CommandLine;
using Radiomics.Cli.Client;
using Radiomics.Cli.Output;
using Radiomics.Pipeline;

namespace Radiomics.Cli.Commands;

/// <summary><c>radiomics audit</c>: checks a center's audit trail.</summary>
public static class AuditCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandHost host) => new("audit", "Checks audit trails.") { CreateVerify(host) };

    private static Command CreateVerify(CommandHost host)
    {
        var service = new ServiceOptions(host);
        var command = new Command("verify", "Walks a center's hash chain and says whether it is intact, or where it breaks.")
        {
            service.Center, service.Connection,
        };
        host.Handle(command, async (parsed, terminal, cancellation) =>
        {
            var center = parsed.GetRequiredValue(service.Center);
            var account = await StorageAccount.OpenAsync(service.ConnectionString(parsed) ?? StorageAccount.Development, cancellation);
            var found = await new AuditTrail(account.Store, TimeProvider.System).VerifyAsync(center, cancellation);
            if (found is { Intact: true, Events: 0 })
            {
                throw new CommandException(ExitCodes.BadInput, "NoAuditTrail", $"There is no audit event of center '{center}' in this storage account.");
            }

            if (terminal.Json)
            {
                terminal.WriteJson(found);
            }
            else
            {
                terminal.WriteLine(found.BrokenAt is { } at
                    ? $"{center}: BROKEN at audit/{at.Blob}, line {at.Line}: {at.Reason} ({found.Events} events before it are intact)"
                    : $"{center}: intact, {found.Events} events");
            }

            return found.Intact ? ExitCodes.Ok : ExitCodes.Failed;
        });
        return command;
    }
}
