using System.Buffers.Binary;
using System.Text;
using Radiomics.Cli.Images;
using Radiomics.Extraction;
using static Radiomics.Cli.Tests.Images.ImageBytes;

namespace Radiomics.Cli.Tests.Images;

public sealed class ImageFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, byte[], byte[]?> Forms => new()
    {
        { "raw.nrrd", File(Nrrd("short", "raw") + "\n", Little(Intensities)), null },
        { "gzip.nrrd", File(Nrrd("int16", "gzip") + "\n", Gzip(Little(Intensities))), null },
        { "text.nrrd", File(Nrrd("signed short int", "ascii") + "\n", Encoding.ASCII.GetBytes(string.Join("\n", Intensities))), null },
        { "big.nrrd", File(Nrrd("int16_t", "raw").Replace("endian: little", "endian: big") + "\n", Big(Intensities)), null },
        { "windows.nrrd", File(Nrrd("short", "raw").Replace("\n", "\r\n") + "\r\n", Little(Intensities)), null },
        { "ras.nrrd", File(Nrrd("short", "raw").Replace("left-posterior-superior", "RAS").Replace("(1.5,0,0) (0,2,0)", "(-1.5,0,0) (0,-2,0)").Replace("(-10,20,-30)", "(10,-20,-30)") + "\n", Little(Intensities)), null },
        { "las.nrrd", File(Nrrd("short", "raw").Replace("left-posterior-superior", "left-anterior-superior").Replace("(0,2,0)", "(0,-2,0)").Replace("(-10,20,-30)", "(-10,-20,-30)") + "\n", Little(Intensities)), null },
        { "skips.nrrd", File(Nrrd("short", "raw", "byte skip: 3") + "\n", [9, 9, 9, .. Little(Intensities)]), null },
        { "detached.nhdr", File(Nrrd("short", "raw", "line skip: 1", "data file: voxels.raw"), []), [.. "a line\n"u8, .. Little(Intensities)] },
        { "last.nhdr", File(Nrrd("short", "raw", "byte skip: -1", "data file: voxels.raw"), []), [1, 2, 3, .. Little(Intensities)] },
        { "zipped.nhdr", File(Nrrd("short", "gz", "data file: voxels.raw"), []), Gzip(Little(Intensities)) },
        { "local.mha", File(Meta("MET_SHORT") + "ElementDataFile = LOCAL\n", Little(Intensities)), null },
        { "zlib.mha", File(Meta("MET_SHORT", "CompressedData = True", "CompressedDataSize = 1") + "ElementDataFile = LOCAL\n", Zlib(Little(Intensities))), null },
        { "big.mha", File(Meta("MET_SHORT").Replace("MSB = False", "MSB = True") + "ElementDataFile = LOCAL\n", Big(Intensities)), null },
        { "text.mha", File(Meta("MET_SHORT").Replace("BinaryData = True", "BinaryData = False") + "ElementDataFile = LOCAL\n", Encoding.ASCII.GetBytes(string.Join(" ", Intensities))), null },
        { "pair.mhd", File(Meta("MET_SHORT") + "ElementDataFile = voxels.raw\n", []), Little(Intensities) },
        { "last.mhd", File(Meta("MET_SHORT", "HeaderSize = -1") + "ElementDataFile = voxels.raw\n", []), [7, 7, .. Little(Intensities)] },
        { "zipped.mhd", File(Meta("MET_SHORT", "CompressedData = True") + "ElementDataFile = voxels.raw\n", []), Zlib(Little(Intensities)) },
        { "misnamed.nii", File(Nrrd("short", "raw") + "\n", Little(Intensities)), null },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Every_form_of_a_file_has_the_same_voxels_in_the_same_place(string name, byte[] bytes, byte[]? voxels)
    {
        var volume = Read(name, bytes, voxels);
        Assert.Equal(Intensities.Select(value => (float)value), volume.Voxels);
        Assert.Equal(Grid, volume.Geometry);
        Assert.Equal(PixelType.Int16, volume.PixelType);
    }

    [Fact]
    public void Directions_are_rows_of_a_MetaImage_matrix_and_vectors_of_an_NRRD_file()
    {
        var (c, s) = (0.8, 0.6);
        var turned = Grid with { DirectionX = new(c, s, 0), DirectionY = new(-s, c, 0) };
        var meta = Read("a.mha", File(Meta("MET_SHORT").Replace("1 0 0 0 1 0 0 0 1", "0.8 0.6 0 -0.6 0.8 0 0 0 1") + "ElementDataFile = LOCAL\n", Little(Intensities)));
        var nrrd = Read("a.nrrd", File(Nrrd("short", "raw").Replace("(1.5,0,0) (0,2,0)", "(1.2,0.9,0) (-1.2,1.6,0)") + "\n", Little(Intensities)));
        Assert.True(turned.IsSameGridAs(meta.Geometry, 1e-9));
        Assert.True(turned.IsSameGridAs(nrrd.Geometry, 1e-9));
        Assert.Equal((1.5, 2.0), (nrrd.Geometry.SpacingX, nrrd.Geometry.SpacingY));
    }

    public static TheoryData<string, string, int> Types => new()
    {
        { "uchar", "MET_UCHAR", 1 }, { "int8", "MET_CHAR", 1 }, { "ushort", "MET_USHORT", 2 }, { "short", "MET_SHORT", 2 }, { "unsigned int", "MET_UINT", 4 },
        { "int", "MET_INT", 4 }, { "uint64", "MET_ULONG_LONG", 8 }, { "long long", "MET_LONG_LONG", 8 }, { "float", "MET_FLOAT", 4 }, { "double", "MET_DOUBLE", 8 },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_type_of_voxels_is_read(string nrrd, string meta, int size)
    {
        var data = new byte[120 * size];
        for (var i = 0; i < 120; i++)
        {
            var to = data.AsSpan(i * size);
            switch (nrrd)
            {
                case "float":
                    BinaryPrimitives.WriteSingleLittleEndian(to, i);
                    break;
                case "double":
                    BinaryPrimitives.WriteDoubleLittleEndian(to, i);
                    break;
                default:
                    to[0] = (byte)i;
                    break;
            }
        }

        var expected = Enumerable.Range(0, 120).Select(i => (float)i);
        Assert.Equal(expected, Read("a.nrrd", File(Nrrd(nrrd, "raw") + "\n", data)).Voxels);
        Assert.Equal(expected, Read("a.mha", File(Meta(meta) + "ElementDataFile = LOCAL\n", data)).Voxels);
    }

    [Fact]
    public void A_volume_of_several_is_found_by_its_number_wherever_its_axis_stands()
    {
        short[] other = [.. Intensities.Select(value => (short)-value)];
        byte[] after = [.. Little(other), .. Little(Intensities)];
        var between = Little([.. Intensities.SelectMany((value, i) => (short[])[other[i], value])]);
        foreach (var (name, bytes) in (IEnumerable<(string, byte[])>)
            [
                ("list.nrrd", File(Four(Nrrd("short", "raw"), "(1.5,0,0) (0,2,0) (0,0,2.5) none", "6 5 4 2", "domain domain domain list") + "\n", after)),
                ("layers.nrrd", File(Four(Nrrd("short", "gzip"), "none (1.5,0,0) (0,2,0) (0,0,2.5)", "2 6 5 4", "list domain domain domain") + "\n", Gzip(between))),
                ("channels.mha", File(Meta("MET_SHORT", "ElementNumberOfChannels = 2") + "ElementDataFile = LOCAL\n", between)),
                ("time.mha", File(Meta("MET_SHORT").Replace("NDims = 3", "NDims = 4").Replace("6 5 4", "6 5 4 2").Replace("1.5 2 2.5", "1.5 2 2.5 1").Replace("-10 20 -30", "-10 20 -30 0")
                    .Replace("1 0 0 0 1 0 0 0 1", "1 0 0 0 0 1 0 0 0 0 1 0 0 0 0 1") + "ElementDataFile = LOCAL\n", after)),
                ("time.nii", Nifti4(after)),
            ])
        {
            var path = Write(name, bytes);
            Assert.Equal(Intensities.Select(value => (float)value), ReadPath(path, 1).Voxels);
            Assert.Equal(other.Select(value => (float)value), ReadPath(path, 0).Voxels);
            var none = Assert.Throws<RadiomicsException>(() => ReadPath(path, null));
            Assert.Contains("2 volumes", none.Detail, StringComparison.Ordinal);
            Assert.Contains("--volume", none.Detail, StringComparison.Ordinal);
            Assert.Contains("no volume 2", Assert.Throws<RadiomicsException>(() => ReadPath(path, 2)).Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_single_slice_is_a_volume_of_one()
    {
        short[] slice = Intensities[..30];
        var nrrd = Read("slice.nrrd", File("NRRD0004\ntype: short\ndimension: 2\nsizes: 6 5\nspacings: 1.5 2\nendian: little\nencoding: raw\n\n", Little(slice)));
        var meta = Read("slice.mha", File("NDims = 2\nDimSize = 6 5\nElementSpacing = 1.5 2\nElementType = MET_SHORT\nElementDataFile = LOCAL\n", Little(slice)));
        foreach (var volume in (Volume[])[nrrd, meta])
        {
            Assert.Equal((6, 5, 1), (volume.Geometry.SizeX, volume.Geometry.SizeY, volume.Geometry.SizeZ));
            Assert.Equal((1.5, 2.0, 1.0), (volume.Geometry.SpacingX, volume.Geometry.SpacingY, volume.Geometry.SpacingZ));
            Assert.Equal(slice.Select(value => (float)value), volume.Voxels);
        }
    }

    [Theory]
    [InlineData("hdr")]
    [InlineData("img")]
    public void A_pair_of_NIfTI_is_read_by_either_name(string named)
    {
        var header = NiftiHeader()[..348];
        "ni1\0"u8.CopyTo(header.AsSpan(344));
        BinaryPrimitives.WriteSingleLittleEndian(header.AsSpan(108), 0);
        Write("pair.hdr", header);
        Write("pair.img", Little(Intensities));
        var volume = ReadPath(_folder.File($"pair.{named}"), null);
        Assert.Equal(Intensities.Select(value => (float)value), volume.Voxels);
        Assert.True(Grid.IsSameGridAs(volume.Geometry));
    }

    [Fact]
    public void Analyze_is_read_with_a_warning_and_without_its_own_place()
    {
        var header = NiftiHeader()[..348];
        header.AsSpan(252, 96).Clear();
        header.AsSpan(108, 12).Clear();
        Write("old.hdr", header);
        Write("old.img", Little(Intensities));
        var (volume, warnings) = ImageFile.Read("image", _folder.File("old.hdr"), null, stored => (stored.ReadVolume(), stored.Warnings)).Value;
        Assert.Equal(Intensities.Select(value => (float)value), volume.Voxels);
        Assert.Equal((new Point3(1, 0, 0), new Point3(0, -1, 0), Point3.Zero), (volume.Geometry.DirectionX, volume.Geometry.DirectionY, volume.Geometry.Origin));
        Assert.Contains("Analyze 7.5", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_digest_of_a_pair_is_of_header_and_voxels()
    {
        var header = Write("a.mhd", File(Meta("MET_SHORT") + "ElementDataFile = a.raw\n", []));
        Write("a.raw", Little(Intensities));
        var before = await ImageFile.Read("image", header, null, stored => stored.ReadVolume()).Sha256;
        Assert.Equal(before, ImageParts.Find(header).Sha256());
        Write("a.raw", Little([.. Intensities.Reverse()]));
        Assert.NotEqual(before, ImageParts.Find(header).Sha256());
    }

    public static TheoryData<string, string, byte[]> Damages => new()
    {
        { "short.nrrd", "truncated", File(Nrrd("short", "raw") + "\n", Little(Intensities)[..^1]) },
        { "shortgzip.nrrd", "truncated or damaged", File(Nrrd("short", "gzip") + "\n", Gzip(Little(Intensities))[..^12]) },
        { "shorttext.nrrd", "truncated", File(Nrrd("short", "ascii") + "\n", "1 2 3"u8.ToArray()) },
        { "words.nrrd", "no number of their type", File(Nrrd("short", "ascii") + "\n", "1 2 liver"u8.ToArray()) },
        { "large.nrrd", "no number of their type", File(Nrrd("uchar", "ascii") + "\n", "1 2 256"u8.ToArray()) },
        { "lie.nrrd", "truncated", File(Nrrd("double", "raw").Replace("6 5 4", "600 500 400") + "\n", Little(Intensities)) },
        { "huge.nrrd", "too many voxels", File(Nrrd("double", "raw").Replace("6 5 4", "60000 50000 40000") + "\n", Little(Intensities)) },
        { "empty.nrrd", "empty", File(Nrrd("short", "raw").Replace("6 5 4", "6 0 4") + "\n", Little(Intensities)) },
        { "sizes.nrrd", "as many sizes", File(Nrrd("short", "raw").Replace("6 5 4", "6 5") + "\n", Little(Intensities)) },
        { "typeless.nrrd", "no 'type'", File(Nrrd("short", "raw").Replace("type: short\n", "") + "\n", Little(Intensities)) },
        { "endless.nrrd", "no 'endian'", File(Nrrd("short", "raw").Replace("endian: little\n", "") + "\n", Little(Intensities)) },
        { "block.nrrd", "type 'block'", File(Nrrd("block", "raw") + "\n", Little(Intensities)) },
        { "bzip.nrrd", "'bzip2'", File(Nrrd("short", "bzip2") + "\n", Little(Intensities)) },
        { "sheared.nrrd", "not orthogonal", File(Nrrd("short", "raw").Replace("(0,2,0)", "(1,2,0)") + "\n", Little(Intensities)) },
        { "flat.nrrd", "no length", File(Nrrd("short", "raw").Replace("(0,2,0)", "(0,0,0)") + "\n", Little(Intensities)) },
        { "nan.nrrd", "not finite", File(Nrrd("short", "raw").Replace("(-10,20,-30)", "(nan,20,-30)") + "\n", Little(Intensities)) },
        { "nowhere.mhd", "isn't beside it", File(Meta("MET_SHORT") + "ElementDataFile = none.raw\n", []) },
        { "nowhere.nhdr", "isn't beside it", File(Nrrd("short", "raw", "data file: none.raw"), []) },
        { "many.nhdr", "several files", File(Nrrd("short", "raw", "data file: slice%03d.raw 1 4 1"), []) },
        { "short.mha", "truncated", File(Meta("MET_SHORT") + "ElementDataFile = LOCAL\n", Little(Intensities)[..^1]) },
        { "unzipped.mha", "damaged", File(Meta("MET_SHORT", "CompressedData = True") + "ElementDataFile = LOCAL\n", Little(Intensities)) },
        { "endless.mha", "ends within its header", File(Meta("MET_SHORT"), []) },
        { "matrix.mha", "'TransformMatrix' has 6 numbers instead of 9", File(Meta("MET_SHORT").Replace("1 0 0 0 1 0 0 0 1", "1 0 0 0 1 0") + "ElementDataFile = LOCAL\n", Little(Intensities)) },
        {
            "volumes.mha", "too many volumes",
            File(Meta("MET_SHORT").Replace("NDims = 3", "NDims = 5").Replace("6 5 4", "6 5 4 60000 60000").Replace("1.5 2 2.5", "1.5 2 2.5 1 1").Replace("-10 20 -30", "-10 20 -30 0 0")
                .Replace("1 0 0 0 1 0 0 0 1", "1 0 0 0 0 0 1 0 0 0 0 0 1 0 0 0 0 0 1 0 0 0 0 0 1") + "ElementDataFile = LOCAL\n", Little(Intensities))
        },
        { "tube.mha", "isn't of an image", File(Meta("MET_SHORT").Replace("ObjectType = Image", "ObjectType = Tube") + "ElementDataFile = LOCAL\n", Little(Intensities)) },
        { "what.txt", "no image that can be read", "Dear reader,\n"u8.ToArray() },
        { "what.dcm", "DICOM", [.. new byte[128], .. "DICM"u8, .. new byte[400]] },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void What_can_not_be_used_is_refused_with_a_sentence(string name, string sentence, byte[] bytes)
    {
        var error = Assert.Throws<RadiomicsException>(() => Read(name, bytes));
        Assert.Equal("InvalidImage", error.Code);
        Assert.StartsWith("The image: ", error.Detail, StringComparison.Ordinal);
        Assert.Contains(sentence, error.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_that_promises_gigabytes_costs_nothing()
    {
        var path = Write("lie.nrrd", File(Nrrd("double", "raw").Replace("6 5 4", "600 500 400") + "\n", Little(Intensities)));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<RadiomicsException>(() => ReadPath(path, null));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 200 << 20);
    }

    [Fact]
    public void Bytes_behind_the_last_voxel_are_told()
    {
        foreach (var (name, bytes) in (IEnumerable<(string, byte[])>)
            [
                ("more.nrrd", File(Nrrd("short", "raw") + "\n", [.. Little(Intensities), 1])),
                ("more.mha", File(Meta("MET_SHORT") + "ElementDataFile = LOCAL\n", [.. Little(Intensities), 1])),
            ])
        {
            var warnings = ImageFile.Read("image", Write(name, bytes), null, stored => (stored.ReadVolume(), stored.Warnings)).Value.Warnings;
            Assert.Contains("goes on after its last voxel", Assert.Single(warnings), StringComparison.Ordinal);
        }
    }

    public void Dispose() => _folder.Dispose();

    private static string Four(string header, string directions, string sizes, string kinds) => header
        .Replace("dimension: 3", "dimension: 4")
        .Replace("(1.5,0,0) (0,2,0) (0,0,2.5)", directions)
        .Replace("6 5 4", sizes)
        .Replace("domain domain domain", kinds);

    private static byte[] NiftiHeader()
    {
        using var stream = new MemoryStream();
        NiftiFile.Write(stream, new Volume(Grid, [.. Intensities.Select(value => (float)value)]), compress: false);
        return stream.ToArray();
    }

    private static byte[] Nifti4(byte[] data)
    {
        var header = NiftiHeader()[..352];
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(40), 4);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(48), 2);
        return [.. header, .. data];
    }

    private Volume Read(string name, byte[] bytes, byte[]? voxels = null)
    {
        if (voxels is not null)
        {
            Write("voxels.raw", voxels);
        }

        return ReadPath(Write(name, bytes), null);
    }

    private static Volume ReadPath(string path, int? volume) => ImageFile.Read("image", path, volume, stored => stored.ReadVolume()).Value;

    private string Write(string name, byte[] bytes)
    {
        var path = _folder.File(name);
        System.IO.File.WriteAllBytes(path, bytes);
        return path;
    }
}
