using System.Text.Json;
using Azure;
using Azure.Storage.Blobs.Models;

namespace Radiomics.Pipeline;

/// <summary>
/// An event that the chain is known to hold, kept apart from it (<c>audit-heads/{center}/head.json</c>): lines cut off the end leave no trace in the chain itself.
/// May lag behind the chain, never runs ahead of it.
/// </summary>
internal sealed record AuditHead(string Blob, int Line, string Hash)
{
    /// <summary>A center's head; null if there is none, or none that can be read.</summary>
    public static async Task<AuditHead?> ReadAsync(BlobStore store, string center, CancellationToken cancellation)
    {
        try
        {
            // Versions before this container wrote it into the one of the chain, where nothing is overwritten or deleted any more: what lies there is old, and true.
            return await store.TryReadJsonAsync<AuditHead>(Containers.AuditHeads, Name(center), cancellation)
                ?? await store.TryReadJsonAsync<AuditHead>(Containers.Audit, Name(center), cancellation);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Copies the heads that earlier versions wrote into the chain's container, where there is no newer one. Those there stay: nothing is deleted there.</summary>
    public static async Task MigrateAsync(BlobStore store, CancellationToken cancellation)
    {
        await foreach (var center in store.Container(Containers.Audit).GetBlobsByHierarchyAsync(BlobTraits.None, BlobStates.None, "/", null, cancellation))
        {
            if (center.IsPrefix && await store.TryReadAsync(Containers.Audit, Name(center.Prefix.TrimEnd('/')), cancellation) is { } head)
            {
                await store.WriteOnceAsync(Containers.AuditHeads, Name(center.Prefix.TrimEnd('/')), head.Content);
            }
        }
    }

    public async Task WriteAsync(BlobStore store, string center, CancellationToken cancellation)
    {
        var options = new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" } };
        try
        {
            await store.Blob(Containers.AuditHeads, Name(center)).UploadAsync(BlobStore.Json(this), options, cancellation);
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            // Another writer is at it; its event is at least as new as the one that stood there.
        }
    }

    private static string Name(string center) => $"{center}/head.json";
}
