using System.Buffers;
using System.IO.Compression;

namespace Radiomics.Extraction;

/// <summary>NIfTI-1 and NIfTI-2 in and out (.nii, .nii.gz). NIfTI is RAS; volumes here are LPS: converted at this border.</summary>
public static class NiftiFile
{
    private const int ChunkBytes = 1 << 18;
    private const int FirstVoxels = 16 << 20;

    /// <summary>
    /// Reads an image of any scalar type, either byte order, scaled by <c>scl_slope</c> and <c>scl_inter</c> in double precision: every number as the file holds it.
    /// Gzip is recognised by its magic bytes.
    /// </summary>
    /// <param name="stream">What is read.</param>
    /// <param name="mostVoxels">Voxels that it may have.</param>
    /// <exception cref="RadiomicsException"><c>InvalidNifti</c>; <c>IntensityPrecisionExceeded</c>: an integer beyond ±2⁵³.</exception>
    public static Volume ReadVolume(Stream stream, int mostVoxels = int.MaxValue)
    {
        VoxelDecoder? decoder = null;
        var header = Read(stream, (header, bytes, _) => (decoder ??= Decoder(header)).Add(bytes), mostVoxels);
        return decoder!.ToVolume(header.Geometry);
    }

    /// <summary>Reads an ROI: voxels equal to <paramref name="label"/>, or any non-zero voxel if null.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidNifti</c>.</exception>
    public static Mask ReadMask(Stream stream, int? label = null)
    {
        byte[] inside = [];
        var header = Read(stream, (header, bytes, done) =>
        {
            var (count, now) = (header.Geometry.Count, bytes.Length / NiftiType.SizeOf(header.DataType));
            if (done + now > inside.Length)
            {
                Array.Resize(ref inside, (int)Math.Min(count, Math.Max(FirstVoxels, 2L * inside.Length)));
            }

            NiftiType.DecodeMask(header, label, bytes, inside.AsSpan(done, now));
        });
        return new(header.Geometry, inside);
    }

    /// <summary>
    /// Writes a gzipped image; the same volume gives the same bytes. Voxels are stored as 16-bit integers if that loses nothing
    /// (scanners' stored values), else as floats: half the bytes for the common case. What floats would round is stored as its own integers, or as doubles.
    /// </summary>
    /// <param name="stream">Where to; stays open.</param>
    /// <param name="volume">What.</param>
    /// <param name="version">Version of the format; a grid too large for NIfTI-1 becomes NIfTI-2 in any case.</param>
    /// <param name="compress">False for a plain .nii.</param>
    public static void Write(Stream stream, Volume volume, NiftiVersion version = NiftiVersion.Nifti1, bool compress = true)
    {
        var type = NiftiVoxels.TypeFor(volume);
        Write(stream, compress, target =>
        {
            NiftiHeader.Write(target, volume.Geometry, type, version);
            NiftiVoxels.Write(target, volume, type);
        });
    }

    /// <summary>Writes a gzipped image of unsigned bytes; the same mask gives the same bytes.</summary>
    /// <param name="stream">Where to; stays open.</param>
    /// <param name="mask">What.</param>
    /// <param name="version">Version of the format; a grid too large for NIfTI-1 becomes NIfTI-2 in any case.</param>
    /// <param name="compress">False for a plain .nii.</param>
    public static void Write(Stream stream, Mask mask, NiftiVersion version = NiftiVersion.Nifti1, bool compress = true) =>
        Write(stream, compress, target =>
        {
            NiftiHeader.Write(target, mask.Geometry, NiftiType.UInt8, version);
            target.Write(mask.Voxels);
        });

    private static void Write(Stream stream, bool compress, Action<Stream> write)
    {
        if (!compress)
        {
            write(stream);
            return;
        }

        using var gzip = new GZipStream(new GzipHeaderStream(stream), CompressionLevel.Fastest, leaveOpen: false);
        write(gzip);
    }

    private delegate void Decode(NiftiHeader header, Span<byte> bytes, int done);

    private static VoxelDecoder Decoder(NiftiHeader header) =>
        new(NiftiType.Of(header.DataType)!.Value, header.IsSwapped, header.Geometry.Count, header.Slope, header.Intercept);

    /// <summary>Reads as far as there are bytes, each decoded as it comes: a header that promises gigabytes costs nothing until they come.</summary>
    private static NiftiHeader Read(Stream stream, Decode decode, int mostVoxels = int.MaxValue)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            using var data = Open(stream);
            var header = NiftiHeader.Read(data);
            var size = NiftiType.SizeOf(header.DataType);
            var count = header.Geometry.Count;
            if (count > mostVoxels)
            {
                throw new RadiomicsException("InvalidNifti", $"The NIfTI file has more than {mostVoxels} voxels.");
            }

            for (var done = 0; done < count;)
            {
                var now = Math.Min(ChunkBytes / size, count - done);
                data.ReadExactly(buffer, 0, now * size);
                decode(header, buffer.AsSpan(0, now * size), done);
                done += now;
            }

            // Only at its end does gzip tell whether the bytes before it are those that were written.
            _ = data.Read(buffer, 0, 1);
            return header;
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidDataException)
        {
            throw new RadiomicsException("InvalidNifti", "The NIfTI file is truncated or damaged.", e);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static Stream Open(Stream stream)
    {
        var start = new byte[2];
        var read = stream.ReadAtLeast(start, 2, throwOnEndOfStream: false);
        var whole = new PrefixedStream(start.AsMemory(0, read), stream);
        var isGzip = read == 2 && start[0] == 0x1f && start[1] == 0x8b;
        return isGzip ? new GZipStream(whole, CompressionMode.Decompress) : whole;
    }
}
