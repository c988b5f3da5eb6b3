using System.CommandLine;
using Radiomics.Cli.Commands;
using Radiomics.Cli.Local;
using Radiomics.Cli.Output;
using Radiomics.Pipeline;

namespace Radiomics.Cli.Client;

/// <summary>The quarantine of a storage account, for as long as a command runs.</summary>
internal sealed class QuarantineAccess : IDisposable
{
    private readonly AuditTrail _trail;

    private QuarantineAccess(CommandHost host, StorageAccount account)
    {
        Account = account;
        _trail = ServiceAudit.Trail(host, account);
        Desk = new QuarantineDesk(account.Store, new UploadStore(account.Store), Profiles, new PredictionStore(account.Store), new Resubmissions(account.Store, _trail), Temporary);
    }

    /// <summary>The account.</summary>
    public StorageAccount Account { get; }

    /// <summary>The center profiles that ship with the tool.</summary>
    public CenterProfiles Profiles { get; } = ShippedProfiles.Read();

    /// <summary>What copies of uploads are put in.</summary>
    public TemporaryStorage Temporary { get; } = TemporaryFiles.Storage;

    /// <summary>What works with the quarantine.</summary>
    public QuarantineDesk Desk { get; }

    /// <summary>Opens the account that a command line names.</summary>
    public static async Task<QuarantineAccess> OpenAsync(CommandHost host, ServiceOptions service, ParseResult parsed, CancellationToken cancellation)
    {
        var account = await StorageAccount.OpenAsync(service.ConnectionString(parsed) ?? StorageAccount.Development, cancellation);
        await account.Store.EnsureContainersAsync(Containers.Quarantine);
        return new(host, account);
    }

    /// <summary>Writes into the audit that somebody had a copy of an upload, which names a patient.</summary>
    public Task NoteAsync(QuarantineEntry entry, string action, IReadOnlyDictionary<string, string> digests, CancellationToken cancellation) => _trail.AppendAsync(
        new AuditEvent
        {
            Id = $"quarantine/{entry.UploadId}/{Guid.NewGuid():N}",
            Center = entry.Center,
            Actor = StorageAccount.Actor,
            Action = action,
            Subjects = new Dictionary<string, string> { ["upload"] = entry.UploadId, ["prediction"] = entry.PredictionId, ["code"] = entry.Code },
            Digests = digests,
        },
        cancellation);

    /// <inheritdoc/>
    public void Dispose() => _trail.Dispose();
}
