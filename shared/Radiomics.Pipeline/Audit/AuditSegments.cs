using Azure;
using Azure.Storage.Blobs.Models;

namespace Radiomics.Pipeline;

/// <summary>Lists a center's segments.</summary>
internal static class AuditSegments
{
    /// <summary>In the order of the chain.</summary>
    public static async Task<List<AuditSegment>> ListAsync(BlobStore store, string center, CancellationToken cancellation)
    {
        List<AuditSegment> segments = [];
        var blobs = store.Container(Containers.Audit).GetBlobsAsync(BlobTraits.None, BlobStates.None, center + "/", cancellation);
        try
        {
            await foreach (var blob in blobs)
            {
                if (AuditSegment.TryParse(blob.Name) is { } segment)
                {
                    segments.Add(segment);
                }
            }
        }
        catch (RequestFailedException e) when (e.IsNotFound())
        {
            // Nothing has been audited in this account yet.
        }

        segments.Sort();
        return segments;
    }
}
