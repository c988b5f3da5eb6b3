using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Radiomics.Pipeline;

/// <summary>
/// An API key as its sender has it: <c>radiomics_{id}_{secret}</c>. The id finds the record, the secret of 256 random bits proves the key; being random, it needs
/// no slow hash to be safe in storage.
/// </summary>
/// <param name="Id">16 hex digits; no secret, and the name of whoever calls with it.</param>
/// <param name="Secret">43 characters of base64url.</param>
public sealed record ApiKey(string Id, string Secret)
{
    private const string Prefix = "radiomics_";
    private const int IdLength = 16;
    private const int SecretBytes = 32;
    private const int SecretLength = 43;

    /// <summary>SHA-256 of the secret, lower-case hex: all that is stored of it.</summary>
    public string Sha256 => Digest.Of(new BinaryData(Encoding.ASCII.GetBytes(Secret)));

    /// <summary>A new key.</summary>
    public static ApiKey Create() =>
        new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdLength / 2)), Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes)));

    /// <summary>Reads a key; null if it is none.</summary>
    public static ApiKey? TryParse(string text)
    {
        if (text.Length != Prefix.Length + IdLength + 1 + SecretLength || !text.StartsWith(Prefix, StringComparison.Ordinal) || text[Prefix.Length + IdLength] != '_')
        {
            return null;
        }

        var (id, secret) = (text[Prefix.Length..(Prefix.Length + IdLength)], text[^SecretLength..]);
        return IsId(id) && secret.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? new ApiKey(id, secret) : null;
    }

    /// <summary>Whether a text can be a key's id.</summary>
    public static bool IsId(string id) => id.Length == IdLength && id.All(char.IsAsciiHexDigitLower);

    /// <summary>Whether this is the key of a digest; takes as long whether it is or not.</summary>
    public bool Has(string sha256) => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Sha256), Encoding.ASCII.GetBytes(sha256));

    /// <summary>The key, as its sender sends it. Shown once, and never logged.</summary>
    public string Reveal() => $"{Prefix}{Id}_{Secret}";

    /// <summary>Without the secret.</summary>
    public override string ToString() => $"{Prefix}{Id}_…";
}
