using Radiomics.Extraction;

namespace Radiomics.Pipeline;

/// <summary>Remembers what an Idempotency-Key of a center stood for first.</summary>
public sealed class IdempotencyKeys(BlobStore store)
{
    private const int MaxLength = 200;
    private const string Folder = "by-key/";

    /// <summary>Whether a key has a form that is accepted: 1 to 200 visible ASCII characters.</summary>
    public static bool IsValid(string key) => key.Length is > 0 and <= MaxLength && key.All(c => c is > ' ' and <= '~');

    /// <summary>What the key stands for: what is asked for now, if it is new.</summary>
    /// <param name="center">The center, which keys are scoped by.</param>
    /// <param name="key">The key as sent; only its digest is kept.</param>
    /// <param name="bodySha256">Digest of what was asked for.</param>
    /// <param name="uploadId">The upload that was asked for.</param>
    /// <param name="made">The prediction or retraining that is made of it, as long as which the claim is kept.</param>
    /// <exception cref="RadiomicsException"><c>IdempotencyKeyReused</c>: the key came with another body before.</exception>
    public async Task<KeyClaim> ClaimAsync(string center, string key, string bodySha256, string uploadId, string made)
    {
        var name = $"{Folder}{Digest.OfParts(center, key)}.json";
        var claim = new KeyClaim(bodySha256, uploadId, center, made);
        while (!await store.WriteJsonOnceAsync(Containers.Uploads, name, claim))
        {
            // One that is deleted just now had nothing left that it stood for.
            if (await store.TryReadJsonAsync<KeyClaim>(Containers.Uploads, name) is { } first)
            {
                return first.BodySha256 == bodySha256 ? first : throw Reused();
            }
        }

        return claim;
    }

    /// <summary><c>IdempotencyKeyReused</c>.</summary>
    public static RadiomicsException Reused() =>
        new("IdempotencyKeyReused", "This Idempotency-Key was sent before with another body. Use a new key for a new request.");

    /// <summary>Whether a blob of <c>uploads</c> is a claim.</summary>
    internal static bool IsClaim(string blob) => blob.StartsWith(Folder, StringComparison.Ordinal);
}

/// <summary>What an Idempotency-Key stands for (<c>uploads/by-key/{digest}.json</c>).</summary>
/// <param name="BodySha256">Digest of what was asked for.</param>
/// <param name="UploadId">The upload that was asked for; of a retraining, what tells one order from another.</param>
/// <param name="Center">The center; null in a claim that was made before claims said it.</param>
/// <param name="Made">The prediction or retraining; null in a claim that was made before claims said it.</param>
public sealed record KeyClaim(string BodySha256, string UploadId, string? Center = null, string? Made = null);
