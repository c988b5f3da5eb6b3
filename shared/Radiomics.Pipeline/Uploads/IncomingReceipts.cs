namespace Radiomics.Pipeline;

/// <summary>
/// Tells whether what lies in <c>incoming</c> was ever read: an upload whose event never came, or whose prediction could not be started, is nobody's copy of what a model has seen, but
/// the only one. What was written again has to be hashed to know; what came of that is remembered (<c>uploads/retention/identified.json</c>).
/// </summary>
/// <param name="store">Where all of it lies.</param>
/// <param name="uploads">Receipts.</param>
/// <param name="door">Identifies uploads.</param>
/// <param name="reader">Reads what may be broken.</param>
/// <param name="profiles">Where centers' predictions are.</param>
/// <param name="purged">Predictions that were deleted.</param>
/// <param name="histories">Predictions that were begun.</param>
/// <param name="hashing">How long uploads are hashed in all.</param>
internal sealed class IncomingReceipts(
    BlobStore store, UploadStore uploads, UploadDoor door, TolerantReader reader, CenterProfiles profiles, PurgedInstances purged, IHistories histories, TimeLimit hashing)
{
    private const string IdentifiedBlob = "retention/identified.json";

    private readonly Dictionary<string, string> _identified = new(StringComparer.Ordinal);
    private Dictionary<string, string>? _before;

    /// <summary>The upload that the blobs are, if a prediction of it, or of the same bytes as a request's body, was begun, ended or deleted.</summary>
    /// <param name="name">Their name.</param>
    /// <param name="blobs">Zip, or files of the folder and what closes it.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The upload that was predicted, and those that these bytes may be besides; none if nobody has read it, or that isn't known: what would say so couldn't be read, or there was no time.</returns>
    public async Task<(IReadOnlyList<string> Uploads, bool IsKnown)> TryFindAsync(UploadName name, IReadOnlyList<FoundBlob> blobs, CancellationToken cancellation)
    {
        var (last, isReadable) = await reader.TryReadAsync(() => uploads.TryFindAsync(name, cancellation));
        if (last is null)
        {
            return ([], isReadable);
        }

        if (await TryReadAsync(last.UploadId, cancellation) is { } record && AreThose(record, blobs))
        {
            return (await PredictedAsync(name, record, cancellation), true);
        }

        // Written again since: the same, or something that nobody has read.
        return await IdentifyAsync(name, blobs, cancellation) is not { } upload ? ([], false)
            : await TryReadAsync(upload, cancellation) is { } received ? (await PredictedAsync(name, received, cancellation), true)
            : ([], true);
    }

    /// <summary>Notes what was identified.</summary>
    public async Task SaveAsync(CancellationToken cancellation)
    {
        if (_before is not null)
        {
            // What there was no time to come to is kept; the rest is what still lies there.
            var all = hashing.HasStopped ? _before.Concat(_identified).DistinctBy(entry => entry.Key).ToDictionary(StringComparer.Ordinal) : _identified;
            await store.Blob(Containers.Uploads, IdentifiedBlob).UploadAsync(BlobStore.Json(all), overwrite: true, cancellation);
        }
    }

    private async Task<UploadRecord?> TryReadAsync(string upload, CancellationToken cancellation) =>
        (await reader.TryReadAsync<UploadRecord>(Containers.Uploads, UploadStore.RecordName(upload), cancellation)).Value;

    private async Task<IReadOnlyList<string>> PredictedAsync(UploadName name, UploadRecord record, CancellationToken cancellation) =>
        await IsPredictedAsync(name, record.UploadId, cancellation) ? record.BodyId is { } same ? [record.UploadId, same] : [record.UploadId]
        : record.BodyId is { } body && await IsPredictedAsync(name, body, cancellation) ? [body, record.UploadId]
        : [];

    // The receipt is written before the prediction is started, which may fail as often as it is tried. What lies in `incoming` has its prediction under this id, with an Idempotency-Key, too.
    private async Task<bool> IsPredictedAsync(UploadName name, string upload, CancellationToken cancellation)
    {
        var id = PredictionId.OfUpload(upload);
        return await store.ListAsync(Containers.Predictions, PredictionStore.RecordName(profiles.AreaOf(name.Center), id), cancellation).AnyAsync(cancellation)
            || await histories.TryFindStartAsync(id, cancellation) is not null
            || (await reader.TryReadAsync(async () => await purged.NextRunAsync(id, null) is { Length: > 0 } run ? run : null)).Value is not null;
    }

    private async Task<string?> IdentifyAsync(UploadName name, IReadOnlyList<FoundBlob> blobs, CancellationToken cancellation)
    {
        _before ??= (await reader.TryReadAsync<Dictionary<string, string>>(Containers.Uploads, IdentifiedBlob, cancellation)).Value ?? [];
        var key = Digest.OfParts(blobs.SelectMany(blob => new[] { blob.Name, Bare(blob.Version.ToString()) }));
        if ((_before.GetValueOrDefault(key) ?? await hashing.TryAsync(token => door.IdentifyAsync(name, token), cancellation)) is { } upload)
        {
            _identified[key] = upload;
            return upload;
        }

        return null;
    }

    private static bool AreThose(UploadRecord record, IReadOnlyList<FoundBlob> blobs)
    {
        var versions = record.Files.ToDictionary(file => record.Blob + file.Name, file => Bare(file.ETag), StringComparer.Ordinal);
        FoundBlob[] files = [.. blobs.Where(blob => blob.Name != $"{record.Blob}_ready")];
        return files.Length == versions.Count && files.All(blob => versions.GetValueOrDefault(blob.Name) == Bare(blob.Version.ToString()));
    }

    // Lists give versions without the quotes that answers have.
    private static string Bare(string version) => version.Trim('"');
}
