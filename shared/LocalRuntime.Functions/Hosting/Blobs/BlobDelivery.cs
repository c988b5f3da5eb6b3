using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Queues;
using Microsoft.Extensions.Logging;

namespace LocalRuntime.Functions.Hosting;

/// <summary>Gives one version of a blob to a function, up to five times, across processes and restarts.</summary>
internal sealed class BlobDelivery(
    FunctionEntry function,
    BlobPathPattern path,
    BlobContainerClient watched,
    QueueServiceClient queues,
    BlobReceipts receipts,
    FunctionInvoker invoker,
    HostSettings settings,
    ILogger log)
{
    private const int MaxAttempts = 5;

    /// <summary>True when the version needs no further delivery; false when it isn't known, so that it is looked at again.</summary>
    public async Task<bool> DeliverAsync(string name, ETag version, IReadOnlyDictionary<string, string> parts, CancellationToken cancellation)
    {
        try
        {
            await using var claim = await receipts.TryClaimAsync(BlobReceipts.Key(watched, name, version), cancellation);
            if (claim is null)
                return false;
            using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation, claim.Lost);
            while (!claim.IsDone)
                await AttemptAsync(claim, name, version, parts, stopping.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException or IOException)
        {
            HostLog.DeliveryFailed(log, function.Name, e.GetType().Name);
            return false;
        }
    }

    private async Task AttemptAsync(BlobReceipts.Claim claim, string name, ETag version, IReadOnlyDictionary<string, string> parts, CancellationToken cancellation)
    {
        if (claim.Attempts >= MaxAttempts)
        {
            await PoisonMessages.SendAsync(queues, function, watched.Name, name, version, cancellation);
            await claim.FinishAsync(cancellation);
            HostLog.Poisoned(log, function.Name, MaxAttempts, PoisonMessages.Queue);
            return;
        }
        if (claim.Attempts > 0)
            await Task.Delay(settings.BlobRetryDelay * claim.Attempts, cancellation);
        var blob = watched.GetBlobClient(name);
        if (!await IsCurrentAsync(blob, version, cancellation))
        {
            await claim.FinishAsync(cancellation);
            return;
        }
        await claim.CountAsync(1, cancellation);
        try
        {
            await invoker.InvokeAsync(function, Data(blob, version, parts), cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The host stops: that isn't the blob's fault.
            if (!claim.Lost.IsCancellationRequested)
                await claim.CountAsync(-1, CancellationToken.None);
            throw;
        }
        catch (Exception)
        {
            return;
        }
        await claim.FinishAsync(CancellationToken.None);
    }

    private static async Task<bool> IsCurrentAsync(BlobClient blob, ETag version, CancellationToken cancellation)
    {
        try
        {
            return BlobReceipts.Plain((await blob.GetPropertiesAsync(cancellationToken: cancellation)).Value.ETag) == version;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return false;
        }
    }

    private TriggerData Data(BlobClient blob, ETag version, IReadOnlyDictionary<string, string> parts)
    {
        var named = TriggerData.NewNames();
        foreach (var (key, value) in parts)
            named[key] = value;
        named["BlobTrigger"] = path.Container + "/" + blob.Name;
        named["Uri"] = blob.Uri;
        return new TriggerData { Named = named, Value = (type, cancellation) => ContentAsync(blob, version, type, cancellation) };
    }

    /// <summary>The blob as a client, or the content of exactly the version that is delivered.</summary>
    private static async ValueTask<object?> ContentAsync(BlobClient blob, ETag version, Type type, CancellationToken cancellation)
    {
        if (type == typeof(BlobClient))
            return blob;
        var conditions = new BlobRequestConditions { IfMatch = version };
        if (type == typeof(Stream))
            return await blob.OpenReadAsync(new BlobOpenReadOptions(allowModifications: false) { Conditions = conditions }, cancellation);
        var content = (await blob.DownloadContentAsync(new BlobDownloadOptions { Conditions = conditions }, cancellation)).Value.Content;
        return type == typeof(string) ? content.ToString() : content.ToArray();
    }
}
