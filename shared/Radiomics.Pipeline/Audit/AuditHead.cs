using System.Text.Json;
using Azure;
using Azure.Storage.Blobs.Models;

namespace Radiomics.Pipeline;

/// <summary>
/// An event that the chain is known to hold, kept beside it (<c>{center}/head.json</c>): lines cut off the end leave no trace in the chain itself.
/// May lag behind the chain, never runs ahead of it.
/// </summary>
internal sealed record AuditHead(string Blob, int Line, string Hash)
{
    public static async Task<AuditHead?> ReadAsync(BlobStore store, string center, CancellationToken cancellation)
    {
        try
        {
            return await store.TryReadJsonAsync<AuditHead>(Containers.Audit, Name(center), cancellation);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public async Task WriteAsync(BlobStore store, string center, CancellationToken cancellation)
    {
        var options = new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" } };
        try
        {
            await store.Blob(Containers.Audit, Name(center)).UploadAsync(BlobStore.Json(this), options, cancellation);
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            // Another writer is at it; its event is at least as new as the one that stood there.
        }
    }

    private static string Name(string center) => $"{center}/head.json";
}
