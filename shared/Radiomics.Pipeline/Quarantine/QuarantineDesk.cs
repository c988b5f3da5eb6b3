using System.IO.Compression;
using Azure;
using Azure.Storage.Blobs.Models;
using Radiomics.Extraction;

namespace Radiomics.Pipeline;

/// <summary>Works with what could not be used: lists it, hands out a copy, submits it again. What lies in quarantine is never changed.</summary>
public sealed class QuarantineDesk(BlobStore store, UploadStore uploads, CenterProfiles profiles, PredictionStore predictions, Resubmissions resubmissions, TemporaryStorage temporary)
{
    private const string Zip = "upload.zip";
    private const string Files = "files/";
    private const string Copy = "quarantined.zip";

    private static readonly DateTimeOffset s_entryTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>What a center has in quarantine, the newest first.</summary>
    /// <param name="area">The center; <c>_system</c>: what came for none that is known.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<IReadOnlyList<QuarantineEntry>> ListAsync(string area, CancellationToken cancellation = default)
    {
        List<QuarantineEntry> entries = [];
        List<BlobItem> group = [];
        await foreach (var blob in store.ItemsAsync(Containers.Quarantine, $"{area}/", cancellation))
        {
            // Names come in their order, so that an upload is complete when the next one begins.
            if (group.Count > 0 && IdOf(group[0]) != IdOf(blob))
            {
                await AddAsync();
            }

            group.Add(blob);
        }

        await AddAsync();
        return [.. entries.OrderByDescending(entry => entry.Since).ThenBy(entry => entry.UploadId, StringComparer.Ordinal)];

        async Task AddAsync()
        {
            if (group.Count > 0 && await DescribeAsync(area, IdOf(group[0]), group, cancellation) is { } entry)
            {
                entries.Add(entry);
            }

            group.Clear();
        }
    }

    /// <summary>One of them.</summary>
    /// <exception cref="RadiomicsException"><c>QuarantineNotFound</c>.</exception>
    public async Task<QuarantineEntry> GetAsync(string area, string uploadId, CancellationToken cancellation = default)
    {
        var blobs = UploadId.IsValid(uploadId)
            ? await store.ItemsAsync(Containers.Quarantine, $"{area}/{uploadId}/", cancellation).ToListAsync(cancellation)
            : [];
        return await DescribeAsync(area, uploadId, blobs, cancellation)
            ?? throw new RadiomicsException("QuarantineNotFound", "This center has no upload of this id in quarantine; it may have been deleted when its period was over.");
    }

    /// <summary>A copy of what was kept, as a zip: the one that was sent, byte by byte; of a folder, one of its files under the names they had.</summary>
    /// <param name="entry">What was set aside.</param>
    /// <param name="folder">Where the copy goes.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The zip and its digest.</returns>
    /// <exception cref="RadiomicsException"><c>QuarantineEmpty</c>, <c>QuarantineAltered</c>.</exception>
    public async Task<(FileInfo Zip, string Sha256)> CopyAsync(QuarantineEntry entry, TemporaryFolder folder, CancellationToken cancellation = default)
    {
        var reason = await store.TryReadJsonAsync<QuarantineReason>(Containers.Quarantine, QuarantineStore.ReasonName(entry.Center, entry.UploadId), cancellation) ?? throw Empty();
        var path = $"{entry.Center}/{entry.UploadId}/";
        try
        {
            var (container, zip) = reason.Copied ? (Containers.Quarantine, path + Zip) : await uploads.TryGetAsync(entry.UploadId) is { } receipt ? (receipt.Container, receipt.Blob) : throw Empty();
            if (!await store.Blob(container, zip).ExistsAsync(cancellation))
            {
                return entry.Files > 0 && reason.Copied ? await PackAsync(entry, path, folder, cancellation) : throw Empty();
            }

            using var download = (await store.Blob(container, zip).DownloadStreamingAsync(cancellationToken: cancellation)).Value;
            await using var target = folder.Create(Copy);
            var sha256 = await Digest.OfCopyAsync(download.Content, target, _ => { }, cancellation: cancellation);
            return reason.UploadSha256 == sha256 ? (folder.File(Copy), sha256) : throw Altered();
        }
        catch (RequestFailedException e) when (e.IsNotFound())
        {
            throw Empty();
        }
    }

