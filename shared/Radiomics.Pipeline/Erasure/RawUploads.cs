using System.Runtime.CompilerServices;
using Radiomics.Dicom;
using Radiomics.Extraction;

namespace Radiomics.Pipeline;

/// <summary>Reads whose studies lie in the containers that hold what was sent. One upload at a time comes to this machine.</summary>
internal sealed class RawUploads(BlobStore store, UploadStore uploads, TemporaryStorage temporary, RadiomicsOptions options, UidKey key)
{
    /// <summary>Everything that was sent for a center, with whose it is.</summary>
    public async IAsyncEnumerable<RawUpload> ReadAsync(string center, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var unit in IncomingUnit.Sort(await store.ListAsync(Containers.Incoming, $"{center}/", cancellation).ToListAsync(cancellation)))
        {
            var id = unit.Name is null ? null : await uploads.TryFindAsync(unit.Name, cancellation);
            yield return await ReadAsync(center, id ?? $"name-{Digest.OfParts(unit.Path)[..16]}", Containers.Incoming, unit.Blobs, cancellation);
        }

        foreach (var (container, nameOf) in new (string, Func<string, string>)[] { (Containers.Requests, name => Path.GetFileNameWithoutExtension(name)), (Containers.Quarantine, name => name.Split('/')[1]) })
        {
            var blobs = await store.ListAsync(container, $"{center}/", cancellation).ToListAsync(cancellation);
            foreach (var group in blobs.GroupBy(blob => nameOf(blob.Name), StringComparer.Ordinal))
            {
                yield return await ReadAsync(center, group.Key, container, [.. group], cancellation);
            }
        }
    }

    private async Task<RawUpload> ReadAsync(string center, string id, string container, IReadOnlyList<FoundBlob> blobs, CancellationToken cancellation)
    {
        using var folder = temporary.NewFolder();
        List<ListedFile> files = [];
        HashSet<(string?, string?)> studies = [];
        var isWhole = true;
        foreach (var (i, blob) in blobs.Index())
        {
            var local = folder.File($"{i}");
            await store.Blob(container, blob.Name).DownloadToAsync(local.FullName, cancellation);
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
        return new(id, container, blobs, studies, isWhole);

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
/// <param name="Blobs">Its blobs.</param>
/// <param name="Studies">Patient and study of its objects.</param>
/// <param name="IsWhole">Whether all of it could be read.</param>
internal sealed record RawUpload(string Id, string Container, IReadOnlyList<FoundBlob> Blobs, IReadOnlySet<(string? Patient, string? Study)> Studies, bool IsWhole);
