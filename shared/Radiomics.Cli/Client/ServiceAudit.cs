using Azure;
using Microsoft.Extensions.Configuration;
using Radiomics.Cli.Output;
using Radiomics.Extraction;
using Radiomics.Pipeline;

namespace Radiomics.Cli.Client;

/// <summary>The audit trail of an account, as the service on this machine would write and check it.</summary>
internal static class ServiceAudit
{
    /// <summary>
    /// A trail that commands write to. They sign with the key that the settings <c>Radiomics__Audit__…</c> name, else, on an account of this machine, with this user's key file. On other
    /// accounts a command that writes without a key fails.
    /// </summary>
    public static AuditTrail Trail(CommandHost host, StorageAccount account) => new(account.Store, Key(host, account), TimeProvider.System);

    /// <summary>
    /// Writes down, before it is shown, that something was read past the service. Who may read and not write the trail, or doesn't have its key, reads all the same, and is told that the
    /// storage account's own log alone knows of it: reading makes no key, and never signs under one that the trail's readers don't know.
    /// </summary>
    public static async Task NoteReadAsync(CommandHost host, Terminal terminal, StorageAccount account, string center, string kind, string id, CancellationToken cancellation)
    {
        if (!await TryNoteReadAsync(host, account, center, kind, id, cancellation))
        {
            terminal.Note("That this was read isn't in the audit trail, which can't be signed or written from here; the storage account's own log has it.");
        }
    }

    private static async Task<bool> TryNoteReadAsync(CommandHost host, StorageAccount account, string center, string kind, string id, CancellationToken cancellation)
    {
        var options = Options(host);
        try
        {
            using var trail = new AuditTrail(
                account.Store, options.Key is null && !LocalAuditKey.IsThere(options.KeyFile) ? new NoKey() : Key(host, account), TimeProvider.System);
            var isOwn = await trail.IsOwnAsync(center, cancellation);
            if (isOwn is true)
            {
                await trail.AppendAsync(ReadAudit.EventOf(center, StorageAccount.Actor, kind, id, TimeProvider.System), cancellation);
            }

            return isOwn is not false;
        }
        catch (RequestFailedException e) when (e.Status is 401 or 403)
        {
            return false;
        }
    }

    /// <summary>
    /// Whose signatures count: the keys of given fingerprints, else those that the settings name, else, on an account of this machine, this user's key file; else all, and they are only told.
    /// </summary>
    public static async Task<AuditTrust> TrustAsync(CommandHost host, StorageAccount account, IReadOnlyList<string> fingerprints, CancellationToken cancellation)
    {
        var options = Options(host);
        var isNamed = options.Key is not null || options.KeyFile is not null;
        return fingerprints.Count > 0 ? AuditTrust.Of(fingerprints)
            : isNamed || (account.IsLocal && LocalAuditKey.IsThere(null)) ? await AuditTrust.OfAsync(Key(host, account), cancellation)
            : AuditTrust.Unpinned;
    }

    /// <summary>The settings of the key.</summary>
    public static AuditOptions Options(CommandHost host) => new()
    {
        Key = host.Variable("Radiomics__Audit__Key") is { } address
            ? Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri : throw new CommandException(ExitCodes.Usage, "AuditKeyMissing", "Radiomics__Audit__Key is no address.")
            : null,
        KeyClientId = host.Variable("Radiomics__Audit__KeyClientId"),
        KeyFile = host.Variable("Radiomics__Audit__KeyFile"),
    };

    /// <summary>What signs; on an account elsewhere, without a setting, something that says that it can't.</summary>
    public static IAuditKey Key(CommandHost host, StorageAccount account)
    {
        var options = Options(host);
        return options.Key is null && options.KeyFile is null && !account.IsLocal ? new NoKey() : AuditKeys.Find(options, new ConfigurationBuilder().Build());
    }

    /// <summary>Stands for the key of a service elsewhere, as long as nothing is to be signed.</summary>
    private sealed class NoKey : IAuditKey
    {
        public Task<(byte[] PublicKey, byte[] Signature)> SignAsync(byte[] digest, CancellationToken cancellation = default) => throw new RadiomicsException(
            "AuditKeyMissing",
            "This goes into the audit trail, which is signed: set Radiomics__Audit__Key to the address of the service's key in its vault, and have the role to sign with it (Key Vault Crypto User).");

        public Task<IReadOnlyList<byte[]>> PublicKeysAsync(CancellationToken cancellation = default) => Task.FromResult<IReadOnlyList<byte[]>>([]);
    }
}
