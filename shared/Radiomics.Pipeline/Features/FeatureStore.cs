using System.Globalization;
using Azure;
using Azure.Storage.Blobs.Models;
using Radiomics.Dicom;
using Radiomics.Extraction;

namespace Radiomics.Pipeline;

/// <summary>
/// Feature vectors by what they are computed from: the same volume, ROI, settings and engine are never extracted twice. No reference says what lies under such a name, so the service signs what it puts there
/// (metadata <c>seal</c>), with a key that writers of blobs don't hold. What has no seal of the current key isn't there: it is extracted again, and takes its place.
/// </summary>
public sealed class FeatureStore(BlobStore store, UidKey key)
{
    private const string Seal = "seal";

    /// <summary>Name of the features of a volume and ROI under settings and this engine.</summary>
    public static string NameOf(string center, string studyUid, string sequence, string volumeSha256, string roiSha256, string settingsHash) =>
        $"{center}/{studyUid}/{sequence}/{Digest.OfParts(volumeSha256, roiSha256, settingsHash, FeatureExtractor.EngineVersion)}.json";

    /// <summary>Name of the features of the same volume and ROI, perturbed.</summary>
    /// <param name="features">Name of those that aren't.</param>
    /// <param name="perturbation">The perturbation.</param>
    /// <param name="seed">Its seed.</param>
    public static string PerturbedNameOf(string features, Perturbation perturbation, int seed) =>
        $"{features[..features.LastIndexOf('/')]}/perturbed/{Digest.OfParts(features, Digest.Of(BlobStore.Json(perturbation)), seed.ToString(CultureInfo.InvariantCulture))}.json";

    /// <summary>Whether there are features of a name; whether they are as they were stored, reading them says.</summary>
    public async Task<bool> ExistsAsync(string name)
    {
        try
        {
            return IsOfThisKey((await store.Blob(Containers.Features, name).GetPropertiesAsync()).Value.Metadata);
        }
        catch (RequestFailedException e) when (e.IsNotFound())
        {
            return false;
        }
    }

    /// <summary>Features by name; null if there are none.</summary>
    /// <exception cref="AlteredException">They aren't those that were stored.</exception>
    public async Task<StoredFeatures?> TryReadAsync(string name) =>
        await store.TryReadAsync(Containers.Features, name) is { } blob && IsThere(name, blob) ? BlobStore.Parse<StoredFeatures>(blob.Content) : null;

    /// <summary>A reference to stored features; null if there are none.</summary>
    /// <exception cref="AlteredException">They aren't those that were stored.</exception>
    public async Task<BlobReference?> TryFindAsync(string name) =>
        await store.TryReadAsync(Containers.Features, name) is { } blob && IsThere(name, blob) ? new BlobReference(name, Digest.Of(blob.Content)) : null;

    /// <summary>Stores features; what is there already stays.</summary>
    /// <exception cref="AlteredException">What is there isn't what was stored.</exception>
    public async Task<BlobReference> SaveAsync(string name, StoredFeatures features)
    {
        var json = BlobStore.Json(features);
        var reference = new BlobReference(name, Digest.Of(json));
        var metadata = new Dictionary<string, string> { [Seal] = SealOf(reference) };
        while (!await store.WriteOnceAsync(Containers.Features, name, json, metadata: metadata))
        {
            if (await store.TryReadAsync(Containers.Features, name) is not { } there)
            {
                continue;
            }

            if (IsThere(name, there))
            {
                return new BlobReference(name, Digest.Of(there.Content));
            }

            if (await store.TryReplaceAsync(Containers.Features, name, json, there.Details.ETag, metadata: metadata))
            {
                break;
            }
        }

        return reference;
    }

    /// <summary>Reads features.</summary>
    /// <exception cref="AlteredException">They aren't those that were stored.</exception>
    public async Task<StoredFeatures> GetAsync(BlobReference features) =>
        BlobStore.Parse<StoredFeatures>(await store.ReadCheckedAsync(Containers.Features, features.Blob, features.Sha256));

    private bool IsThere(string name, BlobDownloadResult blob)
    {
        if (!IsOfThisKey(blob.Details.Metadata))
        {
            return false;
        }

        return blob.Details.Metadata[Seal] == SealOf(new(name, Digest.Of(blob.Content))) ? true : throw AlteredException.OfPart(Containers.Features, name);
    }

    private bool IsOfThisKey(IDictionary<string, string> metadata) =>
        metadata.TryGetValue(Seal, out var seal) && seal.StartsWith($"{key.Fingerprint}.", StringComparison.Ordinal);

    private string SealOf(BlobReference features) => $"{key.Fingerprint}.{key.Sign($"{Containers.Features}/{features.Blob} {features.Sha256}")}";
}
