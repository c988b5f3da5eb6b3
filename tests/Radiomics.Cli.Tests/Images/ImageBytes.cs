using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Radiomics.Extraction;

namespace Radiomics.Cli.Tests.Images;

/// <summary>Image files as other programs write them, made by hand.</summary>
internal static class ImageBytes
{
    /// <summary>A grid that isn't its own mirror image.</summary>
    public static VolumeGeometry Grid { get; } = new()
    {
        SizeX = 6,
        SizeY = 5,
        SizeZ = 4,
        SpacingX = 1.5,
        SpacingY = 2,
        SpacingZ = 2.5,
        Origin = new(-10, 20, -30),
    };

    /// <summary>Intensities that no two voxels share.</summary>
    public static short[] Intensities { get; } = [.. Enumerable.Range(0, 120).Select(i => (short)(i * 7 - 300))];

    /// <summary>Labels 0 to 3.</summary>
    public static byte[] Labels { get; } = [.. Enumerable.Range(0, 120).Select(i => (byte)(i % 11 < 4 ? 0 : i % 3 + 1))];

    public static byte[] Little(short[] values)
    {
        var bytes = new byte[2 * values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(2 * i), values[i]);
        }

        return bytes;
    }

    public static byte[] Big(short[] values)
    {
        var bytes = new byte[2 * values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan(2 * i), values[i]);
        }

        return bytes;
    }

    public static byte[] Gzip(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return stream.ToArray();
    }

    public static byte[] Zlib(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var zlib = new ZLibStream(stream, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(bytes);
        }

        return stream.ToArray();
    }

    /// <summary>An NRRD header of the grid, with lines to add.</summary>
    public static string Nrrd(string type, string encoding, params string[] more) =>
        $"NRRD0004\n# by hand\ntype: {type}\ndimension: 3\nspace: left-posterior-superior\nsizes: 6 5 4\nspace directions: (1.5,0,0) (0,2,0) (0,0,2.5)\n" +
        $"kinds: domain domain domain\nendian: little\nencoding: {encoding}\nspace origin: (-10,20,-30)\n{string.Concat(more.Select(line => line + "\n"))}";

    /// <summary>A MetaImage header of the grid, but for its last line.</summary>
    public static string Meta(string type, params string[] more) =>
        $"ObjectType = Image\nNDims = 3\nBinaryData = True\nBinaryDataByteOrderMSB = False\nTransformMatrix = 1 0 0 0 1 0 0 0 1\nOffset = -10 20 -30\n" +
        $"ElementSpacing = 1.5 2 2.5\nDimSize = 6 5 4\nElementType = {type}\n{string.Concat(more.Select(line => line + "\n"))}";

    public static byte[] File(string header, byte[] data) => [.. Encoding.ASCII.GetBytes(header), .. data];
}
