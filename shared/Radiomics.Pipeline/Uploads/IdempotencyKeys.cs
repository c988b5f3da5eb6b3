using Radiomics.Extraction;

namespace Radiomics.Pipeline;

/// <summary>Remembers what an Idempotency-Key of a center stood for first.</summary>
public sealed class IdempotencyKeys(BlobStore store)
{
    private const int MaxLength = 200;

    /// <summary>Whether a key has a form that is accepted: 1 to 200 visible ASCII characters.</summary>
    public static bool IsValid(string key) => key.Length is > 0 and <= MaxLength && key.All(c => c is > ' ' and <= '~');

    /// <summary>The upload that the key stands for: <paramref name="uploadId"/> if it is new.</summary>
    /// <param name="center">The center, which keys are scoped by.</param>
    /// <param name="key">The key as sent; only its digest is kept.</param>
    /// <param name="bodySha256">Digest of what was asked for.</param>
    /// <param name="uploadId">The upload that was asked for.</param>
    /// <exception cref="RadiomicsException"><c>IdempotencyKeyReused</c>: the key came with another body before.</exception>
    public async Task<string> ClaimAsync(string center, string key, string bodySha256, string uploadId)
    {
        var name = $"by-key/{Digest.OfParts(center, key)}.json";
        var claim = new Claim(bodySha256, uploadId);
        var first = await store.WriteJsonOnceAsync(Containers.Uploads, name, claim)
            ? claim
            : await store.TryReadJsonAsync<Claim>(Containers.Uploads, name) ?? throw new InvalidOperationException("An idempotency record has been removed.");
        return first.BodySha256 == bodySha256
            ? first.UploadId
            : throw new RadiomicsException("IdempotencyKeyReused", "This Idempotency-Key was sent before with another body. Use a new key for a new request.");
    }

    private sealed record Claim(string BodySha256, string UploadId);
}
