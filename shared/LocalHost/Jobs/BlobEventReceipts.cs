using Azure.Storage.Blobs.Specialized;

namespace LocalHost.Jobs;

/// <summary>
/// What became of each version of a blob that a function was told of: announced, being worked on (a lease, which ends with its host), over. The real Blobs
/// extension keeps no such receipts for events, since Event Grid keeps trying; here they are how a lost event is noticed. No receipt names a file.
/// </summary>
internal sealed class BlobEventReceipts(BlobServiceClient storage, string hostId)
{
    /// <summary>The function has run to its end in a host that lived. If it failed, its message is in the queue still, which tries again, and gives up, by its own rules.</summary>
    private const string Over = "over";

    private static readonly TimeSpan s_lease = TimeSpan.FromSeconds(15);

    private readonly BlobContainerClient _container = storage.GetBlobContainerClient(StorageAccounts.HostsContainer);

    /// <summary>Name of the receipt of one version of a blob.</summary>
    public string NameOf(string function, string container, string blob, ETag version) =>
        $"{Prefix(function)}{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{container}\n{blob}\n{version.ToString("G").Trim('"')}")))}";

    /// <summary>Notes that a blob is announced; false if it has been before, by this host or another.</summary>
    /// <exception cref="RequestFailedException">It can't be noted: whether it has been is unknown.</exception>
    public async Task<bool> TryCreateAsync(string receipt, CancellationToken cancellation)
    {
        try
        {
            await _container.GetBlobClient(receipt).UploadAsync(new BinaryData(""), new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } }, cancellation);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            return false;
        }
    }

    /// <summary>All receipts of a function: for each that says neither that it is over nor that somebody is at it, since when it has said so.</summary>
    public async Task<Dictionary<string, (DateTimeOffset Since, ETag Version)?>> ListAsync(string function, CancellationToken cancellation)
    {
        var result = new Dictionary<string, (DateTimeOffset, ETag)?>();
        await _container.CreateIfNotExistsAsync(cancellationToken: cancellation);
        await foreach (var item in _container.GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, Prefix(function), cancellation))
        {
            var isOpen = !item.Metadata.ContainsKey(Over) && item.Properties.LeaseState != LeaseState.Leased;
            result[item.Name] = isOpen ? (item.Properties.LastModified!.Value, item.Properties.ETag!.Value) : null;
        }
        return result;
    }

    /// <summary>Notes that a blob is announced again; false if somebody else was faster.</summary>
    public Task<bool> TryRenewAsync(string receipt, ETag version) => TryAsync(() =>
        _container.GetBlobClient(receipt).SetMetadataAsync(new Dictionary<string, string>(), new BlobRequestConditions { IfMatch = version }));

    /// <summary>Forgets a receipt whose blob is gone.</summary>
    public Task DeleteAsync(string receipt) => TryAsync(() => _container.GetBlobClient(receipt).DeleteIfExistsAsync());

    /// <summary>Runs a function on a blob under the blob's receipt, if it has one.</summary>
    public async Task WhileRunningAsync(FunctionDefinition function, IReadOnlyDictionary<string, object> data, Func<Task> run)
    {
        var blob = _container.GetBlobClient(ReceiptOf(function, data) ?? Prefix(function.Name));
        var lease = blob.GetBlobLeaseClient();
        if (!await TryAsync(() => lease.AcquireAsync(s_lease)))
        {
            // Announced by somebody else's event, or announced twice and under way already.
            await run();
            return;
        }
        var held = new BlobRequestConditions { LeaseId = lease.LeaseId };
        await TryAsync(() => blob.SetMetadataAsync(new Dictionary<string, string>(), held));
        using var ending = new CancellationTokenSource();
        var renewal = RenewAsync(lease, ending.Token);
        try
        {
            await run();
        }
        finally
        {
            await ending.CancelAsync();
            await renewal;
            await TryAsync(() => blob.SetMetadataAsync(new Dictionary<string, string> { [Over] = "true" }, held));
            await TryAsync(() => lease.ReleaseAsync());
        }
    }

    private string Prefix(string function) => $"blobevents/{hostId}/{function}/";

    private string? ReceiptOf(FunctionDefinition function, IReadOnlyDictionary<string, object> data) =>
        data.GetValueOrDefault("BlobTrigger") is string path && path.Split('/', 2) is [var container, var blob] && data.GetValueOrDefault("Properties") is BlobProperties properties
            ? NameOf(function.Name, container, blob, properties.ETag)
            : null;

    private static async Task RenewAsync(BlobLeaseClient lease, CancellationToken ending)
    {
        while (!ending.IsCancellationRequested)
        {
            await Task.Delay(s_lease / 3, ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!ending.IsCancellationRequested)
                await TryAsync(() => lease.RenewAsync());
        }
    }

    /// <summary>A receipt that can't be kept costs an announcement too many, never a study.</summary>
    private static async Task<bool> TryAsync(Func<Task> action)
    {
        try
        {
            await action();
            return true;
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException)
        {
            return false;
        }
    }
}
