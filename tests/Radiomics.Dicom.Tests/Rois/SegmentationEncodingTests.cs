using System.IO.Compression;
using System.Runtime.InteropServices;
using FellowOakDicom;
using FellowOakDicom.Imaging.Codec;
using FellowOakDicom.IO.Buffer;
using Radiomics.Dicom.Tests.Building;
using Radiomics.Extraction;

namespace Radiomics.Dicom.Tests.Rois;

/// <summary>Segmentations of every kind and compression.</summary>
public sealed class SegmentationEncodingTests
{
    // Libraries write no syntax that they don't know: files are written as JPEG-LS, whose UID is as long, and renamed.
    private static readonly DicomTransferSyntax _deflatedFrames = DicomTransferSyntax.JPEGLSLossless;

    // No multiple of 8 pixels a frame.
    private static readonly VolumeGeometry _grid = Grids.Axial with { SizeX = 7, SizeY = 5 };

    // Four frames of bytes, after which the region repeats, as CharLS and OpenJPEG compress them.
    private static readonly string[] _jpegLs =
    [
        "/9j/9wALCAAFAAcBAREA/9oACAEBAAAAAEul3cu5V2tuy+uA/9k=",
        "/9j/9wALCAAFAAcBAREA/9oACAEBAAAAAOlyWXe7qua7Vvj/2QA=",
        "/9j/9wALCAAFAAcBAREA/9oACAEBAAAAANLptZl13u6rmvr/2QA=",
        "/9j/9wALCAAFAAcBAREA/9oACAEBAAAAAKXSy7ruXZfXq+v/2QA=",
    ];

