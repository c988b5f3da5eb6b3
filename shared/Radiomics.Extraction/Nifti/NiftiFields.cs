using System.Buffers.Binary;
using System.Globalization;

namespace Radiomics.Extraction;

/// <summary>The fields of a NIfTI-1 or NIfTI-2 header that count here, in one form (nifti1.h, nifti2.h).</summary>
internal sealed record NiftiFields
{
    public const int Size1 = 348;
    public const int Size2 = 540;

    /// <summary>Bytes before the first voxel as this product writes them.</summary>
    public const int DataOffset1 = 352;
    public const int DataOffset2 = 544;

    /// <summary>Voxel type code.</summary>
    public required short DataType { get; init; }

    /// <summary>Number of dimensions, then their sizes.</summary>
    public required long[] Dimensions { get; init; }

    /// <summary>qfac, then the voxel sizes.</summary>
    public required double[] VoxelSizes { get; init; }

    /// <summary>Position of the first voxel in the file.</summary>
    public required double DataOffset { get; init; }

    public double Slope { get; init; }

    public double Intercept { get; init; }

    /// <summary>Codes of length and time units.</summary>
    public int Units { get; init; }

    public int QformCode { get; init; }

    public int SformCode { get; init; }

    /// <summary>b, c, d of the rotation's quaternion.</summary>
    public required Point3 Quaternion { get; init; }

    /// <summary>Position of the first voxel with the qform.</summary>
    public required Point3 Offset { get; init; }

    /// <summary>The first three rows of the sform.</summary>
    public required double[] Rows { get; init; }

    /// <summary>Reads a NIfTI-1 header of <see cref="Size1"/> bytes.</summary>
    public static NiftiFields Read1(ReadOnlySpan<byte> bytes, bool big)
    {
        var raw = new Raw(bytes, big);
        return new()
        {
            DataType = raw.Int16(70),
            Dimensions = [raw.Int16(40), raw.Int16(42), raw.Int16(44), raw.Int16(46), raw.Int16(48), raw.Int16(50), raw.Int16(52), raw.Int16(54)],
            VoxelSizes = [raw.Single(76), raw.Decimal(80), raw.Decimal(84), raw.Decimal(88)],
            DataOffset = raw.Single(108),
            Slope = raw.Single(112),
            Intercept = raw.Single(116),
            Units = bytes[123],
            QformCode = raw.Int16(252),
            SformCode = raw.Int16(254),
            Quaternion = new(raw.Single(256), raw.Single(260), raw.Single(264)),
            Offset = new(raw.Decimal(268), raw.Decimal(272), raw.Decimal(276)),
            Rows =
            [
                raw.Decimal(280), raw.Decimal(284), raw.Decimal(288), raw.Decimal(292),
                raw.Decimal(296), raw.Decimal(300), raw.Decimal(304), raw.Decimal(308),
                raw.Decimal(312), raw.Decimal(316), raw.Decimal(320), raw.Decimal(324),
            ],
        };
    }

    /// <summary>Reads a NIfTI-2 header of <see cref="Size2"/> bytes.</summary>
    public static NiftiFields Read2(ReadOnlySpan<byte> bytes, bool big)
    {
        var raw = new Raw(bytes, big);
        return new()
        {
            DataType = raw.Int16(12),
            Dimensions = [raw.Int64(16), raw.Int64(24), raw.Int64(32), raw.Int64(40), raw.Int64(48), raw.Int64(56), raw.Int64(64), raw.Int64(72)],
            VoxelSizes = [raw.Double(104), raw.Double(112), raw.Double(120), raw.Double(128)],
            DataOffset = raw.Int64(168),
            Slope = raw.Double(176),
            Intercept = raw.Double(184),
            Units = raw.Int32(500),
            QformCode = raw.Int32(344),
            SformCode = raw.Int32(348),
            Quaternion = new(raw.Double(352), raw.Double(360), raw.Double(368)),
            Offset = new(raw.Double(376), raw.Double(384), raw.Double(392)),
            Rows =
            [
                raw.Double(400), raw.Double(408), raw.Double(416), raw.Double(424),
                raw.Double(432), raw.Double(440), raw.Double(448), raw.Double(456),
                raw.Double(464), raw.Double(472), raw.Double(480), raw.Double(488),
            ],
        };
    }

