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
        List<ManifestSequence> sequences = [];
        foreach (var sequence in study.Sequences)
        {
            var volume = await WriteAsync(folder, $"{sequence.Name}.nii.gz", stream => NiftiFile.Write(stream, sequence.Volume));
            var roi = await WriteAsync(folder, $"{sequence.Name}.roi.nii.gz", stream => NiftiFile.Write(stream, sequence.Roi));
            sequences.Add(ManifestSequence.Create(sequence, volume, roi));
        }

        // The manifest with names relative to itself says all that the study is; its digest is the folder's name.
        var relative = StudyManifest.Create(study, sequences);
        var path = $"{center}/{study.StudyUid}/{Digest.Of(BlobStore.Json(relative))}";
        var manifest = relative with { Sequences = [.. relative.Sequences.Select(sequence => Below(path, sequence))] };
        foreach (var file in sequences.SelectMany(sequence => new[] { sequence.Volume, sequence.Roi }))
        {
            await store.WriteOnceAsync(Containers.Studies, $"{path}/{file.Blob}", folder.File(file.Blob), "application/gzip");
        }

        var json = BlobStore.Json(manifest);
        await store.WriteOnceAsync(Containers.Studies, $"{path}/manifest.json", json);
        return (manifest, new BlobReference($"{path}/manifest.json", Digest.Of(json)));
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
        await foreach (var blob in store.ItemsAsync(Containers.Studies, $"{center}/{studyUid}/", default))
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

    private static async Task<StoredFile> WriteAsync(TemporaryFolder folder, string name, Action<Stream> write)
    {
        var file = folder.File(name);
        await using (var stream = file.Create())
        {
            write(stream);
        }

        return new StoredFile(name, await Digest.OfFileAsync(file));
    }

    private static ManifestSequence Below(string path, ManifestSequence sequence) => sequence with
    {
        Volume = sequence.Volume with { Blob = $"{path}/{sequence.Volume.Blob}" },
        Roi = sequence.Roi with { Blob = $"{path}/{sequence.Roi.Blob}" },
    };
}
