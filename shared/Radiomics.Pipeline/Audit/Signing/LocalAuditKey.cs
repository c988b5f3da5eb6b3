using System.Security.Cryptography;

namespace Radiomics.Pipeline;

/// <summary>
/// The key of one's own machine: PEM, the private key first, and behind it the public keys that it has replaced. It lies in the user's profile, not in the storage account.
/// </summary>
public sealed class LocalAuditKey : IAuditKey, IDisposable
{
    private readonly ECDsa _key;
    private readonly List<byte[]> _publicKeys;

    private LocalAuditKey(ECDsa key, IEnumerable<byte[]> replaced)
    {
        _key = key;
        _publicKeys = [key.ExportSubjectPublicKeyInfo(), .. replaced];
    }

    /// <summary>Fingerprint of the current key.</summary>
    public string Fingerprint => AuditPublicKey.FingerprintOf(_publicKeys[0]);

    /// <summary>Fingerprint of a public key.</summary>
    public static string FingerprintOf(byte[] publicKey) => AuditPublicKey.FingerprintOf(publicKey);

    /// <summary>Whether the file is there.</summary>
    public static bool IsThere(string? path) => File.Exists(PathOf(path));

    /// <summary>A new key that lies nowhere.</summary>
    public static LocalAuditKey Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256), []);

    /// <summary>The key of a file, which is made if it isn't there.</summary>
    /// <exception cref="InvalidOperationException">The file holds no such key.</exception>
    public static LocalAuditKey Open(string? path) => Parse(SecretFile.ReadOrMake(PathOf(path), () =>
    {
        using var key = Create();
        return key.ToPem();
    }));

    /// <summary>Puts a new key in the place of a file's, which goes on counting for what it has signed. Processes take the new one within a day, or when they start.</summary>
    public static LocalAuditKey Rotate(string? path)
    {
        using var before = Open(path);
        var next = new LocalAuditKey(ECDsa.Create(ECCurve.NamedCurves.nistP256), before._publicKeys);
        SecretFile.Write(PathOf(path), next.ToPem());
        return next;
    }

    /// <inheritdoc/>
    public Task<(byte[] PublicKey, byte[] Signature)> SignAsync(byte[] digest, CancellationToken cancellation = default)
    {
        lock (_key)
        {
            return Task.FromResult((_publicKeys[0], _key.SignHash(digest, DSASignatureFormat.IeeeP1363FixedFieldConcatenation)));
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<byte[]>> PublicKeysAsync(CancellationToken cancellation = default) => Task.FromResult<IReadOnlyList<byte[]>>(_publicKeys);

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    private static string PathOf(string? path) => path is { Length: > 0 } ? path : SecretFile.DefaultPath("audit-key");

    private static LocalAuditKey Parse(string text)
    {
        var key = ECDsa.Create();
        List<byte[]> replaced = [];
        try
        {
            for (var rest = text.AsSpan(); PemEncoding.TryFind(rest, out var fields); rest = rest[fields.Location.End..])
            {
                var bytes = Convert.FromBase64String(rest[fields.Base64Data].ToString());
                if (rest[fields.Label] is "PRIVATE KEY")
                {
                    key.ImportPkcs8PrivateKey(bytes, out _);
                }
                else
                {
                    using var known = AuditPublicKey.Read(bytes);
                    replaced.Add(known.Info);
                }
            }

            using var own = AuditPublicKey.Read(key.ExportSubjectPublicKeyInfo());
            return text.Contains("PRIVATE KEY", StringComparison.Ordinal) ? new LocalAuditKey(key, replaced) : throw new CryptographicException("There is no private key in it.");
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            key.Dispose();
            throw new InvalidOperationException("The audit key file isn't the PEM of an EC key on the curve P-256. Put the right file back; a new one makes every event before it count as another's.", e);
        }
    }

    private string ToPem() => string.Join('\n', [_key.ExportPkcs8PrivateKeyPem(), .. _publicKeys.Skip(1).Select(info => PemEncoding.WriteString("PUBLIC KEY", info)), ""]);
}
