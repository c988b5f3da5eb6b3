using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Radiomics.Cli.Client;
using Radiomics.Cli.Output;
using Radiomics.Pipeline;

namespace Radiomics.Cli.Commands;

/// <summary><c>radiomics audit</c>: checks audit trails, hands them on, and shows the key that vouches for them.</summary>
public static class AuditCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandHost host) => new("audit", "Verifies and exports audit trails.") { CreateVerify(host), CreateExport(host), CreateKey(host), CreateRotateKey(host) };

    private static Command CreateVerify(CommandHost host)
    {
        var service = new ServiceOptions(host);
        var (center, all) = Which();
        var signedBy = new Option<string[]>("--signed-by")
        {
            Description = "Fingerprint of a key that counts, of those noted down; may be given again. Default: the key that Radiomics__Audit__Key or Radiomics__Audit__KeyFile names, else, on this machine's storage, this user's key file.",
            HelpName = "FINGERPRINT",
        };
        var noted = new Option<string?>("--noted") { Description = "File with heads that were noted down: whatever came since, they must be there.", HelpName = "FILE" };
        var anchors = new Option<string?>("--anchors")
        {
            Description = "Connection string or address of the second account that keeps anchors; default: environment variable RadiomicsAnchorsStorage.",
            HelpName = "STRING",
        };
        var command = new Command(
            "verify",
            "Verifies trails, their anchors and the prediction records against one another: what was changed, taken out, put in, moved, cut off, rewritten or deleted is named. Prints the heads to note down.")
        {
            center, all, signedBy, noted, anchors, service.Connection,
        };
        RequireOne(command, center, all);
        host.Handle(command, async (parsed, terminal, cancellation) =>
        {
            var account = await StorageAccount.OpenAsync(service.ConnectionString(parsed) ?? StorageAccount.Development, cancellation);
            var inspection = new AuditInspection(account.Store, await ServiceAudit.TrustAsync(host, account, parsed.GetValue(signedBy) ?? [], cancellation))
            {
                SecondAccount = (parsed.GetValue(anchors) ?? host.Variable("RadiomicsAnchorsStorage")) is { } second ? (await StorageAccount.OpenAsync(second, cancellation)).Store : null,
                Noted = parsed.GetValue(noted) is { } file ? AuditReport.ReadNoted(file) : [],
            };
            if (parsed.GetValue(center) is { } one)
            {
                var found = await inspection.OfCenterAsync(one, cancellation);
                if (found is { Intact: true, Events: 0 })
                {
                    throw new CommandException(ExitCodes.BadInput, "NoAuditTrail", $"There is no audit event of center '{one}' in this storage account, nor anything else of it.");
                }

                if (terminal.Json)
                {
                    terminal.WriteJson(found);
                }
                else
                {
                    AuditReport.Write(terminal, [found]);
                }

                return found.Intact ? ExitCodes.Ok : ExitCodes.Failed;
            }

            var trails = await inspection.OfAllAsync(cancellation).ToListAsync(cancellation);
            var intact = trails.All(trail => trail.Intact);
            if (terminal.Json)
            {
                terminal.WriteJson(new { Intact = intact, Trails = trails, Heads = trails.Select(trail => trail.Head).OfType<NotedHead>() });
            }
            else
            {
                AuditReport.Write(terminal, trails);
                terminal.WriteLine(intact ? $"All {trails.Count} trails are intact." : $"BROKEN: {string.Join(", ", trails.Where(trail => !trail.Intact).Select(trail => trail.Center))}.");
            }

            return intact ? ExitCodes.Ok : ExitCodes.Failed;
        });
        return command;
    }

    private static Command CreateExport(CommandHost host)
    {
        var service = new ServiceOptions(host);
        var (center, all) = Which();
        var fhir = new Option<bool>("--fhir") { Description = "As FHIR R4 resources (AuditEvent); default: the lines as they are." };
        var from = Time("--from", "Earliest time of an event, UTC, e.g. 2026-11-01 or 2026-11-01T12:00:00Z.");
        var until = Time("--until", "Time before which the events are, UTC.");
        var output = new Option<string?>("--out") { Description = "File to write, which mustn't be there yet; default: standard output.", HelpName = "FILE" };
        var command = new Command("export", "Writes the events of trails as NDJSON, one a line, in order. What it writes isn't verified; 'audit verify' does that.")
        {
            center, all, fhir, from, until, output, service.Connection,
        };
        RequireOne(command, center, all);
        host.Handle(command, async (parsed, terminal, cancellation) =>
        {
            var account = await StorageAccount.OpenAsync(service.ConnectionString(parsed) ?? StorageAccount.Development, cancellation);
            var centers = parsed.GetValue(center) is { } one ? [one] : await AuditExport.CentersAsync(account.Store, cancellation).ToListAsync(cancellation);
            if (parsed.GetValue(output) is not { } path)
            {
                await WriteAsync(centers, line =>
                {
                    terminal.Write(line.ToMemory());
                    return Task.CompletedTask;
                });
                return ExitCodes.Ok;
            }

            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            var events = await WriteAsync(centers, line => file.WriteAsync(line.ToMemory(), cancellation).AsTask());
            if (terminal.Json)
            {
                terminal.WriteJson(new { File = path, Events = events });
            }
            else
            {
                terminal.WriteLine($"{events} events of {centers.Count} trails: {path}");
            }

            return ExitCodes.Ok;

            async Task<long> WriteAsync(IEnumerable<string> trails, Func<BinaryData, Task> write)
            {
                var count = 0L;
                foreach (var trail in trails)
                {
                    var lines = parsed.GetValue(fhir)
                        ? FhirAuditEvents.OfAsync(account.Store, trail, parsed.GetValue(from), parsed.GetValue(until), cancellation)
                        : AuditExport.LinesAsync(account.Store, trail, parsed.GetValue(from), parsed.GetValue(until), cancellation);
                    await foreach (var line in lines)
                    {
                        await write(new BinaryData((byte[])[.. line.ToArray(), (byte)'\n']));
                        count++;
                    }
                }

                return count;
            }
        });
        return command;
    }

    private static Command CreateKey(CommandHost host)
    {
        var command = new Command("key", "Shows the fingerprints of the keys that vouch for the audit trail, the current one first: to note down, and to give to 'audit verify --signed-by'.");
        host.Handle(command, async (_, terminal, cancellation) =>
            Report(terminal, await AuditKeys.Find(ServiceAudit.Options(host), new ConfigurationBuilder().Build()).PublicKeysAsync(cancellation)));
        return command;
    }

    private static Command CreateRotateKey(CommandHost host)
    {
        var command = new Command(
            "rotate-key",
            "Puts a new key in the place of the key file's; what the one before has signed goes on counting. Processes take the new one when they start, or within a day. A vault's key is rotated in the vault.");
        host.Handle(command, async (_, terminal, cancellation) =>
        {
            var options = ServiceAudit.Options(host);
            if (options.Key is not null)
            {
                throw new CommandException(ExitCodes.Usage, "AuditKeyInVault", "The key is in a vault: rotate it there (az keyvault key rotate); the service takes the newest version.");
            }

            using var key = LocalAuditKey.Rotate(options.KeyFile);
            return Report(terminal, await key.PublicKeysAsync(cancellation));
        });
        return command;
    }

    private static int Report(Terminal terminal, IReadOnlyList<byte[]> keys)
    {
        var fingerprints = keys.Select(LocalAuditKey.FingerprintOf).ToList();
        if (terminal.Json)
        {
            terminal.WriteJson(new { Keys = fingerprints });
        }
        else
        {
            fingerprints.ForEach(terminal.WriteLine);
        }

        return ExitCodes.Ok;
    }

    private static (Option<string?> Center, Option<bool> All) Which()
    {
        var center = new Option<string?>("--center") { Description = "The center, e.g. A; _system is the trail of what belongs to none." };
        var all = new Option<bool>("--all") { Description = "All centers that the account knows by anything that it has of them." };
        return (center, all);
    }

    private static void RequireOne(Command command, Option<string?> center, Option<bool> all) => command.Validators.Add(result =>
    {
        if (result.GetValue(all) == (result.GetValue(center) is not null))
        {
            result.AddError("Give --center or --all.");
        }
    });

    private static Option<DateTime?> Time(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = result =>
        {
            if (DateTime.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var time))
            {
                return time;
            }

            result.AddError($"{name} must be a time, e.g. 2026-11-01T12:00:00Z.");
            return null;
        },
    };
}
