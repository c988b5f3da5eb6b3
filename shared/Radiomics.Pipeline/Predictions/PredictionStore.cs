using Azure.Storage.Blobs.Models;

namespace Radiomics.Pipeline;

/// <summary>Final answers: <c>{center}/by-id/{id}.json</c> with its reports beside it, and an index by study.</summary>
public sealed class PredictionStore(BlobStore store)
{
    /// <summary>The final record of a prediction as it lies there; null if there is none yet. Whoever tells it to somebody asks <see cref="ServedRecords"/>.</summary>
    public Task<PredictionStatus?> TryGetAsync(string center, string id, CancellationToken cancellation = default) =>
        store.TryReadJsonAsync<PredictionStatus>(Containers.Predictions, RecordName(center, id), cancellation);

    /// <summary>The final record of a prediction as it lies there, byte by byte; null if there is none yet.</summary>
    public async Task<BinaryData?> TryGetContentAsync(string center, string id, CancellationToken cancellation = default) =>
        (await store.TryReadAsync(Containers.Predictions, RecordName(center, id), cancellation))?.Content;

    /// <summary>
    /// Writes a final record. One that is there already stays, unless it tells of a fault of the service, which a later run may put right.
    /// </summary>
    /// <param name="final">The record.</param>
    /// <param name="audit">Appends the audit event; runs before the record can be seen, so that there is no answer without its event; names the
    /// record that stands, and doesn't run if that one was settled before.</param>
    /// <param name="reports">Files to lie beside the record, written before it.</param>
    public async Task<BlobReference> SaveAsync(PredictionStatus final, Func<BlobReference, Task> audit, IReadOnlyList<ReportFile>? reports = null)
    {
        var name = RecordName(final.Center, final.Id);
        var earlier = await store.TryReadAsync(Containers.Predictions, name);
        if (earlier is not null && !IsFault(BlobStore.Parse<PredictionStatus>(earlier.Content)))
        {
            return new BlobReference(name, Digest.Of(earlier.Content));
        }

        foreach (var report in reports ?? [])
        {
            // No settled record is there: a report that is tells of a run that failed, perhaps by another model.
            await store.Blob(Containers.Predictions, ReportName(final.Center, final.Id, report.Extension))
                .UploadAsync(report.Content, new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = report.ContentType } });
        }

        if (final.Prediction is { } prediction)
        {
            await store.WriteOnceAsync(Containers.Predictions, IndexName(final.Center, prediction.StudyUid, final.Id), new BinaryData(""), "text/plain");
        }

        var json = BlobStore.Json(final);
        await audit(new BlobReference(name, Digest.Of(earlier is not null && IsFault(final) ? earlier.Content : json)));
        while (!await store.WriteOnceAsync(Containers.Predictions, name, json))
        {
            if (await store.TryReadAsync(Containers.Predictions, name) is not { } existing)
            {
                continue;
            }

            if (!IsFault(BlobStore.Parse<PredictionStatus>(existing.Content)) || IsFault(final))
            {
                return new BlobReference(name, Digest.Of(existing.Content));
            }

            if (await store.TryReplaceAsync(Containers.Predictions, name, json, existing.Details.ETag))
            {
                break;
            }
        }

        return new BlobReference(name, Digest.Of(json));
    }

    /// <summary>Name of a final record.</summary>
    internal static string RecordName(string center, string id) => $"{center}/by-id/{id}.json";

    /// <summary>Name of a prediction in the index by study.</summary>
    internal static string IndexName(string center, string studyUid, string id) => $"{center}/by-study/{studyUid}/{id}";

    /// <summary>The prediction whose record or report a blob is.</summary>
    internal static string IdOf(string blob) => blob[(blob.LastIndexOf('/') + 1)..].Split('.')[0];

    /// <summary>All blobs of a prediction in the order in which they are to be deleted: the index by study, the reports, and the record, which names the study, last.</summary>
    internal static async Task<IReadOnlyList<FoundBlob>> BlobsAsync(BlobStore store, string center, string id, IEnumerable<FoundBlob> byId, CancellationToken cancellation)
    {
        var name = RecordName(center, id);
        var study = (await store.TryReadJsonAsync<PredictionStatus>(Containers.Predictions, name, cancellation))?.Prediction?.StudyUid;
        var index = study is null ? [] : await store.ListAsync(Containers.Predictions, IndexName(center, study, id), cancellation).ToListAsync(cancellation);
        return [.. index, .. byId.OrderBy(blob => blob.Name == name)];
    }

    private static bool IsFault(PredictionStatus status) => status.Error is { IsFault: true };

    internal static string ReportName(string center, string id, string extension) => $"{center}/by-id/{id}{extension}";
}
