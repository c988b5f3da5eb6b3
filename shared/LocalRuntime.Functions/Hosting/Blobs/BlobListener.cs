using System.Collections.Concurrent;
using System.Diagnostics;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace LocalRuntime.Functions.Hosting;

/// <summary>Watches the container of one blob function and delivers each version of each blob that matches.</summary>
internal sealed class BlobListener(
    FunctionEntry function, BlobPathPattern path, StorageConnections storage, FunctionInvoker invoker, HostSettings settings, ILogger log)
{
    private const int MaxInFlight = 16;

    private readonly BlobTriggerAttribute _trigger = (BlobTriggerAttribute)function.Trigger;
    private readonly ConcurrentDictionary<string, Task> _inFlight = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ETag> _delivered = new(StringComparer.Ordinal);

    private BlobContainerClient Watched => storage.Blobs(_trigger.Connection).GetBlobContainerClient(path.Container);

    /// <summary>Makes the watched container where it is missing.</summary>
    public Task EnsureContainerAsync(CancellationToken cancellation) => Watched.CreateIfNotExistsAsync(cancellationToken: cancellation);

    /// <summary>Polls until cancelled, then waits for the deliveries under way.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            var watched = Watched;
            var (delivery, finished) = await RetryAsync(() => PrepareAsync(watched, cancellation), cancellation);
            while (true)
            {
                var clock = Stopwatch.StartNew();
                await RetryAsync(() => LookAsync(watched, delivery, finished, cancellation), cancellation);
                // A container so full that listing takes long is looked at less often.
                var pause = clock.Elapsed * 4;
                await Task.Delay(pause > settings.BlobPollInterval ? pause : settings.BlobPollInterval, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
        }
        await Task.WhenAll(_inFlight.Values);
    }

    private async Task<(BlobDelivery Delivery, HashSet<string> Finished)> PrepareAsync(BlobContainerClient watched, CancellationToken cancellation)
    {
        var hosts = storage.Blobs().GetBlobContainerClient(HostContainers.Hosts);
        await hosts.CreateIfNotExistsAsync(cancellationToken: cancellation);
        var receipts = new BlobReceipts(hosts, settings.HostId, function);
        var delivery = new BlobDelivery(function, path, watched, storage.Queues(_trigger.Connection), receipts, invoker, settings, log);
        return (delivery, await receipts.FinishedAsync(cancellation));
    }

    private async Task<bool> LookAsync(BlobContainerClient watched, BlobDelivery delivery, HashSet<string> finished, CancellationToken cancellation)
    {
        var present = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var blob in watched.GetBlobsAsync(BlobTraits.None, BlobStates.None, path.Prefix, cancellation))
        {
            present.Add(blob.Name);
            var version = BlobReceipts.Plain(blob.Properties.ETag!.Value);
            if ((_delivered.TryGetValue(blob.Name, out var seen) && seen == version) || _inFlight.ContainsKey(blob.Name))
                continue;
            if (path.Match(blob.Name) is not { } parts || finished.Remove(BlobReceipts.Key(watched, blob.Name, version)))
                _delivered[blob.Name] = version;
            else if (_inFlight.Count < MaxInFlight)
                Begin(delivery, blob.Name, version, parts, cancellation);
        }
        foreach (var gone in _delivered.Keys.Where(name => !present.Contains(name)))
            _delivered.TryRemove(gone, out _);
        return true;
    }

    private void Begin(BlobDelivery delivery, string name, ETag version, IReadOnlyDictionary<string, string> parts, CancellationToken cancellation)
    {
        var started = new TaskCompletionSource();
        _inFlight[name] = started.Task;
        _ = Task.Run(async () =>
        {
            try
            {
                if (await delivery.DeliverAsync(name, version, parts, cancellation))
                    _delivered[name] = version;
            }
            finally
            {
                _inFlight.TryRemove(name, out _);
                started.SetResult();
            }
        }, CancellationToken.None);
    }

    private async Task<T> RetryAsync<T>(Func<Task<T>> action, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return await action();
            }
            catch (Exception e) when ((e is RequestFailedException or AggregateException or IOException) && !cancellation.IsCancellationRequested)
            {
                HostLog.PollFailed(log, function.Name, e.GetType().Name);
                await Task.Delay(TimeSpan.FromSeconds(2), cancellation);
            }
        }
    }
}
