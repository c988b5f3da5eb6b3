using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;

namespace Radiomics.Pipeline;

/// <summary>Timestamps of anchors (RFC 3161): somebody else's word that an anchor was there at a time. Only its digest goes out.</summary>
internal static class Timestamp
{
    private static readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(20) };

    /// <summary>Asks an authority for a timestamp of some bytes. Returns the token, DER.</summary>
    /// <exception cref="CryptographicException">The answer is no timestamp of them.</exception>
    /// <exception cref="HttpRequestException">It doesn't answer, or with an error.</exception>
    public static async Task<BinaryData> OfAsync(Uri authority, BinaryData content, CancellationToken cancellation)
    {
        var request = Rfc3161TimestampRequest.CreateFromData(content.ToMemory().Span, HashAlgorithmName.SHA256, nonce: RandomNumberGenerator.GetBytes(8), requestSignerCertificates: true);
        using var body = new ByteArrayContent(request.Encode()) { Headers = { ContentType = new("application/timestamp-query") } };
        using var answer = await _http.PostAsync(authority, body, cancellation);
        var bytes = await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(cancellation);
        return new BinaryData(request.ProcessResponse(bytes, out _).AsSignedCms().Encode());
    }

    /// <summary>SHA-256 of the certificate that signed a timestamp; null if that is none of these bytes, or is earlier than they are.</summary>
    /// <param name="token">The token, DER.</param>
    /// <param name="content">The bytes.</param>
    /// <param name="signed">When they were signed, UTC, by a clock that may be five minutes ahead.</param>
    public static string? CertificateOf(BinaryData token, BinaryData content, DateTime signed)
    {
        try
        {
            return Rfc3161TimestampToken.TryDecode(token.ToMemory(), out var parsed, out _)
                && parsed.VerifySignatureForData(content.ToMemory().Span, out var certificate)
                && parsed.TokenInfo.Timestamp.UtcDateTime >= signed.AddMinutes(-5)
                    ? certificate!.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant()
                    : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
