using System.CommandLine;
using System.Globalization;
using Radiomics.Cli.Client;
using Radiomics.Cli.Output;
using Radiomics.Dicom;
using Radiomics.Pipeline;

namespace Radiomics.Cli.Commands;

/// <summary><c>radiomics uid-key</c>: the secret under which patients and UIDs are mapped.</summary>
public static class UidKeyCommand
{
    private const string Passphrase = "RADIOMICS_BACKUP_PASSPHRASE";

    /// <summary>The command.</summary>
    public static Command Create(CommandHost host) => new(
        "uid-key",
        $"Shows, saves and changes the key under which patients and UIDs are mapped: the setting Radiomics__UidKey, else this user's key file. Backups are under the passphrase in {Passphrase}.")
    {
        CreateShow(host), CreateBackup(host), CreateRestore(host), CreateRotate(host),
    };

    private static Command CreateShow(CommandHost host)
    {
        var service = new ServiceOptions(host);
        var command = new Command("show", "Shows the key's fingerprint, and which keys the storage account has seen.") { service.Connection };
        host.Handle(command, async (parsed, terminal, cancellation) =>
        {
            var key = ServiceKey.Find(host);
            var versions = await (await VersionsAsync(host, service, parsed, key, cancellation)).ListAsync(cancellation);
            return Report(terminal, key, versions);
        });
        return command;
    }

    private static Command CreateBackup(CommandHost host)
    {
        var file = new Argument<string>("FILE") { Description = "File for the backup, which mustn't be there yet." };
        var command = new Command("backup", "Saves the key, encrypted under a passphrase.") { file };
        host.Handle(command, async (parsed, terminal, cancellation) =>
        {
            var path = parsed.GetRequiredValue(file);
            if (File.Exists(path))
            {
                throw new CommandException(ExitCodes.BadInput, "OutputExists", $"There is a file '{path}' already.");
            }

            var backup = UidKeyBackup.Seal(ServiceKey.FindSecret(host), PassphraseOf(host));
            await File.WriteAllBytesAsync(path, backup.ToBytes(), cancellation);
            return Report(terminal, backup.Fingerprint);
        });
        return command;
    }

    private static Command CreateRestore(CommandHost host)
    {
        var file = new Argument<string>("FILE") { Description = "The backup." };
        var command = new Command("restore", "Writes the key of a backup to standard output, in the form of the setting Radiomics__UidKey.") { file };
        host.Handle(command, async (parsed, terminal, cancellation) =>
        {
            var backup = UidKeyBackup.Parse(await File.ReadAllBytesAsync(parsed.GetRequiredValue(file), cancellation));
            var secret = Convert.ToBase64String(backup.Open(PassphraseOf(host)));
            if (terminal.Json)
            {
                terminal.WriteJson(new { backup.Fingerprint, UidKey = secret });
            }
            else
            {
                terminal.WriteLine(secret);
            }

            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command CreateRotate(CommandHost host)
    {
        var service = new ServiceOptions(host);
        var (name, reason) = ModelPointerCommands.Signature();
        var command = new Command("rotate", "Says that the key is meant to be another one than before. What was taken in before stays under the key before.") { name, reason, service.Connection };
        host.Handle(command, async (parsed, terminal, cancellation) =>
        {
            var key = ServiceKey.Find(host);
            var versions = await VersionsAsync(host, service, parsed, key, cancellation);
            await versions.RotateAsync(parsed.GetRequiredValue(name), parsed.GetRequiredValue(reason), StorageAccount.Actor);
            return Report(terminal, key, await versions.ListAsync(cancellation));
        });
        return command;
    }

    private static string PassphraseOf(CommandHost host) =>
        host.Variable(Passphrase) ?? throw new CommandException(ExitCodes.Usage, "PassphraseMissing", $"Set {Passphrase} to the passphrase of the backup.");

    private static async Task<UidKeyVersions> VersionsAsync(CommandHost host, ServiceOptions service, ParseResult parsed, UidKey key, CancellationToken cancellation)
    {
        var account = await StorageAccount.OpenAsync(service.ConnectionString(parsed) ?? StorageAccount.Development, cancellation);
        return new UidKeyVersions(account.Store, key, ServiceAudit.Trail(host, account), TimeProvider.System);
    }

    private static int Report(Terminal terminal, UidKey key, IReadOnlyList<UidKeyVersion> versions)
    {
        if (terminal.Json)
        {
            terminal.WriteJson(new { key.Fingerprint, Versions = versions });
            return ExitCodes.Ok;
        }

        foreach (var version in versions)
        {
            terminal.WriteLine(string.Create(CultureInfo.InvariantCulture, $"version {version.Version}: {version.Fingerprint}, since {version.Since:yyyy-MM-dd}"));
        }

        terminal.WriteLine($"This key is {key.Fingerprint}{(versions.Count > 0 && versions[^1].Fingerprint == key.Fingerprint ? ", the current one" : "")}.");
        return ExitCodes.Ok;
    }

    private static int Report(Terminal terminal, string fingerprint)
    {
        if (terminal.Json)
        {
            terminal.WriteJson(new { Fingerprint = fingerprint });
        }
        else
        {
            terminal.WriteLine($"Saved: {fingerprint}.");
        }

        return ExitCodes.Ok;
    }
}
