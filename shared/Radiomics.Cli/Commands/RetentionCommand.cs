using System.CommandLine;
using System.Globalization;
using Radiomics.Cli.Client;
using Radiomics.Cli.Output;
using Radiomics.Pipeline;

namespace Radiomics.Cli.Commands;

/// <summary><c>radiomics retention</c>: what is kept whatever the periods say.</summary>
public static class RetentionCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandHost host) => new("retention", "Keeps studies, predictions and uploads whatever the periods say, by an event in the audit trail.")
    {
        CreateMove(host, "hold", "Keeps a thing, with what was made of it, until it is released.", (holds, center, thing, name, reason) => holds.PlaceAsync(center, thing, name, reason, StorageAccount.Actor)),
        CreateMove(host, "release", "Lets go of a thing that is held.", (holds, center, thing, name, reason) => holds.ReleaseAsync(center, thing, name, reason, StorageAccount.Actor)),
        CreateList(host),
    };

    private static Command CreateMove(CommandHost host, string verb, string description, Func<Holds, string, HeldThing, string, string, Task> move)
    {
        var service = new ServiceOptions(host);
        var thing = new Argument<string>("ID") { Description = "A study by its mapped UID (2.25.…), a prediction (p-…) or an upload." };
        var (name, reason) = ModelPointerCommands.Signature();
        var command = new Command(verb, description) { thing, service.Center, name, reason, service.Connection };
        host.Handle(command, async (parsed, terminal, cancellation) =>
        {
            var (holds, center) = (await HoldsAsync(host, service, parsed, cancellation), parsed.GetRequiredValue(service.Center));
            await move(holds, center, HeldThing.Parse(parsed.GetRequiredValue(thing)), parsed.GetRequiredValue(name), parsed.GetRequiredValue(reason));
            return await ReportAsync(terminal, holds, center, cancellation);
        });
        return command;
    }

    private static Command CreateList(CommandHost host)
    {
        var service = new ServiceOptions(host);
        var command = new Command("list", "Shows what a center's audit trail names as kept.") { service.Center, service.Connection };
        host.Handle(command, async (parsed, terminal, cancellation) =>
            await ReportAsync(terminal, await HoldsAsync(host, service, parsed, cancellation), parsed.GetRequiredValue(service.Center), cancellation));
        return command;
    }

    private static async Task<Holds> HoldsAsync(CommandHost host, ServiceOptions service, ParseResult parsed, CancellationToken cancellation)
    {
        var account = await StorageAccount.OpenAsync(service.ConnectionString(parsed) ?? StorageAccount.Development, cancellation);
        return new Holds(account.Store, ServiceAudit.Trail(host, account));
    }

    private static async Task<int> ReportAsync(Terminal terminal, Holds holds, string center, CancellationToken cancellation)
    {
        var standing = await holds.ListAsync(center, cancellation);
        if (terminal.Json)
        {
            terminal.WriteJson(new { Holds = standing });
            return ExitCodes.Ok;
        }

        foreach (var hold in standing)
        {
            terminal.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{hold.Thing.Kind} {hold.Thing.Id}: since {hold.Since:yyyy-MM-dd}, {hold.DecidedBy}: {hold.Reason}"));
        }

        terminal.WriteLine($"{standing.Count} holds stand.");
        return ExitCodes.Ok;
    }
}
