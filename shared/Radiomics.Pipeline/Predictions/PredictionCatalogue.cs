namespace Radiomics.Pipeline;

/// <summary>
/// Finds a center's final answers without reading any: their names, when they were written, and by the index by study which study each is of. What the records say, and whether they are
/// those that were published, <see cref="ServedRecords"/> tells.
/// </summary>
public sealed class PredictionCatalogue(BlobStore store)
{
    /// <summary>The most that are kept of a center: of more, the newest. Each takes some 400 bytes while it is held.</summary>
    public const int Most = 50_000;

    /// <summary>A center's final answers, the newest first.</summary>
    public async Task<IReadOnlyList<ListedPrediction>> ListAsync(string center, CancellationToken cancellation = default)
    {
        var studies = StudiesAsync(center, cancellation);
        var newest = new PriorityQueue<FoundBlob, (DateTimeOffset, string)>();
        await foreach (var blob in store.ListAsync(Containers.Predictions, $"{center}/by-id/", cancellation))
        {
            if (!IsRecord(blob.Name))
            {
                continue;
            }

            newest.Enqueue(blob, (blob.Written, blob.Name));
            if (newest.Count > Most)
            {
                newest.Dequeue();
            }
        }

        var byId = await studies;
        var found = new ListedPrediction[newest.Count];
        for (var i = found.Length - 1; i >= 0; i--)
        {
            var blob = newest.Dequeue();
            var id = PredictionStore.IdOf(blob.Name);
            found[i] = new(id, blob.Written, blob.Version.ToString(), byId.GetValueOrDefault(id));
        }

        return found;
    }

    private static bool IsRecord(string blob) => blob.EndsWith(PredictionReports.Json, StringComparison.Ordinal)
        && PredictionId.IsValid(blob[(blob.LastIndexOf('/') + 1)..^PredictionReports.Json.Length]);

    private async Task<Dictionary<string, string>> StudiesAsync(string center, CancellationToken cancellation)
    {
        var prefix = $"{center}/by-study/";
        Dictionary<string, string> studies = new(StringComparer.Ordinal);
        string? last = null;
        await foreach (var blob in store.ListAsync(Containers.Predictions, prefix, cancellation))
        {
            var name = blob.Name[prefix.Length..];
            if (name.IndexOf('/') is > 0 and var slash)
            {
                // A study's predictions follow one another: they share its UID.
                last = last is not null && name.AsSpan(0, slash).SequenceEqual(last) ? last : name[..slash];
                studies[name[(slash + 1)..]] = last;
            }
        }

        return studies;
    }
}
