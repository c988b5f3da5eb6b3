using Radiomics.Extraction;

namespace Radiomics.Pipeline;

/// <summary>Feature vectors by what they are computed from: the same volume, ROI, settings and engine are never extracted twice.</summary>
public sealed class FeatureStore(BlobStore store)
{
    /// <summary>Name of the features of a volume and ROI under settings and this engine.</summary>
    public static string NameOf(string center, string studyUid, string sequence, string volumeSha256, string roiSha256, string settingsHash) =>
        $"{center}/{studyUid}/{sequence}/{Digest.OfParts(volumeSha256, roiSha256, settingsHash, FeatureExtractor.EngineVersion)}.json";

    /// <summary>A reference to stored features; null if there are none.</summary>
    public async Task<BlobReference?> TryFindAsync(string name) =>
        await store.TryReadAsync(Containers.Features, name) is { } blob ? new BlobReference(name, Digest.Of(blob.Content)) : null;

    /// <summary>Stores features; what is there already stays.</summary>
    public async Task<BlobReference> SaveAsync(string name, StoredFeatures features)
    {
        var json = BlobStore.Json(features);
        return await store.WriteOnceAsync(Containers.Features, name, json)
            ? new BlobReference(name, Digest.Of(json))
            : (await TryFindAsync(name))!;
    }

    /// <summary>Reads features.</summary>
    public async Task<StoredFeatures> GetAsync(BlobReference features) =>
        BlobStore.Parse<StoredFeatures>(await store.ReadCheckedAsync(Containers.Features, features.Blob, features.Sha256));
}
