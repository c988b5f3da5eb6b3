using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace LocalRuntime.Functions.Hosting;

/// <summary>A lease on a blob, renewed until it is given up. A process that dies loses it within <see cref="Duration"/>.</summary>
internal sealed class BlobLock : IAsyncDisposable
{
    private readonly BlobLeaseClient _lease;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _renewing;

    private BlobLock(BlobLeaseClient lease)
    {
        _lease = lease;
        _renewing = RenewAsync();
    }

    public static TimeSpan Duration { get; } = TimeSpan.FromSeconds(15);

    /// <summary>For conditional writes to the locked blob.</summary>
    public string Id => _lease.LeaseId;

    /// <summary>Cancelled when another process may hold the lock.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>The lock, or null while another process holds it. The blob must exist.</summary>
    public static async Task<BlobLock?> TryTakeAsync(BlobClient blob, CancellationToken cancellation)
    {
        var lease = blob.GetBlobLeaseClient();
        try
        {
            await lease.AcquireAsync(Duration, cancellationToken: cancellation);
            return new BlobLock(lease);
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            return null;
        }
    }

    /// <summary>Makes the empty blob that a lock needs, once.</summary>
    public static async Task EnsureAsync(BlobClient blob, IDictionary<string, string>? metadata, CancellationToken cancellation)
    {
        try
        {
            await blob.UploadAsync(BinaryData.Empty, new BlobUploadOptions
            {
                Metadata = metadata,
                Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
            }, cancellation);
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _renewing;
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            await _lease.ReleaseAsync(cancellationToken: limit.Token);
        }
        catch (Exception e) when (e is RequestFailedException or OperationCanceledException or AggregateException)
        {
            // It expires by itself.
        }
        _stop.Dispose();
        _lost.Dispose();
    }

    private async Task RenewAsync()
    {
        var renewed = DateTime.UtcNow;
        try
        {
            while (true)
            {
                await Task.Delay(Duration / 3, _stop.Token);
                try
                {
                    await _lease.RenewAsync(cancellationToken: _stop.Token);
                    renewed = DateTime.UtcNow;
                }
                catch (Exception e) when (e is RequestFailedException { Status: not 409 } or AggregateException && DateTime.UtcNow - renewed < Duration)
                {
                    // The account may answer again before the lease is over.
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException or OperationCanceledException)
        {
            await _lost.CancelAsync();
        }
    }
}
