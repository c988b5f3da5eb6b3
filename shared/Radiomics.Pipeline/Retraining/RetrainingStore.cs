namespace Radiomics.Pipeline;

/// <summary>Final records of retrainings: <c>models/{center}/retrainings/{id}.json</c>.</summary>
public sealed class RetrainingStore(BlobStore store)
{
    /// <summary>The final record of a retraining; null if there is none yet.</summary>
    public Task<RetrainingStatus?> TryGetAsync(string center, string id, CancellationToken cancellation = default) =>
        store.TryReadJsonAsync<RetrainingStatus>(Containers.Models, RetrainingBlobs.RecordName(center, id), cancellation);

    /// <summary>Writes a final record. One that is there already stays, unless it tells of an error, which a later run may put right.</summary>
    /// <param name="final">The record.</param>
    /// <param name="audit">Appends the audit event; runs before the record can be seen, and not at all if another one stands.</param>
    public async Task<BlobReference> SaveAsync(RetrainingStatus final, Func<BlobReference, Task> audit)
    {
        var name = RetrainingBlobs.RecordName(final.Center, final.Id);
        var json = BlobStore.Json(final);
        var reference = new BlobReference(name, Digest.Of(json));
        while (true)
        {
            var earlier = await store.TryReadAsync(Containers.Models, name);
            if (earlier is not null && BlobStore.Parse<RetrainingStatus>(earlier.Content).Error is null)
            {
                return new(name, Digest.Of(earlier.Content));
            }

            await audit(reference);
            if (await store.TryReplaceAsync(Containers.Models, name, json, earlier?.Details.ETag))
            {
                return reference;
            }
        }
    }
}
