using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Radiomics.Dicom;
using Radiomics.Extraction;

namespace Radiomics.Pipeline;

/// <summary>
/// A UID key as a file that may lie anywhere: encrypted under a passphrase (AES-256-GCM; the key by PBKDF2 with HMAC-SHA-256, RFC 8018), with the fingerprint by which
/// <see cref="UidKeyVersions"/> says which version it is.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record UidKeyBackup
{
    private const int SaltBytes = 16;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int KeyBytes = 32;
    private const int LeastPassphrase = 12;
    private const int MostIterations = 10_000_000;

    /// <summary>Version of this form.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary><see cref="UidKey.Fingerprint"/> of the key.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Rounds of PBKDF2.</summary>
    public required int Iterations { get; init; }

    /// <summary>Salt of PBKDF2.</summary>
    public required byte[] Salt { get; init; }

    /// <summary>Nonce, tag and ciphertext.</summary>
    public required byte[] Sealed { get; init; }

    /// <summary>Encrypts a key.</summary>
    /// <param name="secret">The key's bytes.</param>
    /// <param name="passphrase">At least 12 characters.</param>
    /// <param name="iterations">Rounds of PBKDF2; what OWASP recommends (2023) unless said.</param>
    /// <exception cref="RadiomicsException"><c>PassphraseTooShort</c>.</exception>
    public static UidKeyBackup Seal(byte[] secret, string passphrase, int iterations = 600_000)
    {
        if (passphrase.Length < LeastPassphrase)
        {
            throw new RadiomicsException("PassphraseTooShort", $"A passphrase has at least {LeastPassphrase} characters.");
        }

        var (salt, bytes) = (RandomNumberGenerator.GetBytes(SaltBytes), new byte[NonceBytes + TagBytes + secret.Length]);
        var fingerprint = new UidKey(secret).Fingerprint;
        RandomNumberGenerator.Fill(bytes.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(Derive(passphrase, salt, iterations), TagBytes);
        aes.Encrypt(bytes.AsSpan(0, NonceBytes), secret, bytes.AsSpan(NonceBytes + TagBytes), bytes.AsSpan(NonceBytes, TagBytes), Encoding.UTF8.GetBytes(fingerprint));
        return new UidKeyBackup { Fingerprint = fingerprint, Iterations = iterations, Salt = salt, Sealed = bytes };
    }

    /// <summary>Reads a backup.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidBackup</c>.</exception>
    public static UidKeyBackup Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<UidKeyBackup>(json, RadiomicsJson.Options) is { SchemaVersion: 1, Iterations: > 0 and <= MostIterations, Sealed.Length: > NonceBytes + TagBytes } backup
                ? backup
                : throw new JsonException();
        }
        catch (JsonException e)
        {
            throw new RadiomicsException("InvalidBackup", "The file is no backup of a UID key, or one of a later version of this tool.", e);
        }
    }

    /// <summary>The backup as a file.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, RadiomicsJson.Indented);

    /// <summary>The key's bytes.</summary>
    /// <exception cref="RadiomicsException"><c>PassphraseWrong</c>: it isn't the passphrase, or the file has been changed.</exception>
    public byte[] Open(string passphrase)
    {
        try
        {
            var secret = new byte[Sealed.Length - NonceBytes - TagBytes];
            using var aes = new AesGcm(Derive(passphrase, Salt, Iterations), TagBytes);
            aes.Decrypt(Sealed.AsSpan(0, NonceBytes), Sealed.AsSpan(NonceBytes + TagBytes), Sealed.AsSpan(NonceBytes, TagBytes), secret, Encoding.UTF8.GetBytes(Fingerprint));
            return secret;
        }
        catch (CryptographicException e)
        {
            throw new RadiomicsException("PassphraseWrong", "The passphrase doesn't open this backup, or the file has been changed.", e);
        }
    }

    private static byte[] Derive(string passphrase, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(passphrase, salt, iterations, HashAlgorithmName.SHA256, KeyBytes);
}
