using Azure.Storage.Blobs.Models;

namespace Radiomics.Pipeline;

/// <summary>
/// Lists what lies in quarantine a page at a time. What is on which page is told by the names and times of blobs alone; only the uploads of the page that is asked for are read.
/// </summary>
public sealed class QuarantineListing(BlobStore store, QuarantineDesk desk)
{
    /// <summary>Uploads of a page.</summary>
    public const int PageUploads = 25;

    /// <summary>A page of a center's uploads, the newest first.</summary>
    /// <param name="area">The center.</param>
    /// <param name="unresolvedOnly">Whether those are left out of which a later try was predicted.</param>
    /// <param name="page">Which page, from 0.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<QuarantineUploads> ReadAsync(string area, bool unresolvedOnly, int page, CancellationToken cancellation = default)
    {
        Dictionary<string, Upload> uploads = new(StringComparer.Ordinal);
        await foreach (var blob in store.Container(Containers.Quarantine).GetBlobsAsync(BlobTraits.None, BlobStates.None, $"{area}/", cancellation).OrNoneAsync(cancellation))
        {
            if (blob.Name.Split('/') is [_, var id, var name])
            {
                var upload = uploads.GetValueOrDefault(id) ?? (uploads[id] = new Upload(id));
                upload.Since = name == "reason.json" ? blob.Properties.LastModified : upload.Since;
                upload.IsResolved |= name == "resolved.json";
            }
        }

        // What has no reason (yet) is being set aside, or deleted.
        var all = uploads.Values.Where(upload => upload.Since is not null).ToList();
        var wanted = all.Where(upload => !unresolvedOnly || !upload.IsResolved).OrderByDescending(upload => upload.Since).ThenBy(upload => upload.Id, StringComparer.Ordinal).ToList();
        var entries = new QuarantineEntry?[Math.Clamp(wanted.Count - (page * PageUploads), 0, PageUploads)];
        await Parallel.ForAsync(0, entries.Length, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellation }, async (i, token) =>
        {
            try
            {
                entries[i] = await desk.GetAsync(area, wanted[(page * PageUploads) + i].Id, token);
            }
            catch (Extraction.RadiomicsException e) when (e.Code == "QuarantineNotFound")
            {
                // Deleted meanwhile: its period was over.
            }
        });
        return new QuarantineUploads([.. entries.OfType<QuarantineEntry>()], wanted.Count, all.Count(upload => upload.IsResolved));
    }

    private sealed record Upload(string Id)
    {
        public DateTimeOffset? Since { get; set; }

        public bool IsResolved { get; set; }
    }
}

/// <summary>A page of what lies in quarantine.</summary>
/// <param name="Uploads">The uploads, the newest first.</param>
/// <param name="Count">How many there are on all pages.</param>
/// <param name="Resolved">How many of the center's are resolved, on the pages or not.</param>
public sealed record QuarantineUploads(IReadOnlyList<QuarantineEntry> Uploads, int Count, int Resolved);
