using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Radiomics.Extraction;

namespace Radiomics.Pipeline;

/// <summary>SHA-256 as lower-case hex: the product's one digest.</summary>
public static class Digest
{
    private const int BufferBytes = 128 * 1024;

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

    /// <summary>Of what is left of a stream, while it is copied to another one.</summary>
    /// <param name="source">What is read.</param>
    /// <param name="target">Where it is written.</param>
    /// <param name="admit">Told the bytes of each block before it is written; throws what ends the copy.</param>
    /// <param name="others">Other digests to be taken of the same bytes.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<string> OfCopyAsync(
        Stream source, Stream target, Action<int> admit, IReadOnlyCollection<IncrementalHash>? others = null, CancellationToken cancellation = default)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            int read;
            while ((read = await source.ReadAsync(buffer, cancellation)) > 0)
            {
                admit(read);
                hash.AppendData(buffer.AsSpan(0, read));
                foreach (var other in others ?? [])
                {
                    other.AppendData(buffer.AsSpan(0, read));
                }

                await target.WriteAsync(buffer.AsMemory(0, read), cancellation);
            }

            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Of what is left of a stream, never held in memory at once.</summary>
    public static async Task<string> OfStreamAsync(Stream stream, CancellationToken cancellation = default) =>
        Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation));
}
