using System.Globalization;
using Radiomics.Extraction;

namespace Radiomics.Pipeline;

/// <summary>Feature vectors by what they are computed from: the same volume, ROI, settings and engine are never extracted twice.</summary>
public sealed class FeatureStore(BlobStore store)
{
    /// <summary>Name of the features of a volume and ROI under settings and this engine.</summary>
    public static string NameOf(string center, string studyUid, string sequence, string volumeSha256, string roiSha256, string settingsHash) =>
        $"{center}/{studyUid}/{sequence}/{Digest.OfParts(volumeSha256, roiSha256, settingsHash, FeatureExtractor.EngineVersion)}.json";

    /// <summary>Name of the features of the same volume and ROI, perturbed.</summary>
    /// <param name="features">Name of those that aren't.</param>
    /// <param name="perturbation">The perturbation.</param>
    /// <param name="seed">Its seed.</param>
    public static string PerturbedNameOf(string features, Perturbation perturbation, int seed) =>
        $"{features[..features.LastIndexOf('/')]}/perturbed/{Digest.OfParts(features, Digest.Of(BlobStore.Json(perturbation)), seed.ToString(CultureInfo.InvariantCulture))}.json";

    /// <summary>Whether there are features of a name.</summary>
    public async Task<bool> ExistsAsync(string name) => await store.Blob(Containers.Features, name).ExistsAsync();

    /// <summary>Features by name; null if there are none.</summary>
    public Task<StoredFeatures?> TryReadAsync(string name) => store.TryReadJsonAsync<StoredFeatures>(Containers.Features, name);

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
