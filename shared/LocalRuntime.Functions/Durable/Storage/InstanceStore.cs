using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Microsoft.DurableTask.Client;

namespace LocalRuntime.Functions.Durable;

/// <summary>An instance and the version that was read.</summary>
internal sealed record StoredInstance(InstanceState State, ETag ETag);

/// <summary>What can be known of an instance without reading it.</summary>
internal sealed record InstanceSummary(
    string InstanceId,
    string Name,
    OrchestrationRuntimeStatus Status,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastUpdatedAt,
    DateTimeOffset? NextWake,
    bool HasOutbox);

/// <summary>A mark that an instance may be unfinished.</summary>
internal sealed record ActiveMark(string InstanceId, ETag ETag, DateTimeOffset WrittenAt);

/// <summary>
/// The instances of a hub: one blob each, changed only under its version. A mark beside it, written before the instance and removed
/// after its end, spares those who look for unfinished instances to walk past all finished ones.
/// </summary>
internal sealed class InstanceStore(BlobServiceClient blobs, string hub)
{
    private const string Extension = ".json";

    private readonly BlobContainerClient _instances = blobs.GetBlobContainerClient($"{hub}-instances");
    private readonly BlobContainerClient _marks = blobs.GetBlobContainerClient($"{hub}-active");

    public Task EnsureAsync(CancellationToken cancellation) => Task.WhenAll(
        _instances.CreateIfNotExistsAsync(cancellationToken: cancellation),
        _marks.CreateIfNotExistsAsync(cancellationToken: cancellation));

    public async Task<StoredInstance?> FindAsync(string instanceId, CancellationToken cancellation)
    {
        try
        {
            var content = (await Blob(instanceId).DownloadContentAsync(cancellation)).Value;
            return new(StoredJson.Read<InstanceState>(content.Content), content.Details.ETag);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    public async Task<InstanceSummary?> FindSummaryAsync(string instanceId, CancellationToken cancellation)
    {
        try
        {
            var properties = (await Blob(instanceId).GetPropertiesAsync(cancellationToken: cancellation)).Value;
            return Summarize(instanceId, properties.Metadata);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Writes a new instance; false if the id is taken.</summary>
    public async Task<bool> TryCreateAsync(InstanceState state, CancellationToken cancellation)
    {
        await MarkAsync(state.InstanceId, cancellation);
        try
        {
            await WriteAsync(state, new() { IfNoneMatch = ETag.All }, cancellation);
            return true;
        }
        catch (RequestFailedException taken) when (taken.Status is 409 or 412)
        {
            return false;
        }
    }

    /// <summary>Takes the right to change an instance; null while another host has it.</summary>
    /// <exception cref="RequestFailedException">There is no such instance (404).</exception>
    public Task<InstanceLease?> TryLeaseAsync(string instanceId, TimeSpan duration, CancellationToken abandoned) =>
        InstanceLease.TryAcquireAsync(Blob(instanceId), duration, abandoned);

    /// <summary>Gives back a lease of a process that is gone.</summary>
    public Task ReleaseAsync(string instanceId, string leaseId, CancellationToken cancellation) =>
        Blob(instanceId).GetBlobLeaseClient(leaseId).ReleaseAsync(cancellationToken: cancellation);

    /// <summary>Writes a new version of an instance.</summary>
    /// <exception cref="RequestFailedException">The lease is lost or the version isn't the latest (412): nothing was written.</exception>
    public Task<ETag> CommitAsync(InstanceState state, ETag version, string leaseId, CancellationToken cancellation) =>
        WriteAsync(state, new() { IfMatch = version, LeaseId = leaseId }, cancellation);

    /// <summary>Removes an instance if it is still at a version and nobody is changing it.</summary>
    public async Task<bool> TryDeleteAsync(string instanceId, ETag version, CancellationToken cancellation)
    {
        try
        {
            await Blob(instanceId).DeleteAsync(conditions: new() { IfMatch = version }, cancellationToken: cancellation);
            return true;
        }
        catch (RequestFailedException changed) when (changed.Status is 404 or 412)
        {
            return false;
        }
    }

    /// <summary>One page of summaries, in the order of ids.</summary>
    public async Task<Azure.Page<InstanceSummary>> ListAsync(
        string? prefix, string? continuation, int size, CancellationToken cancellation)
    {
        var pages = _instances.GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, prefix, cancellation).AsPages(continuation, size);
        await foreach (var page in pages)
        {
            InstanceSummary[] found = [.. page.Values.Select(blob => Summarize(blob.Name[..^Extension.Length], blob.Metadata))];
            return Azure.Page<InstanceSummary>.FromValues(found, page.ContinuationToken, page.GetRawResponse());
        }

        throw new InvalidOperationException("A listing has at least one page.");
    }

    /// <summary>Says that an instance is unfinished; written anew, so that nobody removes it by what they knew before.</summary>
    public Task MarkAsync(string instanceId, CancellationToken cancellation) =>
        _marks.GetBlobClient(instanceId).UploadAsync(BinaryData.Empty, overwrite: true, cancellation);

    public async Task UnmarkAsync(ActiveMark mark, CancellationToken cancellation)
    {
        try
        {
            await _marks.GetBlobClient(mark.InstanceId)
                .DeleteAsync(conditions: new() { IfMatch = mark.ETag }, cancellationToken: cancellation);
        }
        catch (RequestFailedException changed) when (changed.Status is 404 or 412)
        {
            // Removed, or marked again: both are right.
        }
    }

    public async IAsyncEnumerable<ActiveMark> ListMarksAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var blob in _marks.GetBlobsAsync(BlobTraits.None, BlobStates.None, null, cancellation))
            yield return new(blob.Name, blob.Properties.ETag!.Value, blob.Properties.LastModified!.Value);
    }

    private BlobClient Blob(string instanceId) => _instances.GetBlobClient(instanceId + Extension);

    private async Task<ETag> WriteAsync(InstanceState state, BlobRequestConditions conditions, CancellationToken cancellation)
    {
        var metadata = new Dictionary<string, string>
        {
            ["name"] = Uri.EscapeDataString(state.Name),
            ["status"] = state.Status.ToString(),
            ["created"] = Time(state.CreatedAt),
            ["updated"] = Time(state.LastUpdatedAt),
            ["outbox"] = state.Outbox.Count > 0 ? "1" : "0",
        };
        if (state.NextWake() is { } wake)
            metadata["wake"] = Time(wake);
        var options = new BlobUploadOptions { Conditions = conditions, Metadata = metadata };
        var written = await Blob(state.InstanceId).UploadAsync(StoredJson.Write(state), options, cancellation);
        return written.Value.ETag;
    }

    private static InstanceSummary Summarize(string instanceId, IDictionary<string, string> metadata) => new(
        instanceId,
        Uri.UnescapeDataString(metadata["name"]),
        Enum.Parse<OrchestrationRuntimeStatus>(metadata["status"]),
        Time(metadata["created"]),
        Time(metadata["updated"]),
        metadata.TryGetValue("wake", out var wake) ? Time(wake) : null,
        metadata["outbox"] == "1");

    private static string Time(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
