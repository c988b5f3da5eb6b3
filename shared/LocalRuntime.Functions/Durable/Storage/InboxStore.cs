using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace LocalRuntime.Functions.Durable;

/// <summary>
/// What has arrived at instances: one small write-once blob each, so that anybody can add while a turn is running, and a result
/// that is reported twice is there once.
/// </summary>
internal sealed class InboxStore(BlobServiceClient blobs, string hub)
{
    private readonly BlobContainerClient _inbox = blobs.GetBlobContainerClient($"{hub}-inbox");

    /// <summary>What this process wrote itself and needn't read again.</summary>
    private readonly ConcurrentDictionary<string, InboxItem> _own = new();

    public Task EnsureAsync(CancellationToken cancellation) => _inbox.CreateIfNotExistsAsync(cancellationToken: cancellation);

    /// <summary>Adds an item; false if there is one of that name.</summary>
    public async Task<bool> TryAddAsync(string instanceId, string key, InboxItem item, CancellationToken cancellation)
    {
        var name = $"{instanceId}/{key}";
        try
        {
            var options = new BlobUploadOptions { Conditions = new() { IfNoneMatch = ETag.All } };
            await _inbox.GetBlobClient(name).UploadAsync(StoredJson.Write(item), options, cancellation);
            _own[name] = item;
            return true;
        }
        catch (RequestFailedException taken) when (taken.Status is 409 or 412)
        {
            return false;
        }
    }

    /// <summary>The names of the items of an instance.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(string instanceId, CancellationToken cancellation)
    {
        var keys = new List<string>();
        var prefix = instanceId + "/";
        await foreach (var blob in _inbox.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellation))
            keys.Add(blob.Name[prefix.Length..]);
        return keys;
    }

    /// <summary>The instances that have items.</summary>
    public async IAsyncEnumerable<string> ListInstancesAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var options = new GetBlobsByHierarchyOptions { Delimiter = "/" };
        await foreach (var entry in _inbox.GetBlobsByHierarchyAsync(options, cancellation))
        {
            if (entry.IsPrefix)
                yield return entry.Prefix[..^1];
        }
    }

    public async Task<InboxItem?> FindAsync(string instanceId, string key, CancellationToken cancellation)
    {
        var name = $"{instanceId}/{key}";
        if (_own.TryGetValue(name, out var item))
            return item;
        try
        {
            var content = (await _inbox.GetBlobClient(name).DownloadContentAsync(cancellation)).Value;
            return StoredJson.Read<InboxItem>(content.Content);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    public Task RemoveAsync(string instanceId, IEnumerable<string> keys, CancellationToken cancellation) =>
        Task.WhenAll(keys.Select(async key =>
        {
            var name = $"{instanceId}/{key}";
            _own.TryRemove(name, out _);
            await _inbox.GetBlobClient(name).DeleteIfExistsAsync(cancellationToken: cancellation);
        }));
}
