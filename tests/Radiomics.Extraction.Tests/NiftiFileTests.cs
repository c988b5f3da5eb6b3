using System.Buffers.Binary;
using System.IO.Compression;

namespace Radiomics.Extraction.Tests;

public class NiftiFileTests
{
    private static readonly VolumeGeometry Oblique = ObliqueGeometry(leftHanded: false);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_volume_comes_back_with_its_voxels_and_its_place(bool leftHanded)
    {
        var geometry = ObliqueGeometry(leftHanded);
        var volume = new Volume(geometry, [.. Enumerable.Range(0, geometry.Count).Select(i => i * 0.37f - 5)]);
        var read = NiftiFile.ReadVolume(new MemoryStream(Write(volume)));
        Assert.Equal(volume.Voxels, read.Voxels);
        Assert.True(geometry.IsSameGridAs(read.Geometry, 1e-3));
        Assert.Equal((geometry.SpacingX, geometry.SpacingY, geometry.SpacingZ), (read.Geometry.SpacingX, read.Geometry.SpacingY, read.Geometry.SpacingZ));
    }

    [Fact]
    public void The_qform_alone_says_the_same_place()
    {
        foreach (var geometry in (VolumeGeometry[])[Oblique, ObliqueGeometry(leftHanded: true), HalfTurn()])
        {
            var bytes = Unzip(Write(new Volume(geometry, new float[geometry.Count])));
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(254), 0);
            bytes.AsSpan(280, 48).Clear();
            Assert.True(geometry.IsSameGridAs(NiftiFile.ReadVolume(new MemoryStream(bytes)).Geometry, 1e-3));
        }
    }

    [Fact]
    public void Without_sform_and_qform_the_axes_are_those_of_RAS()
    {
        var bytes = Header(NiftiType.UInt8, 4, [0, 0, 0, 0]);
        var read = NiftiFile.ReadVolume(new MemoryStream(bytes)).Geometry;
        Assert.Equal((new Point3(-1, 0, 0), new Point3(0, -1, 0), new Point3(0, 0, 1)), (read.DirectionX, read.DirectionY, read.DirectionZ));
        Assert.Equal((1.5, 2, 2.5), (read.SpacingX, read.SpacingY, read.SpacingZ));
    }

    [Fact]
    public void Integers_and_floats_come_back_exactly()
    {
        float[][] cases = [[1, -32768, 32767, 0], [0.5f, float.MaxValue, -1e-30f, 3], [40000, 1, 2, 3], [float.NaN, float.PositiveInfinity, -0f, 1]];
        foreach (var voxels in cases)
        {
            var read = NiftiFile.ReadVolume(new MemoryStream(Write(new Volume(Row(4), voxels)))).Voxels;
            Assert.Equal(voxels.Select(BitConverter.SingleToInt32Bits), read.Select(BitConverter.SingleToInt32Bits));
        }
    }

    [Fact]
    public void A_volume_larger_than_one_chunk_comes_back()
    {
        var geometry = new VolumeGeometry { SizeX = 320, SizeY = 320, SizeZ = 9, SpacingX = 1, SpacingY = 1, SpacingZ = 1 };
        float[] voxels = [.. Enumerable.Range(0, geometry.Count).Select(i => i % 1000 + 0.5f)];
        Assert.Equal(voxels, NiftiFile.ReadVolume(new MemoryStream(Write(new Volume(geometry, voxels)))).Voxels);
    }

    [Fact]
    public void Written_bytes_say_nothing_of_when_and_where()
    {
        var volume = new Volume(Row(4), [1, 2, 3, 4.5f]);
        var bytes = Write(volume);
        Assert.Equal(bytes, Write(volume));
        Assert.Equal((byte[])[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255], bytes[..10]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_scalar_type_is_read_in_both_byte_orders(bool big)
    {
        foreach (var (type, size, write) in ScalarTypes(big))
        {
            var data = new byte[2 * size];
            write(data, 3);
            write(data.AsSpan(size), 100);
            var read = NiftiFile.ReadVolume(new MemoryStream(Header(type, 2, data, big)));
            Assert.Equal([3, 100], read.Voxels);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_scalar_type_of_nifti_2_is_read_in_both_byte_orders(bool big)
    {
        foreach (var (type, size, write) in ScalarTypes(big))
        {
            var data = new byte[2 * size];
            write(data, 3);
            write(data.AsSpan(size), 100);
            var bytes = Header2(type, 2, data, big);
            var read = NiftiFile.ReadVolume(new MemoryStream(bytes));
            Assert.Equal([3, 100], read.Voxels);
            Assert.Equal((1.5, 2, 2.5), (read.Geometry.SpacingX, read.Geometry.SpacingY, read.Geometry.SpacingZ));
            Assert.Equal((byte[])[0, 1], NiftiFile.ReadMask(new MemoryStream(bytes), 100).Voxels);
            Assert.Equal((byte[])[1, 1], NiftiFile.ReadMask(new MemoryStream(bytes)).Voxels);
        }
    }

    [Theory]
    [InlineData(NiftiVersion.Nifti1, false)]
    [InlineData(NiftiVersion.Nifti2, false)]
    [InlineData(NiftiVersion.Nifti2, true)]
    public void Every_form_that_is_written_comes_back(NiftiVersion version, bool compress)
    {
        var geometry = ObliqueGeometry(leftHanded: true);
        foreach (var factor in (float[])[1, 0.37f])
        {
            var volume = new Volume(geometry, [.. Enumerable.Range(0, geometry.Count).Select(i => i * factor - 5)]);
            using var stream = new MemoryStream();
            NiftiFile.Write(stream, volume, version, compress);
            var read = NiftiFile.ReadVolume(new MemoryStream(stream.ToArray()));
            Assert.Equal(volume.Voxels, read.Voxels);
            Assert.True(geometry.IsSameGridAs(read.Geometry, version == NiftiVersion.Nifti2 ? 1e-9 : 1e-3));
            Assert.Equal(compress, stream.ToArray()[0] == 0x1f);
        }
    }

    [Fact]
    public void Nifti_2_says_the_same_place_by_its_qform_alone()
    {
        foreach (var geometry in (VolumeGeometry[])[Oblique, ObliqueGeometry(leftHanded: true), HalfTurn()])
        {
            using var stream = new MemoryStream();
            NiftiFile.Write(stream, new Volume(geometry, new float[geometry.Count]), NiftiVersion.Nifti2, compress: false);
            var bytes = stream.ToArray();
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(348), 0);
            bytes.AsSpan(400, 96).Clear();
            Assert.True(geometry.IsSameGridAs(NiftiFile.ReadVolume(new MemoryStream(bytes)).Geometry, 1e-6));
        }
    }

    [Fact]
    public void A_row_too_long_for_nifti_1_becomes_nifti_2()
    {
        var volume = new Volume(Row(40000), [.. Enumerable.Range(0, 40000).Select(i => (float)(i % 100))]);
        Assert.Equal(540, BinaryPrimitives.ReadInt32LittleEndian(Unzip(Write(volume))));
        Assert.Equal(volume.Voxels, NiftiFile.ReadVolume(new MemoryStream(Write(volume))).Voxels);
    }

    [Fact]
    public void A_fourth_dimension_of_one_volume_is_let_pass()
    {
        var bytes = Header(NiftiType.UInt8, 4, [0, 1, 2, 2]);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(40), 4);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(48), 1);
        Assert.Equal([0, 1, 2, 2], NiftiFile.ReadVolume(new MemoryStream(bytes)).Voxels);
    }

    [Fact]
    public void Labels_beyond_a_floats_precision_are_told_apart()
    {
        var data = new byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(data, 16777217);
        BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(4), 16777216);
        Assert.Equal((byte[])[1, 0], NiftiFile.ReadMask(new MemoryStream(Header(NiftiType.Int32, 2, data)), 16777217).Voxels);
    }

    [Fact]
    public void A_scaled_mask_has_its_label_after_scaling()
    {
        var bytes = Header(NiftiType.UInt8, 3, [0, 10, 20]);
        BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(112), 0.1f);
        Assert.Equal((byte[])[0, 1, 0], NiftiFile.ReadMask(new MemoryStream(bytes), 1).Voxels);
        Assert.Equal((byte[])[0, 1, 1], NiftiFile.ReadMask(new MemoryStream(bytes)).Voxels);
    }

    [Fact]
    public void Stored_values_are_scaled()
    {
        var bytes = Header(NiftiType.UInt8, 2, [1, 10]);
        BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(112), 0.5f);
        BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(116), -3);
        Assert.Equal([-2.5f, 2], NiftiFile.ReadVolume(new MemoryStream(bytes)).Voxels);
    }

    [Fact]
    public void A_slope_of_zero_means_no_scaling()
    {
        var bytes = Header(NiftiType.UInt8, 2, [1, 10]);
        BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(116), -3);
        Assert.Equal([1, 10], NiftiFile.ReadVolume(new MemoryStream(bytes)).Voxels);
    }

    [Fact]
    public void Lengths_in_metres_become_millimetres()
    {
        var bytes = Header(NiftiType.UInt8, 2, [1, 10]);
        bytes[123] = 1;
        Assert.Equal(1500, NiftiFile.ReadVolume(new MemoryStream(bytes)).Geometry.SpacingX);
    }

    [Fact]
    public void A_mask_is_what_is_not_zero_or_has_the_label()
    {
        var bytes = Header(NiftiType.UInt8, 4, [0, 1, 2, 2]);
        Assert.Equal((byte[])[0, 1, 1, 1], NiftiFile.ReadMask(new MemoryStream(bytes)).Voxels);
        Assert.Equal((byte[])[0, 0, 1, 1], NiftiFile.ReadMask(new MemoryStream(bytes), 2).Voxels);
    }

    [Fact]
    public void A_mask_comes_back()
    {
        var mask = new Mask(Row(4), [0, 1, 0, 1]);
        using var stream = new MemoryStream();
        NiftiFile.Write(stream, mask);
        stream.Position = 0;
        Assert.Equal(mask.Voxels, NiftiFile.ReadMask(stream).Voxels);
    }

    public static TheoryData<string, int, byte[]> Damages => new()
    {
        { "not a header", 0, [1, 2, 3, 4] },
        { "not a single file", 344, [(byte)'n', (byte)'i', (byte)'1', 0] },
        { "no dimensions", 40, [0, 0] },
        { "an empty dimension", 42, [0, 0] },
        { "a negative dimension", 42, [0xff, 0xff] },
        { "four dimensions", 40, [4, 0, 4, 0, 1, 0, 1, 0, 2, 0] },
        { "too many voxels", 40, [3, 0, 0xff, 0x7f, 0xff, 0x7f, 0xff, 0x7f] },
        { "more voxels than bytes", 42, [0xff, 0x7f, 0xff, 0x3f] },
        { "a colour type", 70, [128, 0] },
        { "voxels before the file's beginning", 108, [0, 0, 0x80, 0xc0] },
        { "voxels at no place", 108, [0, 0, 0xc0, 0x7f] },
        { "a spacing of zero", 80, [0, 0, 0, 0] },
        { "a spacing that is not a number", 80, [0, 0, 0xc0, 0x7f] },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void A_damaged_file_is_refused(string damage, int offset, byte[] replacement)
    {
        var bytes = Header(NiftiType.UInt8, 4, [0, 1, 2, 2]);
        replacement.CopyTo(bytes, offset);
        AssertInvalid(bytes, damage);
    }

    [Fact]
    public void Sheared_axes_are_refused_where_no_qform_says_better()
    {
        var bytes = Unzip(Write(new Volume(Oblique, new float[Oblique.Count])));
        BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(284), 3);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(252), 0);
        AssertInvalid(bytes, "sheared");
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        var bytes = Write(new Volume(Oblique, [.. Enumerable.Range(0, Oblique.Count).Select(i => i * 0.1f)]));
        for (var length = 0; length < bytes.Length - 8; length += 7)
        {
            AssertInvalid(bytes[..length], $"cut at {length}");
        }
    }

    [Theory]
    [InlineData(-8)]
    [InlineData(600)]
    public void Compressed_bytes_that_changed_are_refused(int changed)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.NoCompression, leaveOpen: true))
        {
            gzip.Write(Header(NiftiType.UInt8, 500, new byte[500]));
        }

        var bytes = stream.ToArray();
        bytes[changed < 0 ? bytes.Length + changed : changed] ^= 1;
        AssertInvalid(bytes, "not what was compressed");
    }

    [Fact]
    public void A_plane_without_thickness_is_one_unit_thick()
    {
        var bytes = Header(NiftiType.UInt8, 4, [0, 1, 2, 2]);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(40), 2);
        bytes.AsSpan(88, 4).Clear();
        var read = NiftiFile.ReadVolume(new MemoryStream(bytes)).Geometry;
        Assert.Equal((1.5, 2.0, 1.0), (read.SpacingX, read.SpacingY, read.SpacingZ));
    }

    [Fact]
    public void The_digital_phantom_on_file_is_the_one_in_these_tests()
    {
        using var image = File.OpenRead(TestData.Require("ibsi1/digital_phantom/image.nii.gz"));
        using var mask = File.OpenRead(TestData.Require("ibsi1/digital_phantom/mask.nii.gz"));
        Assert.Equal(DigitalPhantom.Image.Voxels, NiftiFile.ReadVolume(image).Voxels);
        Assert.Equal(DigitalPhantom.Roi.Voxels, NiftiFile.ReadMask(mask).Voxels);
    }

    private static void AssertInvalid(byte[] bytes, string damage)
    {
        var error = Record.Exception(() => NiftiFile.ReadVolume(new MemoryStream(bytes)));
        Assert.True(error is RadiomicsException { Code: "InvalidNifti" }, $"{damage}: {error}");
    }

    private static VolumeGeometry Row(int count) => new() { SizeX = count, SizeY = 1, SizeZ = 1, SpacingX = 1, SpacingY = 1, SpacingZ = 1 };

    private static VolumeGeometry ObliqueGeometry(bool leftHanded)
    {
        var x = new Point3(2, 1, -0.5).Normalized();
        var y = new Point3(-1, 2, 0).Normalized();
        return new()
        {
            SizeX = 4,
            SizeY = 3,
            SizeZ = 5,
            SpacingX = 1.2,
            SpacingY = 0.7,
            SpacingZ = 3.3,
            Origin = new(-101.25, 34.5, 712.75),
            DirectionX = x,
            DirectionY = y,
            DirectionZ = x.Cross(y) * (leftHanded ? -1 : 1),
        };
    }

    /// <summary>A rotation by 180°, where a quaternion's scalar part is 0.</summary>
    private static VolumeGeometry HalfTurn() => Oblique with
    {
        DirectionX = new(0, 1, 0),
        DirectionY = new(1, 0, 0),
        DirectionZ = new(0, 0, -1),
    };

    private static byte[] Write(Volume volume)
    {
        using var stream = new MemoryStream();
        NiftiFile.Write(stream, volume);
        return stream.ToArray();
    }

    private static byte[] Unzip(byte[] gzip)
    {
        using var stream = new MemoryStream();
        new GZipStream(new MemoryStream(gzip), CompressionMode.Decompress).CopyTo(stream);
        return stream.ToArray();
    }

    /// <summary>An uncompressed one-row file, written field by field, independently of the product's writer.</summary>
    private static byte[] Header(short type, short count, byte[] data, bool big = false)
    {
        var bytes = new byte[352 + data.Length];
        void Int16(int offset, short value)
        {
            if (big)
            {
                BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan(offset), value);
            }
            else
            {
                BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(offset), value);
            }
        }

        void Single(int offset, float value)
        {
            if (big)
            {
                BinaryPrimitives.WriteSingleBigEndian(bytes.AsSpan(offset), value);
            }
            else
            {
                BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(offset), value);
            }
        }

        Int16(big ? 2 : 0, 348);
        Int16(40, 3);
        Int16(42, count);
        Int16(44, 1);
        Int16(46, 1);
        Int16(70, type);
        Single(80, 1.5f);
        Single(84, 2);
        Single(88, 2.5f);
        Single(108, 352);
        "n+1\0"u8.CopyTo(bytes.AsSpan(344));
        data.CopyTo(bytes, 352);
        return bytes;
    }

    /// <summary>The same as NIfTI-2, without sform and qform.</summary>
    private static byte[] Header2(short type, long count, byte[] data, bool big)
    {
        var bytes = new byte[544 + data.Length];
        void Put(int offset, byte[] value) => Ordered(bytes.AsSpan(offset), value, big);
        Put(0, BitConverter.GetBytes(540));
        "n+2\0\r\n\u001a\n"u8.CopyTo(bytes.AsSpan(4));
        Put(12, BitConverter.GetBytes(type));
        foreach (var (i, size) in ((long[])[3, count, 1, 1]).Index())
        {
            Put(16 + 8 * i, BitConverter.GetBytes(size));
        }

        foreach (var (i, spacing) in ((double[])[1, 1.5, 2, 2.5]).Index())
        {
            Put(104 + 8 * i, BitConverter.GetBytes(spacing));
        }

        Put(168, BitConverter.GetBytes(544L));
        data.CopyTo(bytes, 544);
        return bytes;
    }

    private static IEnumerable<(short Type, int Size, WriteVoxel Write)> ScalarTypes(bool big) =>
    [
        (NiftiType.UInt8, 1, (b, v) => b[0] = (byte)v),
        (NiftiType.Int8, 1, (b, v) => b[0] = (byte)v),
        (NiftiType.Int16, 2, (b, v) => Ordered(b, BitConverter.GetBytes((short)v), big)),
        (NiftiType.UInt16, 2, (b, v) => Ordered(b, BitConverter.GetBytes((ushort)v), big)),
        (NiftiType.Int32, 4, (b, v) => Ordered(b, BitConverter.GetBytes((int)v), big)),
        (NiftiType.UInt32, 4, (b, v) => Ordered(b, BitConverter.GetBytes((uint)v), big)),
        (NiftiType.Int64, 8, (b, v) => Ordered(b, BitConverter.GetBytes((long)v), big)),
        (NiftiType.UInt64, 8, (b, v) => Ordered(b, BitConverter.GetBytes((ulong)v), big)),
        (NiftiType.Float32, 4, (b, v) => Ordered(b, BitConverter.GetBytes((float)v), big)),
        (NiftiType.Float64, 8, (b, v) => Ordered(b, BitConverter.GetBytes((double)v), big)),
    ];

    private static void Ordered(Span<byte> target, byte[] value, bool big)
    {
        if (big == BitConverter.IsLittleEndian)
        {
            Array.Reverse(value);
        }

        value.CopyTo(target);
    }

    private delegate void WriteVoxel(Span<byte> target, int value);
}
