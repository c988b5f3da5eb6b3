using System.Text.Json;
using Azure.Storage.Blobs.Models;
using Radiomics.Dicom;
using Radiomics.Extraction;

namespace Radiomics.Pipeline;

/// <summary>De-identified studies: <c>{center}/{studyUid}/{contentHash}/</c> with a manifest and two NIfTI files per sequence. Written once.</summary>
public sealed class StudyStore(BlobStore store, TemporaryStorage temporary, WorkingMemory memory)
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

    /// <summary>The folder of a study: its name is the digest of the manifest, with names relative to it.</summary>
    public static string FolderOf(string center, StudyManifest relative) => $"{center}/{relative.StudyUid}/{Digest.Of(BlobStore.Json(relative))}";

    /// <summary>The newest manifest of a study; null if it hasn't been ingested.</summary>
    /// <exception cref="AlteredException">It isn't the one that was stored: the folder it lies in has its digest for a name.</exception>
    public async Task<(StudyManifest Manifest, BlobReference Reference)?> TryGetNewestAsync(string center, string studyUid)
    {
        if (await TryFindNewestAsync(center, studyUid) is not { } name)
        {
            return null;
        }

        var content = (await store.Blob(Containers.Studies, name).DownloadContentAsync()).Value.Content;
        return IsOfItsFolder(name, content, out var manifest) ? (manifest!, new BlobReference(name, Digest.Of(content))) : throw AlteredException.OfPart(Containers.Studies, name);
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

    /// <summary>Reads a volume and its ROI, once there is memory for the work on them, and does the work.</summary>
    /// <exception cref="AlteredException">One of them isn't the one that was stored.</exception>
    public async Task<T> WithImagesAsync<T>(StoredFile volume, StoredFile roi, Func<Volume, Mask, Task<T>> work)
    {
        // The ROI, a byte a voxel, says how large both are.
        var mask = await GetRoiAsync(roi);
        using var taken = await memory.Volumes.TakeAsync((long)mask.Geometry.Count * WorkingMemory.ExtractionBytesPerVoxel);
        return await work(await GetVolumeAsync(volume), mask);
    }

    /// <summary>Reads a volume.</summary>
    /// <exception cref="AlteredException">It isn't the one that was stored.</exception>
    public Task<Volume> GetVolumeAsync(StoredFile volume) =>
        store.ReadCheckedAsync(Containers.Studies, volume.Blob, volume.Sha256, stream => NiftiFile.ReadVolume(stream));

    /// <summary>Reads an ROI.</summary>
    /// <exception cref="AlteredException">It isn't the one that was stored.</exception>
    public Task<Mask> GetRoiAsync(StoredFile roi) =>
        store.ReadCheckedAsync(Containers.Studies, roi.Blob, roi.Sha256, stream => NiftiFile.ReadMask(stream));

    /// <summary>Whether a manifest says what the name of its folder stands for.</summary>
    private static bool IsOfItsFolder(string name, BinaryData json, out StudyManifest? manifest)
    {
        manifest = null;
        try
        {
            manifest = BlobStore.Parse<StudyManifest>(json);
        }
        catch (JsonException)
        {
            return false;
        }

        var folder = name[..name.LastIndexOf('/')];
        var relative = manifest with
        {
            Sequences = [.. manifest.Sequences.Select(sequence => sequence with { Volume = Relative(folder, sequence.Volume), Roi = Relative(folder, sequence.Roi) })],
        };

        // A manifest of an earlier form has members that this one writes and that one didn't: only of its own form it can be told.
        return manifest.SchemaVersion != StudyManifest.CurrentSchemaVersion
            || manifest.IngestVersion != StudyReader.IngestVersion
            || folder == FolderOf(folder[..folder.IndexOf('/')], relative);
    }

    private static StoredFile Relative(string folder, StoredFile file) =>
        file.Blob.StartsWith($"{folder}/", StringComparison.Ordinal) ? file with { Blob = file.Blob[(folder.Length + 1)..] } : file;
}
