using System.Runtime.CompilerServices;
using Azure;
using Radiomics.Dicom;
using Radiomics.Extraction;

namespace Radiomics.Pipeline;

/// <summary>
/// Says whose studies lie in the containers that hold what was sent: by the index where that knows, else by reading it. One upload at a time comes to this machine, each version of it
/// once.
/// </summary>
internal sealed class RawUploads(BlobStore store, UploadStore uploads, TemporaryStorage temporary, RadiomicsOptions options, UidKey key)
{
    private readonly Dictionary<string, (IReadOnlySet<(string?, string?)> Studies, bool IsWhole)> _read = new(StringComparer.Ordinal);

    /// <summary>How many uploads had to be read.</summary>
    public int Read => _read.Count;

    /// <summary>Everything that was sent for a center, with whose it is; what was deleted meanwhile isn't there.</summary>
    /// <param name="center">The center as sent.</param>
    /// <param name="index">What was noted for it.</param>
    /// <param name="cancellation">Ends it.</param>
    public async IAsyncEnumerable<RawUpload> ReadAsync(string center, IReadOnlyList<IndexedUpload> index, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var told = index.Where(entry => entry.Key == key.Fingerprint).GroupBy(entry => entry.Upload, StringComparer.Ordinal)
            .Where(upload => upload.Any(entry => entry.IsWhole))
            .ToDictionary(upload => upload.Key, IReadOnlySet<(string?, string?)> (upload) => upload.Select(entry => (entry.Patient, entry.Study)).ToHashSet(), StringComparer.Ordinal);
        foreach (var unit in IncomingUnit.Sort(await store.ListAsync(Containers.Incoming, $"{center}/", cancellation).ToListAsync(cancellation)))
        {
            var pointer = unit.Name is null ? null : await uploads.TryFindAsync(unit.Name, cancellation);
            var id = pointer is not null && await IsStillAsync(pointer.UploadId, unit) ? pointer.Predicted : null;

            if (id is not null && told.TryGetValue(id, out var studies))
            {
                yield return new(id, Containers.Incoming, center, unit.Blobs, studies, IsWhole: true);
            }
            else if (await ReadAsync(center, id ?? $"name-{Digest.OfParts(unit.Path)[..16]}", Containers.Incoming, center, unit.Blobs, cancellation) is { } upload)
            {
                yield return upload;
            }
        }

        foreach (var (container, area) in new[] { (Containers.Requests, center), (Containers.Quarantine, center), (Containers.Quarantine, Containers.System) })
        {
            var blobs = await store.ListAsync(container, $"{area}/", cancellation).ToListAsync(cancellation);
            foreach (var group in blobs.GroupBy(blob => Path.GetFileNameWithoutExtension(blob.Name.Split('/')[1]), StringComparer.Ordinal))
            {
                var isOurs = area == center ? true : await CameForAsync(group.Key, center, cancellation);
                if (isOurs == false)
                {
                    continue;
                }

                if (told.TryGetValue(group.Key, out var studies))
                {
                    yield return new(group.Key, container, area, [.. group], studies, IsWhole: true);
                }
                else if (await ReadAsync(center, group.Key, container, area, [.. group], cancellation) is { } upload)
                {
                    yield return upload with { IsOurs = isOurs == true };
                }
            }
        }
    }

    /// <summary>Whether something that was set aside for no center of ours came for the name; null if nothing says for which.</summary>
    private async Task<bool?> CameForAsync(string upload, string center, CancellationToken cancellation)
    {
        if (UploadId.IsValid(upload) && await uploads.TryGetAsync(upload) is { } receipt)
        {
            return receipt.Center == center;
        }

        return await store.TryReadJsonAsync<QuarantineReason>(Containers.Quarantine, $"{Containers.System}/{upload}/reason.json", cancellation) is { } reason
            && await store.TryReadJsonAsync<PredictionStatus>(Containers.Predictions, $"{Containers.System}/by-id/{reason.PredictionId}.json", cancellation) is { Sender: { } sender }
            ? sender == CenterProfiles.DigestOf(center)
            : null;
    }

    // What is known of an upload is of the version that was taken in; another one may have come under the name since. A listing writes versions without quotes.
    private async Task<bool> IsStillAsync(string id, IncomingUnit unit) =>
        await uploads.TryGetAsync(id) is not { } receipt
        || unit.Blobs.Where(blob => !blob.Name.EndsWith("/_ready", StringComparison.Ordinal)).Select(blob => (blob.Name, blob.Version.ToString().Trim('"')))
            .ToHashSet().SetEquals(receipt.Files.Select(file => (receipt.Blob + file.Name, file.ETag.Trim('"'))));

    private async Task<RawUpload?> ReadAsync(string center, string id, string container, string area, IReadOnlyList<FoundBlob> blobs, CancellationToken cancellation)
    {
        var version = string.Join('\n', blobs.Select(blob => $"{blob.Name}\n{blob.Version}").Prepend($"{center}\n{container}"));
        if (!_read.TryGetValue(version, out var found))
        {
            if (await TryReadAsync(center, container, blobs, cancellation) is not { } read)
            {
                return null;
            }

            found = _read[version] = read;
        }

        return new(id, container, area, blobs, found.Studies, found.IsWhole);
    }

    private async Task<(IReadOnlySet<(string?, string?)> Studies, bool IsWhole)?> TryReadAsync(string center, string container, IReadOnlyList<FoundBlob> blobs, CancellationToken cancellation)
    {
        using var folder = temporary.NewFolder();
        List<ListedFile> files = [];
        HashSet<(string?, string?)> studies = [];
        var (isWhole, isThere) = (true, false);
        foreach (var (i, blob) in blobs.Index())
        {
            var local = folder.File($"{i}");
            try
            {
                await using var target = folder.Create(local.Name);
                await store.Blob(container, blob.Name).DownloadToAsync(target, cancellation);
            }
            catch (RequestFailedException e) when (e.IsNotFound())
            {
                continue;
            }

            isThere = true;
            if (UploadName.TryParse(blob.Name) is not { Kind: UploadKind.Zip })
            {
                files.Add(new(Path.GetFileName(blob.Name), () => local.OpenRead()));
                continue;
            }

            using var stream = local.OpenRead();
            Add(() =>
            {
                using var zip = new ZipStudySource(stream, options.Archive, folder.NewFile);
                return UploadedPatients.Read(zip, key, center);
            });
        }

        Add(() =>
        {
            using var source = new ListedStudySource(files, options.Archive, folder.NewFile);
            return UploadedPatients.Read(source, key, center);
        });
        return isThere ? (studies, isWhole) : null;

        void Add(Func<UploadedPatients> read)
        {
            try
            {
                var found = read();
                studies.UnionWith(found.Studies);
                isWhole &= found.IsWhole;
            }
            catch (RadiomicsException)
            {
                isWhole = false;
            }
        }
    }
}

/// <summary>Something that was sent.</summary>
/// <param name="Id">Upload id, or a digest of the name where it was never taken in.</param>
/// <param name="Container">Where it lies.</param>
/// <param name="Area">First part of its blobs' names: the center, or <c>_system</c>.</param>
/// <param name="Blobs">Its blobs.</param>
/// <param name="Studies">Patient and study of its objects.</param>
/// <param name="IsWhole">Whether all of it could be read.</param>
internal sealed record RawUpload(string Id, string Container, string Area, IReadOnlyList<FoundBlob> Blobs, IReadOnlySet<(string? Patient, string? Study)> Studies, bool IsWhole)
{
    /// <summary>Whether it is known that it came for the center; another center's patient of the same id is another patient.</summary>
    public bool IsOurs { get; init; } = true;
}