    private static readonly string[] _jpeg2000 =
    [
        "/0//UQApAAAAAAAHAAAABQAAAAAAAAAAAAAABwAAAAUAAAAAAAAAAAABBwEB/1IADAAAAAEAAAQEAAH/XAAEQED/kAAKAAAAAAAzAAH/k9+BEAvea9KYT8WNaUGJOY65Y14mNl7H+XCqA91khAe6yQgPdZ//2Q==",
        "/0//UQApAAAAAAAHAAAABQAAAAAAAAAAAAAABwAAAAUAAAAAAAAAAAABBwEB/1IADAAAAAEAAAQEAAH/XAAEQED/kAAKAAAAAAAwAAH/k9+A+BF8X3tFRdoNVQ8Yq11i4pVTuLucbsx4fnsx4fnsx4f/2QA=",
        "/0//UQApAAAAAAAHAAAABQAAAAAAAAAAAAAABwAAAAUAAAAAAAAAAAABBwEB/1IADAAAAAEAAAQEAAH/XAAEQED/kAAKAAAAAAAyAAH/k9+BCBDM1vDw53kcgPUNjwDp04aHZIi5AooatBYoatBYoatBf//ZAA==",
        "/0//UQApAAAAAAAHAAAABQAAAAAAAAAAAAAABwAAAAUAAAAAAAAAAAABBwEB/1IADAAAAAEAAAQEAAH/XAAEQED/kAAKAAAAAAAyAAH/k9+BCBEgguCOtTsw153WZdtyPtKV+Yka8HxbQfNzt2fNzt2fN//ZAA==",
    ];

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("six")]
    [InlineData("6,0")]
    [InlineData("6\\6")]
    public void Without_a_readable_number_the_frames_described_are_counted(string? number)
    {
        var seg = Seg(new SegObject { Grid = _grid, Inside = Inside });
        Number(seg, number);
        AssertInside(seg);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("six")]
    public void Without_number_and_description_nobody_knows_how_many_frames_there_are(string? number)
    {
        var seg = Seg(new SegObject { Grid = _grid, Inside = Inside });
        Number(seg, number);
        seg.Remove(DicomTag.PerFrameFunctionalGroupsSequence);
        Ingest.Refused("RoiUnreadable", Study(seg), Ingest.Research);
    }

    [Fact]
    public void A_number_that_contradicts_the_description_is_refused()
    {
        var seg = Seg(new SegObject { Grid = _grid, Inside = Inside });
        Number(seg, "1");
        Ingest.Refused("RoiUnreadable", Study(seg), Ingest.Research);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Deflated_frames_are_read(bool fractional)
    {
        var seg = Seg(new SegObject { Grid = _grid, Inside = Inside, Fractional = fractional });
        AssertInside(TestStudy.Encapsulated(seg, _deflatedFrames, [.. Frames(fractional ? 8 : 1).Select(Deflate)]), isDeflated: true);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void Single_bits_in_rle_are_read_as_bits_and_as_bytes(int bits)
    {
        var seg = Seg(new SegObject { Grid = _grid, Inside = Inside });
        AssertInside(TestStudy.Encapsulated(seg, DicomTransferSyntax.RLELossless, [.. Frames(bits).Select(frame => Rle([.. frame.Select(b => (byte)(b == 255 ? 1 : b))]))]));
    }

    [Fact]
    public void A_fractional_segmentation_in_rle_is_read()
    {
        var seg = Seg(new SegObject { Grid = _grid, Inside = Inside, Fractional = true });
        AssertInside(new DicomTranscoder(DicomTransferSyntax.ExplicitVRLittleEndian, DicomTransferSyntax.RLELossless).Transcode(seg));
    }

    [Theory]
    [InlineData("JPEG-LS", "libcharls.so.2")]
    [InlineData("JPEG 2000", "libopenjp2.so.7")]
    public void A_fractional_segmentation_in_jpeg_is_read_where_the_systems_codec_is(string name, string library)
    {
        if (!NativeLibrary.TryLoad(library, out _))
        {
            Assert.Skip($"{name} needs the system's {library}");
        }

        var (syntax, frames) = name == "JPEG-LS" ? (DicomTransferSyntax.JPEGLSLossless, _jpegLs) : (DicomTransferSyntax.JPEG2000Lossless, _jpeg2000);
        var seg = Seg(new SegObject { Grid = _grid, Inside = Inside, Fractional = true });
        AssertInside(TestStudy.Encapsulated(seg, syntax, [.. Enumerable.Range(0, _grid.SizeZ).Select(k => Convert.FromBase64String(frames[k % 4]))]));
    }

    [Fact]
    public void A_compressed_segmentation_that_lacks_a_frame_is_refused()
    {
        var seg = Seg(new SegObject { Grid = _grid, Inside = Inside });
        Ingest.Refused("PixelDataTruncated", Study(TestStudy.Encapsulated(seg, _deflatedFrames, [.. Frames(1).Select(Deflate).Take(5)]), isDeflated: true), Ingest.Research);
    }

    [Theory]
    [InlineData(8, false)]
    [InlineData(16, false)]
    [InlineData(8, true)]
    [InlineData(16, true)]
    public void A_label_map_has_a_segment_where_its_pixels_have_its_number(int bits, bool rle)
    {
        var seg = LabelMap(bits);
        AssertInside(rle ? new DicomTranscoder(DicomTransferSyntax.ExplicitVRLittleEndian, DicomTransferSyntax.RLELossless).Transcode(seg) : seg);
    }

    /// <summary>Segment 3 is the region, 7 is all around it, 0 is background.</summary>
    private static DicomDataset LabelMap(int bits)
    {
        var seg = Seg(new SegObject { Grid = _grid, Inside = Inside });
        seg.AddOrUpdate(DicomTag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.66.7");
        seg.AddOrUpdate(DicomTag.SegmentationType, "LABELMAP");
        seg.AddOrUpdate(new DicomSequence(
            DicomTag.SegmentSequence,
            new DicomDataset { { DicomTag.SegmentNumber, (ushort)7 }, { DicomTag.SegmentLabel, "Body" } },
            new DicomDataset { { DicomTag.SegmentNumber, (ushort)3 }, { DicomTag.SegmentLabel, "Liver" } }));
        foreach (var frame in seg.GetSequence(DicomTag.PerFrameFunctionalGroupsSequence))
        {
            frame.Remove(DicomTag.SegmentIdentificationSequence);
        }

        seg.AddOrUpdate(DicomTag.BitsAllocated, (ushort)bits);
        seg.AddOrUpdate(DicomTag.BitsStored, (ushort)bits);
        seg.AddOrUpdate(DicomTag.HighBit, (ushort)(bits - 1));
        byte[] labels = [.. Frames(8).SelectMany(frame => frame).Select((value, n) => (byte)(value != 0 ? 3 : n % 2 == 0 ? 7 : 0))];
        byte[] pixels = bits == 8 ? labels : [.. labels.SelectMany(label => new byte[] { label, 0 })];
        seg.Remove(DicomTag.PixelData);
        seg.Add(new DicomOtherWord(DicomTag.PixelData, new MemoryByteBuffer(pixels)));
        return seg;
    }

    private static bool Inside(int i, int j, int k) => ((i * 3) + (j * 5) + (k * 7)) % 4 == 0;

    /// <summary>Each frame by itself: packed bits, or a byte of 0 or 255 a pixel.</summary>
    private static IEnumerable<byte[]> Frames(int bits)
    {
        for (var k = 0; k < _grid.SizeZ; k++)
        {
            var frame = new byte[bits == 1 ? 5 : 35];
            for (var n = 0; n < 35; n++)
            {
                if (Inside(n % 7, n / 7, k))
                {
                    frame[bits == 1 ? n / 8 : n] |= (byte)(bits == 1 ? 1 << (n % 8) : 255);
                }
            }

            yield return frame;
        }
    }

    private static byte[] Deflate(byte[] frame)
    {
        using var deflated = new MemoryStream();
        using (var deflater = new DeflateStream(deflated, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflater.Write(frame);
        }

        return [.. deflated.ToArray(), .. new byte[deflated.Length % 2]];
    }

    /// <summary>One segment of literal runs.</summary>
    private static byte[] Rle(byte[] bytes)
    {
        var header = new byte[64];
        (header[0], header[4]) = (1, 64);
        return [.. header, (byte)(bytes.Length - 1), .. bytes, .. new byte[(bytes.Length + 1) % 2]];
    }

    private static DicomDataset Seg(SegObject seg) => seg.Build(TestStudy.Dixon, 0);

    private static void Number(DicomDataset seg, string? number)
    {
        seg.Remove(DicomTag.NumberOfFrames);
        if (number is not null)
        {
            seg.Add(RawText.Integer(DicomTag.NumberOfFrames, number));
        }
    }

    private static TestStudy Study(DicomDataset seg, bool isDeflated = false) => TestStudy.Dixon with
    {
        Series = [new MrSeries { Grid = _grid }],
        Segmentations = [],
        Extra = [("seg.dcm", isDeflated ? Renamed(TestStudy.Bytes(seg)) : TestStudy.Bytes(seg))],
    };

    private static byte[] Renamed(byte[] file)
    {
        "1.2.840.10008.1.2.8.1\0"u8.CopyTo(file.AsSpan(file.AsSpan().IndexOf("1.2.840.10008.1.2.4.80"u8)));
        return file;
    }

    private static void AssertInside(DicomDataset seg, bool isDeflated = false)
    {
        var rules = Ingest.Research with { RoiNames = ["liver"] };
        var roi = Assert.Single(Ingest.Read(Study(seg, isDeflated), rules).Sequences).Roi;
        Assert.Equal(Enumerable.Range(0, _grid.Count).Select(n => (byte)(Inside(n % 7, n / 7 % 5, n / 35) ? 1 : 0)), roi.Voxels);
    }
}
