using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Radiomics.Extraction;

namespace RadiomicsFunctions.Http;

/// <summary>
/// What a request says that its body is: <c>Repr-Digest</c> and <c>Content-Digest</c> (RFC 9530) by SHA-256 or SHA-512, and <c>Content-MD5</c> (RFC 1864). All that are there must be right; algorithms that aren't known
/// say nothing. A body is taken whole and as it came, so the first two are of the same bytes.
/// </summary>
internal sealed class ClaimedDigests : IDisposable
{
    /// <summary>Names of the headers, for the documentation.</summary>
    public const string ReprDigest = "Repr-Digest", ContentDigest = "Content-Digest", ContentMd5 = "Content-MD5";

    private readonly List<(string Header, IncrementalHash Hash, byte[] Expected)> _claims = [];

    private ClaimedDigests()
    {
    }

    /// <summary>The hashes that the body is to be put through.</summary>
    public IReadOnlyCollection<IncrementalHash> Hashes => [.. _claims.Select(claim => claim.Hash)];

    /// <summary>What a request's headers say.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidDigest</c>: one of them has another form.</exception>
    public static ClaimedDigests Of(HttpRequest request)
    {
        var claimed = new ClaimedDigests();
        try
        {
            foreach (var header in (string[])[ReprDigest, ContentDigest])
            {
                claimed.AddDictionary(header, request.Headers[header]);
            }

            claimed.AddMd5(request.Headers[ContentMd5]);
            return claimed;
        }
        catch
        {
            claimed.Dispose();
            throw;
        }
    }

    /// <summary>Ends the hashes and compares them.</summary>
    /// <exception cref="RadiomicsException"><c>DigestMismatch</c>.</exception>
    public void Ensure()
    {
        foreach (var (header, hash, expected) in _claims)
        {
            if (!hash.GetHashAndReset().AsSpan().SequenceEqual(expected))
            {
                throw new RadiomicsException("DigestMismatch", $"The body isn't what {header} says: it was changed on its way. Nothing of it was kept; send it again.");
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _claims.ForEach(claim => claim.Hash.Dispose());

    private void AddDictionary(string header, Microsoft.Extensions.Primitives.StringValues lines)
    {
        if (lines.Count == 0)
        {
            return;
        }

        if (!StructuredDictionary.TryParse(string.Join(", ", lines.ToArray()), out var members))
        {
            throw Invalid(header);
        }

        foreach (var (name, algorithm, length) in ((string, HashAlgorithmName, int)[])[("sha-256", HashAlgorithmName.SHA256, SHA256.HashSizeInBytes), ("sha-512", HashAlgorithmName.SHA512, SHA512.HashSizeInBytes)])
        {
            if (members.TryGetValue(name, out var expected))
            {
                Add(header, algorithm, expected?.Length == length ? expected : throw Invalid(header));
            }
        }
    }

    private void AddMd5(Microsoft.Extensions.Primitives.StringValues values)
    {
        if (values.Count == 0)
        {
            return;
        }

        var expected = new byte[MD5.HashSizeInBytes];
        if (values is not [{ Length: 24 } value] || !Convert.TryFromBase64String(value, expected, out var length) || length != expected.Length)
        {
            throw Invalid(ContentMd5);
        }

        Add(ContentMd5, HashAlgorithmName.MD5, expected);
    }

    private void Add(string header, HashAlgorithmName algorithm, byte[] expected) => _claims.Add((header, IncrementalHash.CreateHash(algorithm), expected));

    private static RadiomicsException Invalid(string header) => new(
        "InvalidDigest",
        header == ContentMd5
            ? "Content-MD5 must be one MD5 of the body, 16 bytes in base64 (RFC 1864)."
            : $"{header} must be a dictionary of digests of the body, e.g. sha-256=:base64: (RFC 9530).");
}
