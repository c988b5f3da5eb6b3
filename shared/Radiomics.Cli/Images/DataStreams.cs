using System.IO.Compression;
using Radiomics.Extraction;

namespace Radiomics.Cli.Images;

/// <summary>What lies between a file's bytes and its voxels.</summary>
internal static class DataStreams
{
    /// <summary>Inflates gzip or zlib, whichever the first byte says.</summary>
    public static Stream Inflated(Stream stream)
    {
        var first = new byte[1];
        var whole = new PrefixedStream(first.AsMemory(0, stream.ReadAtLeast(first, 1, throwOnEndOfStream: false)), stream);
        return first[0] == 0x1f ? new GZipStream(whole, CompressionMode.Decompress) : new ZLibStream(whole, CompressionMode.Decompress);
    }

    /// <summary>Reads so many lines.</summary>
    /// <exception cref="EndOfStreamException">There are fewer.</exception>
    public static void SkipLines(Stream stream, long lines)
    {
        while (lines > 0)
        {
            lines -= stream.ReadByte() switch { '\n' => 1, < 0 => throw new EndOfStreamException(), _ => 0 };
        }
    }

    /// <summary>Reads so many bytes.</summary>
    /// <exception cref="EndOfStreamException">There are fewer.</exception>
    public static void Skip(Stream stream, long bytes)
    {
        var buffer = new byte[Math.Clamp(bytes, 0, 1 << 16)];
        while (bytes > 0)
        {
            var now = (int)Math.Min(bytes, buffer.Length);
            stream.ReadExactly(buffer, 0, now);
            bytes -= now;
        }
    }

    /// <summary>Goes to where the last <paramref name="bytes"/> of a file begin.</summary>
    /// <exception cref="EndOfStreamException">It has fewer.</exception>
    public static void SkipToLast(Stream stream, long bytes, string format)
    {
        if (!stream.CanSeek)
        {
            throw ImageError.Of(format, "Its voxels are counted from the end of a file that can only be read forwards.");
        }

        stream.Position = stream.Length >= bytes ? stream.Length - bytes : throw new EndOfStreamException();
    }
}