    /// <summary>A little-endian NIfTI-1 header and what lies between it and the first voxel.</summary>
    /// <exception cref="OverflowException">A dimension is too long for NIfTI-1.</exception>
    public byte[] Write1()
    {
        var bytes = new byte[DataOffset1];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, Size1);
        for (var i = 0; i < 8; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(40 + 2 * i), checked((short)Dimensions[i]));
        }

        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(70), DataType);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(72), (short)(8 * NiftiType.SizeOf(DataType)));
        Write(bytes, 76, VoxelSizes);
        Write(bytes, 108, [DataOffset1, Slope]);
        bytes[123] = (byte)Units;
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(252), (short)QformCode);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(254), (short)SformCode);
        Write(bytes, 256, [Quaternion.X, Quaternion.Y, Quaternion.Z, Offset.X, Offset.Y, Offset.Z]);
        Write(bytes, 280, Rows);
        "n+1\0"u8.CopyTo(bytes.AsSpan(344));
        return bytes;

        static void Write(byte[] bytes, int offset, ReadOnlySpan<double> values)
        {
            for (var i = 0; i < values.Length; i++)
            {
                // Adding 0 turns a negative zero into zero, so that equal grids have equal bytes.
                BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(offset + 4 * i), (float)(values[i] + 0.0));
            }
        }
    }

    /// <summary>A little-endian NIfTI-2 header and what lies between it and the first voxel.</summary>
    public byte[] Write2()
    {
        var bytes = new byte[DataOffset2];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, Size2);
        "n+2\0\r\n\u001a\n"u8.CopyTo(bytes.AsSpan(4));
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(12), DataType);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(14), (short)(8 * NiftiType.SizeOf(DataType)));
        for (var i = 0; i < 8; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16 + 8 * i), Dimensions[i]);
        }

        Write(bytes, 104, VoxelSizes);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(168), DataOffset2);
        Write(bytes, 176, [Slope]);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(344), QformCode);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(348), SformCode);
        Write(bytes, 352, [Quaternion.X, Quaternion.Y, Quaternion.Z, Offset.X, Offset.Y, Offset.Z]);
        Write(bytes, 400, Rows);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(500), Units);
        return bytes;

        static void Write(byte[] bytes, int offset, ReadOnlySpan<double> values)
        {
            for (var i = 0; i < values.Length; i++)
            {
                BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(offset + 8 * i), values[i] + 0.0);
            }
        }
    }

    /// <summary>Typed access to the header's bytes.</summary>
    private readonly ref struct Raw(ReadOnlySpan<byte> bytes, bool big)
    {
        private readonly ReadOnlySpan<byte> _bytes = bytes;

        public short Int16(int offset) => big ? BinaryPrimitives.ReadInt16BigEndian(_bytes[offset..]) : BinaryPrimitives.ReadInt16LittleEndian(_bytes[offset..]);

        public int Int32(int offset) => big ? BinaryPrimitives.ReadInt32BigEndian(_bytes[offset..]) : BinaryPrimitives.ReadInt32LittleEndian(_bytes[offset..]);

        public long Int64(int offset) => big ? BinaryPrimitives.ReadInt64BigEndian(_bytes[offset..]) : BinaryPrimitives.ReadInt64LittleEndian(_bytes[offset..]);

        public float Single(int offset) => BitConverter.Int32BitsToSingle(Int32(offset));

        public double Double(int offset) => BitConverter.Int64BitsToDouble(Int64(offset));

        /// <summary>The shortest decimal that gives this float: 1.2 stays 1.2, which grid sizes hang on, and not 1.2000000477.</summary>
        public double Decimal(int offset)
        {
            var value = Single(offset);
            return float.IsFinite(value) && value != MathF.Truncate(value)
                ? double.Parse(value.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
                : value;
        }
    }
}
