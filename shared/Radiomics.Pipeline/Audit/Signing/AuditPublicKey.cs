using System.Security.Cryptography;
using System.Text;

namespace Radiomics.Pipeline;

/// <summary>A public key (ECDSA, P-256) that signatures of the audit trail are checked with.</summary>
public sealed class AuditPublicKey : IDisposable
{
    private const int FingerprintLength = 32;

    private readonly ECDsa _key = ECDsa.Create();

    private AuditPublicKey(ReadOnlySpan<byte> info)
    {
        _key.ImportSubjectPublicKeyInfo(info, out _);
        if (_key.KeySize != 256)
        {
            throw new CryptographicException("The key isn't one on the curve P-256.");
        }

        Info = info.ToArray();
        Fingerprint = FingerprintOf(info);
    }

    /// <summary>The first 32 hex digits of the SHA-256 of <see cref="Info"/>: what people note down and compare.</summary>
    public string Fingerprint { get; }

    /// <summary>The key as SubjectPublicKeyInfo (RFC 5280), DER.</summary>
    public byte[] Info { get; }

    /// <summary>Reads a SubjectPublicKeyInfo.</summary>
    /// <exception cref="CryptographicException">It is none, or one of another curve.</exception>
    public static AuditPublicKey Read(ReadOnlySpan<byte> info) => new(info);

    /// <summary>Whether a text may be a fingerprint.</summary>
    internal static bool IsFingerprint(string text) => text.Length == FingerprintLength && text.All(char.IsAsciiHexDigitLower);

    /// <summary>Fingerprint of a SubjectPublicKeyInfo.</summary>
    internal static string FingerprintOf(ReadOnlySpan<byte> info) => Convert.ToHexStringLower(SHA256.HashData(info))[..FingerprintLength];

    /// <summary>SHA-256 of a text that says what kind of thing it is, so that a signature on one never passes for one on another.</summary>
    internal static byte[] DigestOf(string kind, string text) => SHA256.HashData(Encoding.UTF8.GetBytes($"radiomics/audit/{kind}\n{text}"));

    /// <summary>Whether a signature (r and s, 32 bytes each) is this key's on a digest.</summary>
    public bool Verifies(byte[] digest, byte[] signature)
    {
        lock (_key)
        {
            return _key.VerifyHash(digest, signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
