using System.Buffers.Binary;

namespace Radiomics.Extraction;

/// <summary>What counts of a NIfTI header: the grid, the voxel type and the scaling.</summary>
internal sealed record NiftiHeader
{
    /// <summary>The farthest place that voxels may begin at.</summary>
    private const int MostOffset = 1 << 24;

    public required VolumeGeometry Geometry { get; init; }

    public required PixelType PixelType { get; init; }

    public required bool IsBigEndian { get; init; }

    public required double Slope { get; init; }

    public required double Intercept { get; init; }

    /// <summary>Bytes from where the stream is left to the first voxel; in the other file of a pair from its beginning.</summary>
    public required long DataOffset { get; init; }

    /// <summary>Whether other volumes follow.</summary>
    public required bool HasMore { get; init; }

    /// <summary>What may not be as it was meant.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Reads the header of either version.</summary>
    /// <param name="stream">It is left behind the header.</param>
    /// <param name="isPair">Whether the voxels are in a file of their own; what has no magic then is Analyze 7.5.</param>
    /// <param name="volume">Which volume of several, counted from 0; null: there has to be one.</param>
    /// <exception cref="RadiomicsException"><c>InvalidNifti</c>.</exception>
    /// <exception cref="EndOfStreamException">There is less of it.</exception>
    public static NiftiHeader Read(Stream stream, bool isPair = false, int? volume = null)
    {
        var bytes = new byte[NiftiFields.Size2];
        stream.ReadExactly(bytes, 0, NiftiFields.Size1);
        var (version, big) = (BinaryPrimitives.ReadInt32LittleEndian(bytes), BinaryPrimitives.ReadInt32BigEndian(bytes)) switch
        {
            (NiftiFields.Size1, _) => (1, false),
            (_, NiftiFields.Size1) => (1, true),
            (NiftiFields.Size2, _) => (2, false),
            (_, NiftiFields.Size2) => (2, true),
            _ => throw Invalid("It isn't NIfTI-1 or NIfTI-2."),
        };
        var size = NiftiFields.Size1;
        if (version == 2)
        {
            stream.ReadExactly(bytes, size, NiftiFields.Size2 - size);
            size = NiftiFields.Size2;
        }

        var warnings = new List<string>();
        var isAnalyze = IsAnalyze(version == 1 ? bytes.AsSpan(344, 4) : bytes.AsSpan(4, 4), (byte)('0' + version), isPair);
        var fields = version == 1 ? NiftiFields.Read1(bytes, big) : NiftiFields.Read2(bytes, big);
        if (isAnalyze)
        {
            fields = AnalyzeHeader.Fields(fields, bytes, warnings);
        }

        var (sizeX, sizeY, sizeZ, volumes) = ReadSizes(fields.Dimensions);
        if (NiftiType.Of(fields.DataType) is not { } type)
        {
            throw Invalid($"Its voxels are of type {fields.DataType}; those are neither integers nor floats of up to 64 bits.");
        }

        var chosen = Chosen(volume, volumes);
        var scaled = double.IsFinite(fields.Slope) && fields.Slope != 0;
        return new()
        {
            Geometry = NiftiOrientation.Read(fields, sizeX, sizeY, sizeZ, warnings),
            PixelType = type,
            IsBigEndian = big,
            Slope = scaled ? fields.Slope : 1,
            Intercept = scaled && double.IsFinite(fields.Intercept) ? fields.Intercept : 0,
            DataOffset = First(fields.DataOffset, size, isPair, warnings) + (long)type.Size() * sizeX * sizeY * sizeZ * chosen,
            HasMore = chosen < volumes - 1,
            Warnings = warnings,
        };
    }

    /// <summary>Whether a header without NIfTI's magic is that of Analyze 7.5, which has none.</summary>
    private static bool IsAnalyze(ReadOnlySpan<byte> magic, byte version, bool isPair)
    {
        if (magic[0] == 'n' && magic[1] == (isPair ? 'i' : '+') && magic[2] == version && magic[3] == 0)
        {
            return false;
        }

        return isPair && version == '1' && magic[0] != 'n'
            ? true
            : throw Invalid(isPair ? "Its header is that of a file of its own, without .img." : "It isn't a single-file NIfTI image: its voxels are in an .img beside the .hdr, so name the .hdr.");
    }

    /// <summary>How many bytes lie between the header and the first voxel.</summary>
    private static long First(double offset, int headerSize, bool isPair, List<string> warnings)
    {
        if (!(offset >= 0 && offset <= MostOffset))
        {
            throw Invalid("The place of its voxels is out of range.");
        }

        if (isPair)
        {
            return (long)offset;
        }

        if (offset < headerSize)
        {
            warnings.Add($"The NIfTI file says that its voxels begin at byte {offset}, within the header: they are read from byte {headerSize} on, as ITK does.");
        }

        return Math.Max(0, (long)offset - headerSize);
    }

    private static long Chosen(int? volume, long volumes)
    {
        if (volume is null && volumes > 1)
        {
            throw Invalid($"It has more than three dimensions, with {volumes} volumes: say by its number, counted from 0, which one is meant (--volume; of a mask --mask-volume).");
        }

        return volume is null or >= 0 && (volume ?? 0) < volumes ? volume ?? 0 : throw Invalid($"It has no volume {volume}: there are {volumes}, counted from 0.");
    }

    /// <summary>Writes a little-endian header with sform and qform, up to the first voxel. A grid too large for NIfTI-1 becomes NIfTI-2.</summary>
    public static void Write(Stream stream, VolumeGeometry geometry, short dataType, NiftiVersion version)
    {
        var fields = NiftiOrientation.Fields(geometry, dataType);
        var fits = Math.Max(geometry.SizeX, Math.Max(geometry.SizeY, geometry.SizeZ)) <= short.MaxValue;
        stream.Write(version == NiftiVersion.Nifti1 && fits ? fields.Write1() : fields.Write2());
    }

    internal static RadiomicsException Invalid(string detail) => new("InvalidNifti", "The NIfTI file can't be used. " + detail);

    private static (int X, int Y, int Z, long Volumes) ReadSizes(ReadOnlySpan<long> dimensions)
    {
        if (dimensions[0] is < 2 or > 7)
        {
            throw Invalid("Its number of dimensions is out of range.");
        }

        Span<int> sizes = [1, 1, 1];
        var (count, volumes) = (1L, 1L);
        for (var i = 0; i < dimensions[0]; i++)
        {
            var size = dimensions[i + 1];
            if (size < 1)
            {
                throw Invalid("A dimension is empty.");
            }

            if (size > StoredImage.MostVoxels || (i < 3 ? count *= size : volumes *= size) > StoredImage.MostVoxels)
            {
                throw Invalid("It has too many voxels.");
            }

            if (i < 3)
            {
                sizes[i] = (int)size;
            }
        }

        return (sizes[0], sizes[1], sizes[2], volumes);
    }

    /// <summary>Reads so many bytes, and no more than there are.</summary>
    /// <exception cref="EndOfStreamException">There are fewer.</exception>
    public static void Skip(Stream stream, long count)
    {
        var buffer = count > 0 ? new byte[Math.Min(count, 1 << 16)] : [];
        while (count > 0)
        {
            var now = (int)Math.Min(count, buffer.Length);
            stream.ReadExactly(buffer, 0, now);
            count -= now;
        }
    }
}
