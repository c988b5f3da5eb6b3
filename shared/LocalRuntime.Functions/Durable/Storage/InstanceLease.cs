using Azure;
using Azure.Storage.Blobs.Specialized;

namespace LocalRuntime.Functions.Durable;

/// <summary>The right to change an instance, renewed until it is given back; another host gets it if this one dies.</summary>
internal sealed class InstanceLease : IAsyncDisposable
{
    private readonly BlobLeaseClient _lease;
    private readonly CancellationTokenSource _end;
    private readonly Task _renewal;
    private readonly CancellationToken _abandoned;

    private InstanceLease(BlobLeaseClient lease, ETag eTag, TimeSpan duration, CancellationToken abandoned)
    {
        (_lease, ETag, _abandoned) = (lease, eTag, abandoned);
        _end = CancellationTokenSource.CreateLinkedTokenSource(abandoned);
        _renewal = RenewAsync(duration / 3, _end.Token);
    }

    public string Id => _lease.LeaseId;

    /// <summary>The version of the instance at the time of the lease.</summary>
    public ETag ETag { get; }

    /// <summary>Takes the lease; null while another holds it.</summary>
    /// <exception cref="RequestFailedException">There is no such instance (404).</exception>
    public static async Task<InstanceLease?> TryAcquireAsync(
        BlobBaseClient blob, TimeSpan duration, CancellationToken abandoned)
    {
        var lease = blob.GetBlobLeaseClient();
        try
        {
            var acquired = await lease.AcquireAsync(duration, cancellationToken: abandoned);
            return new(lease, acquired.Value.ETag, duration, abandoned);
        }
        catch (RequestFailedException held) when (held.Status == 409)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _renewal;
        _end.Dispose();
        if (_abandoned.IsCancellationRequested)
            return;
        try
        {
            await _lease.ReleaseAsync(cancellationToken: _abandoned);
        }
        catch (RequestFailedException lost) when (lost.Status is 404 or 409 or 412)
        {
            // It ran out and somebody else has it, or the instance is gone: nothing to give back.
        }
    }

    private async Task RenewAsync(TimeSpan interval, CancellationToken end)
    {
        try
        {
            while (true)
            {
                await Task.Delay(interval, end);
                await _lease.RenewAsync(cancellationToken: end);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or RequestFailedException)
        {
            // Given back, or lost: then the commit under this lease is refused.
        }
    }
}
