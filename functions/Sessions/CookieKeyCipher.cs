using System.Security.Cryptography;
using System.Text;
using Radiomics.Dicom;

namespace RadiomicsFunctions.Sessions;

/// <summary>
/// Encrypts the keys of cookies where they are stored: AES-256-GCM under a key that is derived from the service's secret. Who reads the storage account alone can forge no cookie.
/// </summary>
/// <param name="secret">The service's secret.</param>
internal sealed class CookieKeyCipher(UidKey secret)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private static readonly byte[] s_place = "cookie-keys"u8.ToArray();

    private readonly byte[] _key = secret.DeriveKey("cookie keys");

    /// <summary>Encrypts a text.</summary>
    /// <returns>Base64 of nonce, tag and ciphertext.</returns>
    public string Encrypt(string text)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var bytes = new byte[NonceBytes + TagBytes + plain.Length];
        RandomNumberGenerator.Fill(bytes.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(_key, TagBytes);
        aes.Encrypt(bytes.AsSpan(0, NonceBytes), plain, bytes.AsSpan(NonceBytes + TagBytes), bytes.AsSpan(NonceBytes, TagBytes), s_place);
        return Convert.ToBase64String(bytes);
    }

    /// <summary>The text.</summary>
    /// <exception cref="CryptographicException">It was encrypted under another secret, or has been changed.</exception>
    public string Decrypt(string encrypted)
    {
        var bytes = new byte[encrypted.Length];
        if (!Convert.TryFromBase64String(encrypted, bytes, out var length) || length < NonceBytes + TagBytes)
        {
            throw new CryptographicException("What is stored of a key of cookies isn't one.");
        }

        var plain = new byte[length - NonceBytes - TagBytes];
        using var aes = new AesGcm(_key, TagBytes);
        aes.Decrypt(bytes.AsSpan(0, NonceBytes), bytes.AsSpan(NonceBytes + TagBytes, plain.Length), bytes.AsSpan(NonceBytes, TagBytes), plain, s_place);
        return Encoding.UTF8.GetString(plain);
    }
}
