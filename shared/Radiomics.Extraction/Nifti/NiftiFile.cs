using System.IO.Compression;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Radiomics.Extraction;

/// <summary>NIfTI-1 in and out (.nii, .nii.gz). NIfTI is RAS; volumes here are LPS: converted at this border.</summary>
public static class NiftiFile
{
    private const int ChunkBytes = 1 << 20;

    /// <summary>Reads an image of any scalar type, either byte order, scaled by <c>scl_slope</c> and <c>scl_inter</c>; gzip is recognised by its magic bytes.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidNifti</c>.</exception>
    public static Volume ReadVolume(Stream stream)
    {
        try
        {
            using var data = OpenData(stream);
            var header = NiftiHeader.Read(data);
            return new(header.Geometry, ReadVoxels(data, header));
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidDataException)
        {
            throw new RadiomicsException("InvalidNifti", "The NIfTI file is truncated or damaged.", e);
        }
    }

    /// <summary>Reads an ROI: voxels equal to <paramref name="label"/>, or any non-zero voxel if null.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidNifti</c>.</exception>
    public static Mask ReadMask(Stream stream, int? label = null)
    {
        var volume = ReadVolume(stream);
        var inside = new byte[volume.Voxels.Length];
        for (var i = 0; i < inside.Length; i++)
        {
            var voxel = volume.Voxels[i];
            inside[i] = label is { } l ? (byte)(voxel == l ? 1 : 0) : (byte)(voxel != 0 && !float.IsNaN(voxel) ? 1 : 0);
        }

        return new(volume.Geometry, inside);
    }

    /// <summary>
    /// Writes a gzipped NIfTI-1 image; the same volume gives the same bytes. Voxels are stored as 16-bit integers if that loses nothing
    /// (scanners' stored values), else as floats: half the bytes for the common case.
    /// </summary>
    public static void Write(Stream stream, Volume volume)
    {
        using var gzip = Compress(stream);
        if (FitsInt16(volume.Voxels))
        {
            NiftiHeader.Write(gzip, volume.Geometry, NiftiType.Int16);
            WriteInt16(gzip, volume.Voxels);
        }
        else
        {
            NiftiHeader.Write(gzip, volume.Geometry, NiftiType.Float32);
            WriteFloat32(gzip, volume.Voxels);
        }
    }

    /// <summary>Writes a gzipped NIfTI-1 image of unsigned bytes; the same mask gives the same bytes.</summary>
    public static void Write(Stream stream, Mask mask)
    {
        using var gzip = Compress(stream);
        NiftiHeader.Write(gzip, mask.Geometry, NiftiType.UInt8);
        gzip.Write(mask.Voxels);
    }

    private static BufferedStream OpenData(Stream stream)
    {
        var start = new byte[2];
        var read = stream.ReadAtLeast(start, 2, throwOnEndOfStream: false);
        var whole = new PrefixedStream(start.AsMemory(0, read), stream);
        var isGzip = read == 2 && start[0] == 0x1f && start[1] == 0x8b;
        return new(isGzip ? new GZipStream(whole, CompressionMode.Decompress) : whole, 1 << 16);
    }

    private static GZipStream Compress(Stream stream) => new(new GzipHeaderStream(stream), CompressionLevel.Fastest, leaveOpen: false);

    /// <summary>Reads as far as there are bytes, growing the array on the way: a header that promises gigabytes costs nothing until they come.</summary>
    private static float[] ReadVoxels(Stream data, NiftiHeader header)
    {
        var size = NiftiType.SizeOf(header.DataType);
        var count = header.Geometry.Count;
        var perChunk = ChunkBytes / size;
        var buffer = new byte[Math.Min(perChunk, count) * size];
        var voxels = new float[Math.Min(count, 16 << 20)];
        for (var done = 0; done < count;)
        {
            var now = Math.Min(perChunk, count - done);
            data.ReadExactly(buffer, 0, now * size);
            if (done + now > voxels.Length)
            {
                Array.Resize(ref voxels, (int)Math.Min(count, 2L * voxels.Length));
            }

            NiftiType.Decode(header.DataType, header.IsSwapped, buffer.AsSpan(0, now * size), voxels.AsSpan(done, now));
            done += now;
        }

        if (header.Slope != 1 || header.Intercept != 0)
        {
            foreach (ref var voxel in voxels.AsSpan())
            {
                voxel = (float)(voxel * header.Slope + header.Intercept);
            }
        }

        return voxels;
    }

    private static bool FitsInt16(ReadOnlySpan<float> voxels)
    {
        foreach (var voxel in voxels)
        {
            // Negative zero would come back as zero.
            if (!(voxel is >= short.MinValue and <= short.MaxValue) || voxel != (short)voxel || (voxel == 0 && float.IsNegative(voxel)))
            {
                return false;
            }
        }

        return true;
    }

    private static void WriteInt16(Stream target, float[] voxels)
    {
        var buffer = new byte[ChunkBytes];
        for (var done = 0; done < voxels.Length;)
        {
            var now = Math.Min(ChunkBytes / sizeof(short), voxels.Length - done);
            var shorts = MemoryMarshal.Cast<byte, short>(buffer.AsSpan(0, now * sizeof(short)));
            for (var i = 0; i < now; i++)
            {
                shorts[i] = LittleEndian((short)voxels[done + i]);
            }

            target.Write(buffer, 0, now * sizeof(short));
            done += now;
        }
    }

    private static void WriteFloat32(Stream target, float[] voxels)
    {
        var buffer = new byte[ChunkBytes];
        for (var done = 0; done < voxels.Length;)
        {
            var now = Math.Min(ChunkBytes / sizeof(float), voxels.Length - done);
            var bits = MemoryMarshal.Cast<byte, int>(buffer.AsSpan(0, now * sizeof(float)));
            for (var i = 0; i < now; i++)
            {
                bits[i] = LittleEndian(BitConverter.SingleToInt32Bits(voxels[done + i]));
            }

            target.Write(buffer, 0, now * sizeof(float));
            done += now;
        }
    }

    private static T LittleEndian<T>(T value)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (BitConverter.IsLittleEndian)
        {
            return value;
        }

        Span<byte> bytes = stackalloc byte[value.GetByteCount()];
        value.WriteLittleEndian(bytes);
        return MemoryMarshal.Read<T>(bytes);
    }
}
