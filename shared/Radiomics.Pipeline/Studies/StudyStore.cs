using Azure.Storage.Blobs.Models;
using Radiomics.Dicom;
using Radiomics.Extraction;

namespace Radiomics.Pipeline;

/// <summary>De-identified studies: <c>{center}/{studyUid}/{contentHash}/</c> with a manifest and two NIfTI files per sequence. Written once.</summary>
public sealed class StudyStore(BlobStore store, TemporaryStorage temporary)
{
    /// <summary>Stores a study while it is being read, one sequence at a time; returns its manifest and where that lies.</summary>
    public async Task<(StudyManifest Manifest, BlobReference Reference)> SaveAsync(string center, IngestedStudy study)
    {
        using var folder = temporary.NewFolder();
        var packed = await PackedStudy.WriteAsync(center, study, folder);
        foreach (var file in packed.Files)
        {
            await store.WriteOnceAsync(Containers.Studies, $"{packed.Path}/{file}", folder.File(file), "application/gzip");
        }

        var json = BlobStore.Json(packed.Manifest);
        await store.WriteOnceAsync(Containers.Studies, $"{packed.Path}/manifest.json", json);
        return (packed.Manifest, new BlobReference($"{packed.Path}/manifest.json", Digest.Of(json)));
    }

    /// <summary>The newest manifest of a study; null if it hasn't been ingested.</summary>
    public async Task<(StudyManifest Manifest, BlobReference Reference)?> TryGetNewestAsync(string center, string studyUid)
    {
        if (await TryFindNewestAsync(center, studyUid) is not { } name)
        {
            return null;
        }

        var content = (await store.Blob(Containers.Studies, name).DownloadContentAsync()).Value.Content;
        return (BlobStore.Parse<StudyManifest>(content), new BlobReference(name, Digest.Of(content)));
    }

    /// <summary>Name of the newest manifest of a study (of two of one second, the last by name); null if it hasn't been ingested.</summary>
    public async Task<string?> TryFindNewestAsync(string center, string studyUid)
    {
        (DateTimeOffset Written, string Name)? newest = null;
        await foreach (var blob in store.Container(Containers.Studies).GetBlobsAsync(BlobTraits.None, BlobStates.None, $"{center}/{studyUid}/", default))
        {
            var found = (blob.Properties.LastModified ?? default, blob.Name);
            if (blob.Name.EndsWith("/manifest.json", StringComparison.Ordinal)
                && (newest is not { } other || found.Item1 > other.Written || (found.Item1 == other.Written && string.CompareOrdinal(found.Name, other.Name) > 0)))
            {
                newest = found;
            }
        }

        return newest?.Name;
    }

    /// <summary>Reads a manifest.</summary>
    public async Task<StudyManifest> GetManifestAsync(BlobReference manifest) =>
        BlobStore.Parse<StudyManifest>(await store.ReadCheckedAsync(Containers.Studies, manifest.Blob, manifest.Sha256));

    /// <summary>Reads a volume.</summary>
    public async Task<Volume> GetVolumeAsync(StoredFile volume)
    {
        await using var stream = await OpenAsync(volume);
        return NiftiFile.ReadVolume(stream);
    }

    /// <summary>Reads an ROI.</summary>
    public async Task<Mask> GetRoiAsync(StoredFile roi)
    {
        await using var stream = await OpenAsync(roi);
        return NiftiFile.ReadMask(stream);
    }

    private async Task<Stream> OpenAsync(StoredFile file) =>
        (await store.ReadCheckedAsync(Containers.Studies, file.Blob, file.Sha256)).ToStream();
}
