using System.Buffers.Binary;

namespace Radiomics.Extraction;

/// <summary>What counts of a NIfTI-1 header (nifti1.h): the grid, the voxel type and the scaling.</summary>
internal sealed record NiftiHeader
{
    private const int Size = 348;
    private const int DataOffset = 352;
    private const long MaxVoxels = 1L << 29;

    public required VolumeGeometry Geometry { get; init; }

    public required short DataType { get; init; }

    public required bool IsSwapped { get; init; }

    public required double Slope { get; init; }

    public required double Intercept { get; init; }

    /// <summary>Reads the header and leaves the stream at the first voxel.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidNifti</c>.</exception>
    public static NiftiHeader Read(Stream stream)
    {
        var bytes = new byte[Size];
        stream.ReadExactly(bytes);
        var big = BinaryPrimitives.ReadInt32BigEndian(bytes) == Size;
        if (!big && BinaryPrimitives.ReadInt32LittleEndian(bytes) != Size)
        {
            throw Invalid("It isn't NIfTI-1.");
        }

        if (!bytes.AsSpan(344, 4).SequenceEqual("n+1\0"u8))
        {
            throw Invalid("It isn't a single-file NIfTI-1 image.");
        }

        var fields = new Fields(bytes, big);
        var (sizeX, sizeY, sizeZ) = ReadSizes(fields);
        var type = fields.Int16(70);
        if (NiftiType.SizeOf(type) == 0)
        {
            throw Invalid($"Voxels of type {type} are no scalars.");
        }

        var offset = fields.Single(108);
        if (!(offset is >= Size and <= 1 << 24))
        {
            throw Invalid("The place of its voxels is out of range.");
        }

        Skip(stream, (int)offset - Size);
        double slope = fields.Single(112);
        double intercept = fields.Single(116);
        var scaled = double.IsFinite(slope) && slope != 0;
        return new()
        {
            Geometry = NiftiOrientation.Read(fields, sizeX, sizeY, sizeZ),
            DataType = type,
            IsSwapped = big == BitConverter.IsLittleEndian,
            Slope = scaled ? slope : 1,
            Intercept = scaled && double.IsFinite(intercept) ? intercept : 0,
        };
    }

    /// <summary>Writes a little-endian header with sform and qform, up to the first voxel.</summary>
    public static void Write(Stream stream, VolumeGeometry geometry, short dataType)
    {
        var bytes = new byte[DataOffset];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, Size);
        ReadOnlySpan<int> dim = [3, geometry.SizeX, geometry.SizeY, geometry.SizeZ, 1, 1, 1, 1];
        for (var i = 0; i < dim.Length; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(40 + 2 * i), checked((short)dim[i]));
        }

        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(70), dataType);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(72), (short)(8 * NiftiType.SizeOf(dataType)));
        BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(108), DataOffset);
        BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(112), 1);
        bytes[123] = 2;
        NiftiOrientation.Write(bytes, geometry);
        "n+1\0"u8.CopyTo(bytes.AsSpan(344));
        stream.Write(bytes);
    }

    internal static RadiomicsException Invalid(string detail) => new("InvalidNifti", "The NIfTI file can't be used. " + detail);

    private static (int X, int Y, int Z) ReadSizes(Fields fields)
    {
        var dimensions = fields.Int16(40);
        if (dimensions is < 2 or > 7)
        {
            throw Invalid("Its number of dimensions is out of range.");
        }

        Span<int> sizes = [1, 1, 1];
        long count = 1;
        for (var i = 0; i < dimensions; i++)
        {
            var size = fields.Int16(42 + 2 * i);
            if (size < 1 || (i >= 3 && size != 1))
            {
                throw Invalid(size < 1 ? "A dimension is empty." : "It has more than three dimensions.");
            }

            count *= size;
            if (i < 3)
            {
                sizes[i] = size;
            }
        }

        return count <= MaxVoxels ? (sizes[0], sizes[1], sizes[2]) : throw Invalid("It has too many voxels.");
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

    /// <summary>Typed access to the raw header.</summary>
    internal readonly struct Fields(byte[] bytes, bool big)
    {
        public byte Byte(int offset) => bytes[offset];

        public short Int16(int offset) => big
            ? BinaryPrimitives.ReadInt16BigEndian(bytes.AsSpan(offset))
            : BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(offset));

        public float Single(int offset) => big
            ? BinaryPrimitives.ReadSingleBigEndian(bytes.AsSpan(offset))
            : BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(offset));
    }
}
