using System.IO.Compression;

namespace Radiomics.Extraction;

/// <summary>NIfTI-1 and NIfTI-2 in and out (.nii, .nii.gz; in also .hdr with .img). NIfTI is RAS; volumes here are LPS: converted at this border.</summary>
public static class NiftiFile
{
    /// <summary>
    /// Reads an image of any scalar type, either byte order, scaled by <c>scl_slope</c> and <c>scl_inter</c> in double precision: every number as the file holds it.
    /// Gzip is recognised by its magic bytes.
    /// </summary>
    /// <param name="stream">What is read.</param>
    /// <param name="mostVoxels">Voxels that it may have.</param>
    /// <exception cref="RadiomicsException"><c>InvalidNifti</c>; <c>IntensityPrecisionExceeded</c>: an integer beyond ±2⁵³.</exception>
    public static Volume ReadVolume(Stream stream, int mostVoxels = int.MaxValue)
    {
        using var stored = Open(stream);
        return stored.ReadVolume(mostVoxels);
    }

    /// <summary>Reads an ROI: voxels that <paramref name="label"/> stands for, as ITK casts, or any non-zero voxel if null.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidNifti</c>.</exception>
    public static Mask ReadMask(Stream stream, int? label = null)
    {
        using var stored = Open(stream);
        return stored.ReadLabels(LabelChoice.Of(label)).Mask(label is { } one ? [one] : null);
    }

    /// <summary>Reads the header and leaves the stream, which stays open, at the first voxel of the volume that is meant.</summary>
    /// <param name="stream">The file, or the header of a pair.</param>
    /// <param name="pair">For a pair (<c>.hdr</c> and <c>.img</c>, which may also be Analyze 7.5): the file with the voxels.</param>
    /// <param name="volume">Which volume of a file with several, counted from 0; null: it has to be one.</param>
    /// <exception cref="RadiomicsException"><c>InvalidNifti</c>.</exception>
    public static StoredImage Open(Stream stream, Stream? pair = null, int? volume = null)
    {
        try
        {
            var data = Inflated(stream);
            var header = NiftiHeader.Read(data, isPair: pair is not null, volume);
            data = pair is null ? data : Inflated(pair);
            NiftiHeader.Skip(data, header.DataOffset);
            return new StoredImage
            {
                Format = "NIfTI file",
                ErrorCode = "InvalidNifti",
                Geometry = header.Geometry,
                PixelType = header.PixelType,
                IsBigEndian = header.IsBigEndian,
                Slope = header.Slope,
                Intercept = header.Intercept,
                HasMore = header.HasMore,
                Data = data,
            }.Warn(header.Warnings);
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidDataException)
        {
            throw new RadiomicsException("InvalidNifti", "The NIfTI file is truncated or damaged.", e);
        }
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

    private static Stream Inflated(Stream stream)
    {
        var start = new byte[2];
        var read = stream.ReadAtLeast(start, 2, throwOnEndOfStream: false);
        var whole = new PrefixedStream(start.AsMemory(0, read), stream);
        var isGzip = read == 2 && start[0] == 0x1f && start[1] == 0x8b;
        return isGzip ? new GZipStream(whole, CompressionMode.Decompress) : whole;
    }
}