    /// <summary>
    /// Submits an upload again, as one of its own through the front door (<c>incoming</c>), where it is noticed as any other. While an answer to the same bytes for the same
    /// center is still to come, asking again gives what was submitted then.
    /// </summary>
    /// <param name="entry">What was set aside.</param>
    /// <param name="center">For which center; null: the one that it came for.</param>
    /// <param name="repaired">What is sent in place of what was kept; null: that.</param>
    /// <param name="actor">Who does it, for the audit.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="RadiomicsException"><c>ResubmissionRefused</c>, <c>QuarantineEmpty</c>, <c>QuarantineAltered</c>.</exception>
    public async Task<Resubmission> ResubmitAsync(QuarantineEntry entry, string? center, FileInfo? repaired, string actor, CancellationToken cancellation = default)
    {
        center ??= entry.Center;
        if (!profiles.Knows(center))
        {
            throw new RadiomicsException("ResubmissionRefused", center == Containers.System ? "The upload came for no center that is known: say for which it is." : "There is no such center here to submit the upload for.");
        }

        using var folder = temporary.NewFolder();
        var (zip, sha256) = repaired is null ? await CopyAsync(entry, folder, cancellation) : (repaired, await Digest.OfFileAsync(repaired));
        var latest = entry.Resubmissions.Count > 0 ? entry.Resubmissions[^1] : null;
        var resubmission = latest is not null && latest.Center == center && latest.Sha256 == sha256 && !await HasAnswerAsync(latest, cancellation)
            ? latest
            : await resubmissions.AddAsync(entry, center, sha256, repaired is not null, actor, cancellation);
        await store.EnsureContainersAsync(Containers.Incoming);
        await store.WriteOnceAsync(Containers.Incoming, resubmission.Blob, zip, "application/zip");
        return resubmission;
    }

    // A fault of the service is no answer: it gives way to a later run of the same.
    private async Task<bool> HasAnswerAsync(Resubmission resubmission, CancellationToken cancellation) =>
        await predictions.TryGetAsync(resubmission.Center, resubmission.PredictionId, cancellation) is { Error: not { IsFault: true } };

    private async Task<QuarantineEntry?> DescribeAsync(string area, string uploadId, IReadOnlyList<BlobItem> blobs, CancellationToken cancellation)
    {
        // What has no reason (yet) is being set aside, or deleted.
        var name = QuarantineStore.ReasonName(area, uploadId);
        if (blobs.FirstOrDefault(blob => blob.Name == name) is not { } written
            || await store.TryReadJsonAsync<QuarantineReason>(Containers.Quarantine, name, cancellation) is not { } reason)
        {
            return null;
        }

        var receipt = reason.Copied ? null : await uploads.TryGetAsync(uploadId);
        BlobItem[] kept = [.. blobs.Where(blob => IsKept(blob.Name[(area.Length + uploadId.Length + 2)..]))];
        var (all, resolvedBy) = await resubmissions.OfAsync(area, uploadId, blobs.Select(blob => blob.Name), cancellation);
        return new QuarantineEntry
        {
            Center = area,
            UploadId = uploadId,
            PredictionId = reason.PredictionId,
            Code = reason.Code,
            Detail = reason.Detail,
            Advice = ErrorCatalogue.TryGet(reason.Code)?.Advice ?? "",
            Remedies = QuarantineRemedies.Of(reason.Code),
            Since = written.Properties.LastModified!.Value.UtcDateTime,
            Files = reason.Copied ? kept.Length : receipt?.Files.Count ?? 0,
            Bytes = reason.Copied ? kept.Sum(blob => blob.Properties.ContentLength ?? 0) : receipt?.Files.Sum(file => file.Bytes) ?? 0,
            State = resolvedBy is not null ? QuarantineState.Resolved : all.Count > 0 ? QuarantineState.Resubmitted : QuarantineState.Open,
            Resubmissions = all,
            ResolvedBy = resolvedBy,
        };
    }

    private async Task<(FileInfo Zip, string Sha256)> PackAsync(QuarantineEntry entry, string path, TemporaryFolder folder, CancellationToken cancellation)
    {
        var receipt = await uploads.TryGetAsync(entry.UploadId);
        await using (var target = folder.Create(Copy))
        await using (var zip = new ZipArchive(target, ZipArchiveMode.Create))
        {
            var number = 0;
            await foreach (var blob in store.ItemsAsync(Containers.Quarantine, path + Files, cancellation))
            {
                // A file's name may say that it is a region; where the receipt is gone, its number must do.
                var known = receipt?.Files.ElementAtOrDefault(int.TryParse(blob.Name.AsSpan(path.Length + Files.Length), out var index) ? index : -1);
                var packed = zip.CreateEntry(known?.Name ?? $"{number:D6}", CompressionLevel.Fastest);
                packed.LastWriteTime = s_entryTime;
                number++;
                using var download = (await store.Blob(Containers.Quarantine, blob.Name).DownloadStreamingAsync(cancellationToken: cancellation)).Value;
                await using var content = await packed.OpenAsync(cancellation);
                if (await Digest.OfCopyAsync(download.Content, content, _ => { }, cancellation: cancellation) is var sha256 && known is not null && known.Sha256 != sha256)
                {
                    throw Altered();
                }
            }
        }

        return (folder.File(Copy), await Digest.OfFileAsync(folder.File(Copy)));
    }

    private static bool IsKept(string name) => name == Zip || name.StartsWith(Files, StringComparison.Ordinal);

    private static string IdOf(BlobItem blob) => blob.Name.Split('/') is [_, var upload, ..] ? upload : "";

    private static RadiomicsException Empty() => new("QuarantineEmpty", "Nothing of this upload was kept: it had been replaced or removed by the time it was found to be unusable. Send the study again from where it came.");

    private static RadiomicsException Altered() => new("QuarantineAltered", "What lies in quarantine isn't what was sent: somebody has changed it. Send the study again from where it came, and tell the operator.");
}
