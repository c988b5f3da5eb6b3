using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace Radiomics.Pipeline;

/// <summary>Says under the service's key that a process may sign for a day: <c>audit-anchors/_signers/{id}.json</c>, written once.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record SignerCertificate
{
    /// <summary>Folder of certificates; no center has a name like it.</summary>
    public const string Folder = "_signers/";

    private const string Kind = "signer";

    /// <summary>Fingerprint of the process's public key.</summary>
    public required string Id { get; init; }

    /// <summary>The process's public key: SubjectPublicKeyInfo.</summary>
    public required byte[] PublicKey { get; init; }

    /// <summary>From when it may sign, UTC, by the process's clock.</summary>
    public required DateTime NotBefore { get; init; }

    /// <summary>Until when.</summary>
    public required DateTime NotAfter { get; init; }

    /// <summary>The service's public key that vouches for it.</summary>
    public required byte[] Issuer { get; init; }

    /// <summary>Its signature.</summary>
    public required byte[] Signature { get; init; }

    /// <summary>Where it lies.</summary>
    [JsonIgnore]
    public string Blob => NameOf(Id);

    /// <summary>Where the certificate of a signer lies.</summary>
    public static string NameOf(string id) => $"{Folder}{id}.json";

    /// <summary>Lets the service's key vouch for a process's.</summary>
    public static async Task<SignerCertificate> IssueAsync(IAuditKey key, byte[] publicKey, DateTime notBefore, DateTime notAfter, CancellationToken cancellation)
    {
        var (issuer, signature) = await key.SignAsync(DigestOf(publicKey, notBefore, notAfter), cancellation);
        return new SignerCertificate
        {
            Id = AuditPublicKey.FingerprintOf(publicKey),
            PublicKey = publicKey,
            NotBefore = notBefore,
            NotAfter = notAfter,
            Issuer = issuer,
            Signature = signature,
        };
    }

    /// <summary>Whether its issuer has signed it, whoever that is.</summary>
    public bool IsSigned()
    {
        if (this is not { PublicKey: not null, Issuer: not null, Signature: not null })
        {
            return false;
        }

        try
        {
            using var issuer = AuditPublicKey.Read(Issuer);
            return Id == AuditPublicKey.FingerprintOf(PublicKey) && issuer.Verifies(DigestOf(PublicKey, NotBefore, NotAfter), Signature);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static byte[] DigestOf(byte[] publicKey, DateTime notBefore, DateTime notAfter) =>
        AuditPublicKey.DigestOf(Kind, string.Create(CultureInfo.InvariantCulture, $"{Convert.ToBase64String(publicKey)}\n{notBefore:O}\n{notAfter:O}"));
}
