using System.CommandLine;
using Radiomics.Cli.Client;
using Radiomics.Cli.Output;
using Radiomics.Pipeline;
using Spectre.Console;

namespace Radiomics.Cli.Commands;

/// <summary><c>radiomics keys</c>: the API keys of senders that can't do OAuth. Works on the storage account, so whoever may write there may make keys.</summary>
public static class KeysCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandHost host) => new("keys", "Makes, lists and revokes API keys, each for one center.") { CreateAdd(host), CreateList(host), CreateRevoke(host) };

    private static Command CreateAdd(CommandHost host)
    {
        var service = new ServiceOptions(host);
        var label = new Option<string>("--label") { Description = "Which system has the key, e.g. \"PACS gateway\"; name no person.", Required = true };
        var rights = new Option<Right[]>("--right")
        {
            Description = "What it may be used for: submit, read, train or approve; several may be given.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [Right.Submit, Right.Read],
        };
        var days = new Option<int?>("--days") { Description = "In how many days it ends; default: when it is revoked." };
        var command = new Command("add", "Makes a key and shows it, once. To change a key without a gap: add the next, let its sender use it, revoke the one before.")
        {
            service.Center, label, rights, days, service.Connection,
        };
        host.Handle(command, async (parsed, terminal, cancellation) =>
        {
            var keys = await OpenAsync(host, service, parsed, cancellation);
            var lifetime = parsed.GetValue(days) is { } given ? TimeSpan.FromDays(given) : (TimeSpan?)null;
            var (key, record) = await keys.AddAsync(
                parsed.GetRequiredValue(service.Center), parsed.GetRequiredValue(rights), parsed.GetRequiredValue(label), lifetime, StorageAccount.Actor);
            if (terminal.Json)
            {
                terminal.WriteJson(new { Key = key.Reveal(), record.Id, record.Center, record.Rights, record.Label, record.Created, record.Expires });
            }
            else
            {
                terminal.WriteLine(key.Reveal());
                terminal.Note($"Key {record.Id} of center {record.Center}, to {string.Join(" and ", record.Rights).ToLowerInvariant()}. It is shown this once: send it in the header X-Api-Key.");
            }

            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command CreateList(CommandHost host)
    {
        var service = new ServiceOptions(host);
        var center = new Option<string?>("--center") { Description = "The center; default: all." };
        var command = new Command("list", "Shows which keys there are, also those that are taken no longer. The keys themselves aren't stored anywhere.") { center, service.Connection };
        host.Handle(command, async (parsed, terminal, cancellation) =>
        {
            var keys = await (await OpenAsync(host, service, parsed, cancellation)).ListAsync(parsed.GetValue(center), cancellation);
            if (terminal.Json)
            {
                terminal.WriteJson(new { Keys = keys.Select(key => new { key.Id, key.Center, key.Rights, key.Label, key.Created, key.Expires, key.Revoked, State = StateOf(key) }) });
            }
            else
            {
                terminal.Show(Table(keys));
            }

            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command CreateRevoke(CommandHost host)
    {
        var service = new ServiceOptions(host);
        var id = new Argument<string>("ID") { Description = "The key's id, as list shows it." };
        var command = new Command("revoke", "Revokes a key for good. The service refuses it within a minute.") { id, service.Connection };
        host.Handle(command, async (parsed, terminal, cancellation) =>
        {
            var keys = await OpenAsync(host, service, parsed, cancellation);
            var record = await keys.RevokeAsync(parsed.GetRequiredValue(id), StorageAccount.Actor, cancellation);
            if (terminal.Json)
            {
                terminal.WriteJson(new { record.Id, record.Center, record.Revoked });
            }
            else
            {
                terminal.WriteLine($"Key {record.Id} of center {record.Center} is revoked.");
            }

            return ExitCodes.Ok;
        });
        return command;
    }

    private static async Task<ApiKeyStore> OpenAsync(CommandHost host, ServiceOptions service, ParseResult parsed, CancellationToken cancellation)
    {
        var account = await StorageAccount.OpenAsync(service.ConnectionString(parsed) ?? StorageAccount.Development, cancellation);
        await account.Store.EnsureContainersAsync(Containers.Keys);
        return new ApiKeyStore(account.Store, ServiceAudit.Trail(host, account), TimeProvider.System);
    }

    private static string StateOf(ApiKeyRecord key) =>
        key.Revoked is not null ? "revoked" : key.IsValid(TimeProvider.System.GetUtcNow()) ? "valid" : "ended";

    private static Table Table(IEnumerable<ApiKeyRecord> keys)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("id", "center", "rights", "label", "made", "ends", "state");
        foreach (var key in keys)
        {
            table.AddRow(
                key.Id,
                Markup.Escape(key.Center),
                string.Join(' ', key.Rights).ToLowerInvariant(),
                Markup.Escape(key.Label),
                $"{key.Created:yyyy-MM-dd}",
                $"{key.Expires:yyyy-MM-dd}",
                StateOf(key));
        }

        return table;
    }
}
