using Azure.Storage.Blobs.Models;
using Radiomics.Learning;

namespace Radiomics.Pipeline;

/// <summary>Final records of retrainings: <c>models/{center}/retrainings/{id}.json</c>.</summary>
public sealed class RetrainingStore(BlobStore store)
{
    /// <summary>The final record of a retraining; null if there is none yet.</summary>
    public Task<RetrainingStatus?> TryGetAsync(string center, string id, CancellationToken cancellation = default) =>
        store.TryReadJsonAsync<RetrainingStatus>(Containers.Models, RetrainingBlobs.RecordName(center, id), cancellation);

    /// <summary>The retrainings of a center that have a final record, by when it was last written, UTC.</summary>
    public async Task<IReadOnlyDictionary<string, DateTime>> ListAsync(string center, CancellationToken cancellation = default)
    {
        Dictionary<string, DateTime> all = new(StringComparer.Ordinal);
        var folder = RetrainingBlobs.FolderName(center, "");
        // The parts of each lie in a folder of its own, which isn't looked into.
        await foreach (var item in store.Container(Containers.Models).GetBlobsByHierarchyAsync(BlobTraits.None, BlobStates.None, "/", folder, cancellation).OrNoneAsync(cancellation))
        {
            if (item.IsBlob && Path.GetFileNameWithoutExtension(item.Blob.Name) is var id && RetrainingId.IsValid(id))
            {
                all[id] = item.Blob.Properties.LastModified!.Value.UtcDateTime;
            }
        }

        return all;
    }

    /// <summary>The candidates that a retraining has trained so far, by field strength and sequence.</summary>
    public async Task<IReadOnlyList<(string FieldStrength, SequenceTraining Training)>> TrainingsAsync(string center, string id, CancellationToken cancellation = default)
    {
        List<(string, SequenceTraining)> all = [];
        var folder = $"{RetrainingBlobs.FolderName(center, id)}/training/";
        await foreach (var blob in store.Container(Containers.Models).GetBlobsAsync(BlobTraits.None, BlobStates.None, folder, cancellation).OrNoneAsync(cancellation))
        {
            if (blob.Name[folder.Length..].Split('/') is [var fieldStrength, _] && await store.TryReadJsonAsync<SequenceTraining>(Containers.Models, blob.Name, cancellation) is { } training)
            {
                all.Add((fieldStrength, training));
            }
        }

        return all;
    }

    /// <summary>What planning found in a retraining's cohort; null if it isn't through.</summary>
    public Task<CohortReport?> ReportAsync(string center, string id, CancellationToken cancellation = default) =>
        store.TryReadJsonAsync<CohortReport>(Containers.Models, $"{RetrainingBlobs.FolderName(center, id)}/report.json", cancellation);

    /// <summary>The model that a retraining chose at a field strength; null if it hasn't.</summary>
    public Task<TrainedModel?> SelectedAsync(string center, string id, string fieldStrength, CancellationToken cancellation = default) =>
        store.TryReadJsonAsync<TrainedModel>(Containers.Models, $"{RetrainingBlobs.FolderName(center, id)}/selected/{fieldStrength}.json", cancellation);

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
