namespace Radiomics.Pipeline;

/// <summary>Remembers uploads by id, and which one lies under a name.</summary>
public sealed class UploadStore(BlobStore store)
{
    /// <summary>The record of an upload; null if there is none.</summary>
    public Task<UploadRecord?> TryGetAsync(string uploadId) =>
        store.TryReadJsonAsync<UploadRecord>(Containers.Uploads, RecordName(uploadId));

    /// <summary>The record of an upload that a door has taken in.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    /// <exception cref="AlteredException">It says something else than its id stands for.</exception>
    public async Task<UploadRecord> GetAsync(string uploadId)
    {
        var record = await TryGetAsync(uploadId) ?? throw new InvalidOperationException($"The upload {uploadId} has no record.");
        return record.UploadId == uploadId && record.IsOfItsId() ? record : throw AlteredException.OfPart(Containers.Uploads, RecordName(uploadId));
    }

    /// <summary>
    /// Records an upload under its name. If another one lay there, the record names its prediction as superseded. A record that is there already stays as it is.
    /// </summary>
    /// <param name="upload">The upload.</param>
    /// <param name="name">Its name.</param>
    /// <param name="sameAs">The upload that is predicted in its place; null: it is itself.</param>
    public async Task<UploadRecord> RecordAsync(UploadRecord upload, string name, string? sameAs = null)
    {
        var pointer = PointerName(upload.Center, name);
        var wanted = new UploadPointer(upload.UploadId, sameAs);
        while (true)
        {
            var blob = await store.TryReadAsync(Containers.Uploads, pointer);
            var current = blob is null ? null : BlobStore.Parse<UploadPointer>(blob.Content);
            var supersedes = current is null || current.UploadId == upload.UploadId ? null : PredictionId.OfUpload(current.Predicted);
            var record = await RecordOnceAsync(upload with { Supersedes = supersedes });
            if (current == wanted || await store.TryReplaceAsync(Containers.Uploads, pointer, BlobStore.Json(wanted), blob?.Details.ETag))
            {
                return record;
            }
        }
    }

    /// <summary>Records an upload that has no name of its own.</summary>
    public async Task<UploadRecord> RecordOnceAsync(UploadRecord upload) =>
        await store.WriteJsonOnceAsync(Containers.Uploads, RecordName(upload.UploadId), upload) ? upload : await GetAsync(upload.UploadId);

    /// <summary>The prediction of what was sent later under the name of an upload; null if nothing was, or it has no name.</summary>
    public async Task<string?> SuccessorOfAsync(string uploadId, CancellationToken cancellation = default)
    {
        if (await TryGetAsync(uploadId) is not { Container: Containers.Incoming } record
            || UploadName.TryParse(record.Kind == UploadKind.Zip ? record.Blob : $"{record.Blob}_ready") is not { } name
            || await TryFindAsync(name, cancellation) is not { } now)
        {
            return null;
        }

        return now.UploadId == uploadId || now.Predicted == uploadId ? null : PredictionId.OfUpload(now.Predicted);
    }

    /// <summary>The upload that was last announced under a name of <c>incoming</c>; null if none was.</summary>
    internal Task<UploadPointer?> TryFindAsync(UploadName name, CancellationToken cancellation) =>
        store.TryReadJsonAsync<UploadPointer>(Containers.Uploads, PointerName(name.Center, $"{name.Kind}/{name.Name}"), cancellation);

    /// <summary>The upload whose record a blob is; null if it is another kind of blob.</summary>
    internal static string? IdOf(string blob) => blob.EndsWith(".json", StringComparison.Ordinal) && UploadId.IsValid(blob[..^5]) ? blob[..^5] : null;

    /// <summary>Whether a blob says what a name stands for.</summary>
    internal static bool IsByName(string blob) => blob.StartsWith("by-name/", StringComparison.Ordinal);

    /// <summary>The upload that is predicted of what a name, some content or an Idempotency-Key stands for; null if the blob is none of theirs.</summary>
    internal static async Task<string?> TargetOfAsync(BlobStore store, string blob, CancellationToken cancellation) =>
        IsByName(blob) || ContentClaims.IsClaim(blob) || IdempotencyKeys.IsClaim(blob)
            ? (await store.TryReadJsonAsync<UploadPointer>(Containers.Uploads, blob, cancellation))?.Predicted
            : null;

    private static string PointerName(string center, string name) => $"by-name/{Digest.OfParts(center, name)}.json";

    internal static string RecordName(string uploadId) => $"{uploadId}.json";
}
