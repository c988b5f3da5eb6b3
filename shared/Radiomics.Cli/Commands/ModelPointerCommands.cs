using System.CommandLine;
using Radiomics.Cli.Client;
using Radiomics.Cli.Output;
using Radiomics.Pipeline;
using Spectre.Console;

namespace Radiomics.Cli.Commands;

/// <summary><c>radiomics models list</c>, <c>approve</c> and <c>rollback</c>: which model a center uses, decided by people.</summary>
internal static class ModelPointerCommands
{
    /// <summary>The commands.</summary>
    public static IEnumerable<Command> Create(CommandHost host) => [CreateList(host), CreateApprove(host), CreateRollback(host)];

    private static Command CreateList(CommandHost host)
    {
        var service = new ServiceOptions(host);
        var field = new Option<string?>("--field") { Description = "Field strength, e.g. 3.0T; default: all of the center's profile." };
        var command = new Command("list", "Shows which models a center uses, and which it used before.") { service.Center, field, service.Url, service.Key };
        host.Handle(command, async (parsed, terminal, cancellation) =>
        {
            await using var running = await LearningService.FindAsync(service, parsed, cancellation);
            var center = parsed.GetRequiredValue(service.Center);
            var client = running.Of(center);
            List<ModelHistory> models = [];
            foreach (var fieldStrength in parsed.GetValue(field) is { } given ? [given] : FieldStrengths(center))
            {
                if (await client.TryGetModelAsync(fieldStrength, cancellation) is { } model)
                {
                    models.Add(model);
                }
            }

            if (models.Count == 0)
            {
                throw new CommandException(ExitCodes.BadInput, "ModelNotFound", "The center has no such model.");
            }

            if (terminal.Json)
            {
                terminal.WriteJson(new { Models = models });
            }
            else
            {
                terminal.Show(Table(models));
            }

            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command CreateApprove(CommandHost host)
    {
        var service = new ServiceOptions(host);
        var id = new Argument<string>("RETRAINING") { Description = "The retraining's id, as retrain gives it." };
        var field = new Option<string?>("--field") { Description = "Field strength of the model; may be left out where one alone waits." };
        var version = new Option<string?>("--version") { Description = "The version that was looked at; if given, no other is decided about." };
        var reject = new Option<bool>("--reject") { Description = "Decide against the model." };
        var (name, reason) = Signature();
        var command = new Command("approve", "Decides whether a model that waits becomes the current one. Name and reason go to the audit trail.")
        {
            id, service.Center, field, version, name, reason, reject, service.Url, service.Key,
        };
        host.Handle(command, async (parsed, terminal, cancellation) =>
        {
            await using var running = await LearningService.FindAsync(service, parsed, cancellation);
            var status = await running.Of(parsed.GetRequiredValue(service.Center)).DecideAsync(
                parsed.GetRequiredValue(id),
                new
                {
                    Approved = !parsed.GetValue(reject),
                    Name = parsed.GetRequiredValue(name),
                    Reason = parsed.GetRequiredValue(reason),
                    FieldStrength = parsed.GetValue(field),
                    Version = parsed.GetValue(version),
                },
                cancellation);
            if (terminal.Json)
            {
                terminal.WriteJson(status);
            }
            else
            {
                terminal.WriteLine("The decision is handed on; 'radiomics models list' shows the current model.");
            }

            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command CreateRollback(CommandHost host)
    {
        var service = new ServiceOptions(host);
        var field = new Option<string>("--field") { Description = "Field strength of the model, e.g. 3.0T.", Required = true };
        var version = new Option<string?>("--version") { Description = "Version to go back to; default: the one before the current one." };
        var (name, reason) = Signature();
        var command = new Command("rollback", "Makes an earlier model the current one again. Name and reason go to the audit trail.")
        {
            service.Center, field, version, name, reason, service.Url, service.Key,
        };
        host.Handle(command, async (parsed, terminal, cancellation) =>
        {
            await using var running = await LearningService.FindAsync(service, parsed, cancellation);
            var (center, fieldStrength) = (parsed.GetRequiredValue(service.Center), parsed.GetRequiredValue(field));
            var now = await running.Of(center).RollBackAsync(
                fieldStrength,
                new { Name = parsed.GetRequiredValue(name), Reason = parsed.GetRequiredValue(reason), Version = parsed.GetValue(version) },
                cancellation);
            if (terminal.Json)
            {
                terminal.WriteJson(now);
            }
            else
            {
                terminal.WriteLine($"Center {center} at {fieldStrength} uses version {now.Version} again ({now.Sequence}).");
            }

            return ExitCodes.Ok;
        });
        return command;
    }

    private static IEnumerable<string> FieldStrengths(string center)
    {
        var profiles = ShippedProfiles.Read();
        return profiles.Knows(center)
            ? profiles.Get(center).Models.Keys.OrderDescending(StringComparer.Ordinal)
            : throw new CommandException(
                ExitCodes.BadInput, "UnknownCenter", $"This tool has no profile of center {center}, so it doesn't know its field strengths; name one with --field.");
    }

    /// <summary>Who decides, and why, for the audit trail.</summary>
    public static (Option<string> Name, Option<string> Reason) Signature() => (
        new("--name") { Description = "Who decides.", Required = true },
        new("--reason") { Description = "Why.", Required = true });

    private static Table Table(IEnumerable<ModelHistory> models)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("center", "field", "", "sequence", "version", "by", "reason");
        foreach (var model in models)
        {
            foreach (var state in model.History.Reverse())
            {
                table.AddRow(
                    Markup.Escape(model.Center),
                    Markup.Escape(model.FieldStrength),
                    state.Number == model.Current.Number ? "→" : "",
                    Markup.Escape(state.Sequence),
                    Markup.Escape(state.Version),
                    Markup.Escape(state.DecidedBy ?? state.PromotedBy),
                    Markup.Escape(state.Reason ?? ""));
            }
        }

        return table;
    }
}
