namespace Radiomics.Pipeline;

/// <summary>Tells whether what lies in <c>incoming</c> was ever taken in: an upload whose event never came is nobody's copy of what a model has seen, but the only one.</summary>
internal sealed class IncomingReceipts(UploadStore uploads, UploadDoor door, TolerantReader reader)
{
    /// <summary>The upload that the blobs are, as its receipt has it; null if there is none.</summary>
    /// <param name="name">Their name.</param>
    /// <param name="blobs">Zip, or files of the folder and what closes it.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<string?> TryFindAsync(UploadName name, IReadOnlyList<FoundBlob> blobs, CancellationToken cancellation)
    {
        var last = await uploads.TryFindAsync(name, cancellation);
        if (last is null)
        {
            return null;
        }

        if ((await reader.TryReadAsync<UploadRecord>(Containers.Uploads, UploadStore.RecordName(last), cancellation)).Value is { } record && AreThose(record, blobs))
        {
            return last;
        }

        // Written again since: the same, or something that nobody has read.
        return await door.IdentifyAsync(name, cancellation) is { } upload && (await reader.TryReadAsync<UploadRecord>(Containers.Uploads, UploadStore.RecordName(upload), cancellation)).Value is not null
            ? upload
            : null;
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
