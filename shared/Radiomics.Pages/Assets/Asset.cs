using System.IO.Compression;

namespace Radiomics.Pages;

/// <summary>A file that pages load.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="ContentType">What it is.</param>
/// <param name="Version">Names its content: another content has another.</param>
public sealed record Asset(byte[] Content, string ContentType, string Version)
{
    private const int WorthIt = 1024;

    private readonly Lazy<byte[]?> _packed = new(() => Pack(Content, ContentType));

    /// <summary>Its bytes as gzip sends them, packed when first asked for; null where that saves nothing.</summary>
    public byte[]? Packed => _packed.Value;

    private static byte[]? Pack(byte[] content, string type)
    {
        if (content.Length < WorthIt || type.StartsWith("image/png", StringComparison.Ordinal) || type.StartsWith("font/", StringComparison.Ordinal))
        {
            return null;
        }

        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }
}
