namespace Radiomics.Pipeline;

/// <summary>Keeps every profile that a prediction was planned with, by digest (<c>models/{center}/profiles/{sha256}.json</c>).</summary>
public sealed class ProfileStore(BlobStore store, CenterProfiles profiles)
{
    /// <summary>Stores a center's current profile and settings; returns their digest.</summary>
    /// <exception cref="Extraction.RadiomicsException"><c>UnknownCenter</c>.</exception>
    public async Task<string> PinAsync(string center)
    {
        var json = BlobStore.Json(profiles.Pin(center));
        var sha256 = Digest.Of(json);
        await store.WriteOnceAsync(Containers.Models, Name(center, sha256), json);
        return sha256;
    }

    /// <summary>A pinned profile.</summary>
    public async Task<PinnedProfile> GetAsync(string center, string sha256) =>
        BlobStore.Parse<PinnedProfile>(await store.ReadCheckedAsync(Containers.Models, Name(center, sha256), sha256));

    /// <summary>Name of a pinned profile.</summary>
    internal static string Name(string center, string sha256) => $"{center}/profiles/{sha256}.json";
}
