using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;

namespace Radiomics.Pipeline;

/// <summary>Which keys count when the trail is verified.</summary>
public sealed class AuditTrust
{
    private readonly HashSet<string>? _fingerprints;

    private AuditTrust(HashSet<string>? fingerprints) => _fingerprints = fingerprints;

    /// <summary>
    /// Whatever key signed counts: for who has nothing to compare it with. Then somebody who can rewrite everything, certificates and anchors too, isn't found; the fingerprints are
    /// told, for people to compare.
    /// </summary>
    public static AuditTrust Unpinned { get; } = new(null);

    /// <summary>Whether keys are compared with anything.</summary>
    public bool IsPinned => _fingerprints is not null;

    /// <summary>The service's key, those that it has replaced, and what else is named.</summary>
    public static async Task<AuditTrust> OfAsync(IAuditKey key, IReadOnlyList<string> former, CancellationToken cancellation = default) =>
        Of((await key.PublicKeysAsync(cancellation)).Select(info => AuditPublicKey.FingerprintOf(info)).Concat(former));

    /// <summary>The service's key, and those that it has replaced.</summary>
    public static Task<AuditTrust> OfAsync(IAuditKey key, CancellationToken cancellation = default) => OfAsync(key, [], cancellation);

    /// <summary>Keys by their fingerprints, noted down before.</summary>
    public static AuditTrust Of(IEnumerable<string> fingerprints) => new([.. fingerprints]);

    /// <summary>Whether a key counts.</summary>
    internal bool Counts(string fingerprint) => _fingerprints?.Contains(fingerprint) ?? true;
}

/// <summary>Checks signatures of one account's trail. Reads each certificate once.</summary>
internal sealed class SignatureCheck(AuditTrust trust, params IReadOnlyList<BlobStore> stores)
{
    private readonly ConcurrentDictionary<string, Task<Signer?>> _signers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> _issuers = new(StringComparer.Ordinal);

    /// <summary>Fingerprints of the keys that vouch for what was checked so far.</summary>
    public IReadOnlyList<string> Issuers => [.. _issuers.Keys.Order(StringComparer.Ordinal)];

    /// <summary>What is wrong with a signature; null if nothing is.</summary>
    /// <param name="signer">Id of who is said to have signed.</param>
    /// <param name="kind">Kind of the text.</param>
    /// <param name="text">The text.</param>
    /// <param name="signature">The signature.</param>
    /// <param name="time">What the signer's clock said.</param>
    public async Task<string?> FaultAsync(string signer, string kind, string text, byte[]? signature, DateTime time, CancellationToken cancellation)
    {
        if (await _signers.GetOrAdd(signer, id => ReadAsync(id, cancellation)) is not { } known)
        {
            return AuditReasons.SignerUnknown;
        }

        if (known.Fault is { } fault)
        {
            return fault;
        }

        if (signature is null || !known.Key!.Verifies(AuditPublicKey.DigestOf(kind, text), signature))
        {
            return AuditReasons.SignatureWrong;
        }

        return time >= known.Certificate!.NotBefore && time <= known.Certificate.NotAfter ? null : AuditReasons.SignerOutdated;
    }

    private async Task<Signer?> ReadAsync(string id, CancellationToken cancellation)
    {
        // Somebody else may have written anything there, also what no blob can be called.
        if (!AuditPublicKey.IsFingerprint(id))
        {
            return null;
        }

        var isForged = false;
        foreach (var store in stores)
        {
            try
            {
                if (await store.TryReadJsonAsync<SignerCertificate>(Containers.AuditAnchors, SignerCertificate.NameOf(id), cancellation) is { } certificate)
                {
                    if (certificate.Id == id && certificate.IsSigned())
                    {
                        var issuer = AuditPublicKey.FingerprintOf(certificate.Issuer);
                        _issuers.TryAdd(issuer, 0);
                        return trust.Counts(issuer) ? new(null, certificate, AuditPublicKey.Read(certificate.PublicKey)) : new(AuditReasons.KeyForeign, null, null);
                    }

                    isForged = true;
                }
            }
            catch (Exception e) when (e is JsonException or CryptographicException or InvalidDataException)
            {
                isForged = true;
            }
        }

        return isForged ? new(AuditReasons.SignerForged, null, null) : null;
    }

    private sealed record Signer(string? Fault, SignerCertificate? Certificate, AuditPublicKey? Key);
}
