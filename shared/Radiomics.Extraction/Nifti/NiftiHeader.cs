using System.Buffers.Binary;

namespace Radiomics.Extraction;

/// <summary>What counts of a NIfTI header: the grid, the voxel type and the scaling.</summary>
internal sealed record NiftiHeader
{
    private const long MaxVoxels = 1L << 29;

    public required VolumeGeometry Geometry { get; init; }

    public required short DataType { get; init; }

    public required bool IsSwapped { get; init; }

    public required double Slope { get; init; }

    public required double Intercept { get; init; }

    /// <summary>Whether stored values are the intensities.</summary>
    public bool IsUnscaled => Slope == 1 && Intercept == 0;

    /// <summary>Reads the header of either version and leaves the stream at the first voxel.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidNifti</c>.</exception>
    /// <exception cref="EndOfStreamException">There is less of it.</exception>
    public static NiftiHeader Read(Stream stream)
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

        if (!(version == 1 ? bytes.AsSpan(344, 4).SequenceEqual("n+1\0"u8) : bytes.AsSpan(4, 4).SequenceEqual("n+2\0"u8)))
        {
            throw Invalid("It isn't a single-file NIfTI image.");
        }

        var fields = version == 1 ? NiftiFields.Read1(bytes, big) : NiftiFields.Read2(bytes, big);
        var (sizeX, sizeY, sizeZ) = ReadSizes(fields.Dimensions);
        if (NiftiType.SizeOf(fields.DataType) == 0)
        {
            throw Invalid($"Its voxels are of type {fields.DataType}; those are neither integers nor floats of up to 64 bits.");
        }

        if (!(fields.DataOffset >= size && fields.DataOffset <= 1 << 24))
        {
            throw Invalid("The place of its voxels is out of range.");
        }

        Skip(stream, (int)fields.DataOffset - size);
        var scaled = double.IsFinite(fields.Slope) && fields.Slope != 0;
        return new()
        {
            Geometry = NiftiOrientation.Read(fields, sizeX, sizeY, sizeZ),
            DataType = fields.DataType,
            IsSwapped = big == BitConverter.IsLittleEndian,
            Slope = scaled ? fields.Slope : 1,
            Intercept = scaled && double.IsFinite(fields.Intercept) ? fields.Intercept : 0,
        };
    }

    /// <summary>Writes a little-endian header with sform and qform, up to the first voxel. A grid too large for NIfTI-1 becomes NIfTI-2.</summary>
    public static void Write(Stream stream, VolumeGeometry geometry, short dataType, NiftiVersion version)
    {
        var fields = NiftiOrientation.Fields(geometry, dataType);
        var fits = Math.Max(geometry.SizeX, Math.Max(geometry.SizeY, geometry.SizeZ)) <= short.MaxValue;
        stream.Write(version == NiftiVersion.Nifti1 && fits ? fields.Write1() : fields.Write2());
    }

    internal static RadiomicsException Invalid(string detail) => new("InvalidNifti", "The NIfTI file can't be used. " + detail);

    private static (int X, int Y, int Z) ReadSizes(ReadOnlySpan<long> dimensions)
    {
        if (dimensions[0] is < 2 or > 7)
        {
            throw Invalid("Its number of dimensions is out of range.");
        }

        Span<int> sizes = [1, 1, 1];
        long count = 1;
        for (var i = 0; i < dimensions[0]; i++)
        {
            var size = dimensions[i + 1];
            if (size < 1 || (i >= 3 && size != 1))
            {
                throw Invalid(size < 1 ? "A dimension is empty." : "It has more than three dimensions.");
            }

            if (size > MaxVoxels || (count *= size) > MaxVoxels)
            {
                throw Invalid("It has too many voxels.");
            }

            if (i < 3)
            {
                sizes[i] = (int)size;
            }
        }

        return (sizes[0], sizes[1], sizes[2]);
    }

    private static void Skip(Stream stream, int count)
    {
        Span<byte> buffer = stackalloc byte[256];
        while (count > 0)
        {
            var now = Math.Min(count, buffer.Length);
            stream.ReadExactly(buffer[..now]);
            count -= now;
        }
    }
}
