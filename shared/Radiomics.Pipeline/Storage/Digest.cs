using System.Security.Cryptography;
using System.Text.Json;
using Radiomics.Extraction;

namespace Radiomics.Pipeline;

/// <summary>SHA-256 as lower-case hex: the product's one digest.</summary>
public static class Digest
{
    /// <summary>Of bytes.</summary>
    public static string Of(BinaryData content) => Convert.ToHexStringLower(SHA256.HashData(content.ToMemory().Span));

    /// <summary>Of a list of strings, as JSON, so that no two lists look alike.</summary>
    public static string OfParts(params IEnumerable<string> parts) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(parts, RadiomicsJson.Options)));

    /// <summary>Of a file.</summary>
    public static async Task<string> OfFileAsync(FileInfo file)
    {
        await using var stream = file.OpenRead();
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream));
    }

    /// <summary>Of what is left of a stream, never held in memory at once.</summary>
    public static async Task<string> OfStreamAsync(Stream stream, CancellationToken cancellation = default) =>
        Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation));
}
