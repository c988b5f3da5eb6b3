using System.Buffers.Binary;
using System.Text;
using FellowOakDicom;
using FellowOakDicom.IO.Buffer;
using Radiomics.Dicom.Tests.Building;

namespace Radiomics.Dicom.Tests.Study;

/// <summary>Files that are damaged, padded, or claim more than they hold.</summary>
public sealed class DamageTests
{
    private const int FatFile = 18;
    private const int SegFile = 24;

    [Fact]
    public void A_damaged_image_of_a_sequence_that_no_model_reads_is_but_a_warning()
    {
        var (study, sequences) = Ingest.Read(Damaged(7, 60), request: Ingest.FatModel);
        Assert.Equal(["T1_F", "T1_W", "T1_in"], sequences.Select(sequence => sequence.Name));
        Assert.Contains(study.Warnings, warning => warning.Contains("1 of the 6 images of T1_opp", StringComparison.Ordinal));
    }

    [Fact]
    public void An_image_cut_before_its_place_still_belongs_to_its_series()
    {
        var file = TestStudy.Dixon.Files()[FatFile].Content;
        var place = file.AsSpan().IndexOf(new byte[] { 0x20, 0x00, 0x32, 0x00, (byte)'D', (byte)'S' });
        Ingest.Refused("PixelDataTruncated", Damaged(FatFile, file.Length - place - 3), request: Ingest.FatModel);
    }

    [Fact]
    public void A_file_of_which_nobody_can_say_what_it_was_is_left_out_with_a_warning()
    {
        var (study, sequences) = Ingest.Read(TestStudy.Dixon with { Extra = [("torn.dcm", TestStudy.Dixon.Files()[0].Content[..200])] }, request: Ingest.FatModel);
        Assert.Equal(4, sequences.Count);
        Assert.Contains(study.Warnings, warning => warning.StartsWith("1 damaged DICOM files", StringComparison.Ordinal));
    }

    [Fact]
    public void A_damaged_copy_of_a_whole_file_is_passed_over()
    {
        var (_, sequences) = Ingest.Read(TestStudy.Dixon with { Extra = [("copy.dcm", TestStudy.Dixon.Files()[FatFile].Content[..^60])] }, request: Ingest.FatModel);
        Assert.Equal(4, sequences.Count);
    }

    [Fact]
    public void The_only_region_damaged_refuses_the_study() =>
        Ingest.Refused("PixelDataTruncated", Damaged(SegFile, 20), request: Ingest.FatModel);

    [Fact]
    public void A_damaged_region_beside_a_whole_one_is_not_needed()
    {
        var study = TestStudy.Dixon with { Segmentations = [new SegObject(), new SegObject()] };
        var files = study.Files().ToArray();
        files[^1] = (files[^1].Name, files[^1].Content[..^20]);
        var (read, sequences) = Ingest.Read(new TestStudy { Series = [], Extra = files }, request: Ingest.FatModel);
        Assert.Equal(4, sequences.Count);
        Assert.Contains("1 DICOM objects are damaged, or hold less than they say.", read.Warnings);
    }

    [Fact]
    public void An_image_damaged_before_the_middle_of_the_region_is_not_blamed_on_the_transfer()
    {
        const int middle = FatFile + 2;
        var file = TestStudy.Dixon.Files()[middle].Content;
        var place = file.AsSpan().IndexOf(new byte[] { 0x20, 0x00, 0x32, 0x00, (byte)'D', (byte)'S' });
        var refusal = Ingest.Refused("PixelDataTruncated", Damaged(middle, file.Length - place - 3), request: Ingest.FatModel);
        Assert.Contains("1 of the 6 images of T1_F", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Compressed_pixels_that_do_not_decode_leave_out_a_sequence_that_no_model_reads()
    {
        var (study, sequences) = Ingest.Read(Undecodable(series: 1), request: Ingest.FatModel);
        Assert.Equal(["T1_F", "T1_W", "T1_in"], sequences.Select(sequence => sequence.Name));
        Assert.Contains(study.Warnings, warning => warning.StartsWith("T1_opp was left out (PixelDataTruncated)", StringComparison.Ordinal));
    }

    [Fact]
    public void Compressed_pixels_that_do_not_decode_refuse_the_sequence_that_the_model_reads() =>
        Ingest.Refused("PixelDataTruncated", Undecodable(series: 3), request: Ingest.FatModel);

    [Theory]
    [InlineData(8)]
    [InlineData(510)]
    public void Padding_after_the_pixel_data_is_a_warning(int length)
    {
        var files = TestStudy.Dixon.Files().Select(file => (file.Name, (byte[])[.. file.Content, .. new byte[length]]));
        var (study, _) = Ingest.Read(new TestStudy { Series = [], Extra = [.. files] }, request: Ingest.FatModel);
        Assert.Contains("25 DICOM files go on after their pixel data; what follows was passed over.", study.Warnings);
    }

    [Fact]
    public void Padding_of_files_whose_pixels_are_not_read_with_their_headers_is_a_warning_too()
    {
        var plain = TestStudy.Dixon with { Series = [new MrSeries { Grid = Grids.Axial with { SizeX = 160, SizeY = 110 } }] };
        var files = plain.Files().Select(file => (file.Name, (byte[])[.. file.Content, .. new byte[8]])).ToArray();
        var (study, _) = Ingest.Read(new TestStudy { Series = [], Extra = files }, Ingest.Research);
        Assert.Contains("7 DICOM files go on after their pixel data; what follows was passed over.", study.Warnings);
    }

    [Fact]
    public void Padding_as_the_standard_has_it_is_no_warning()
    {
        byte[] padding = [0xFC, 0xFF, 0xFC, 0xFF, (byte)'O', (byte)'B', 0, 0, 4, 0, 0, 0, 0, 0, 0, 0];
        var files = TestStudy.Dixon.Files().Select(file => (file.Name, (byte[])[.. file.Content, .. padding]));
        var (study, sequences) = Ingest.Read(new TestStudy { Series = [], Extra = [.. files] }, request: Ingest.FatModel);
        Assert.Equal(4, sequences.Count);
        Assert.Empty(study.Warnings);
    }

    [Fact]
    public void A_number_of_frames_of_0_is_a_warning()
    {
        var series = TestStudy.Dixon.Series.ToArray();
        series[3] = series[3] with { Edit = (slice, _) => slice.AddOrUpdate(DicomTag.NumberOfFrames, "0") };
        var (study, sequences) = Ingest.Read(TestStudy.Dixon with { Series = series }, request: Ingest.FatModel);
        Assert.Equal(4, sequences.Count);
        Assert.Contains(study.Warnings, warning => warning.StartsWith("6 DICOM objects have a NumberOfFrames that is no positive number", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(510)]
    public void Padding_after_the_pixel_data_changes_nothing(int length)
    {
        var files = TestStudy.Dixon.Files().Select(file => (file.Name, (byte[])[.. file.Content, .. new byte[length]]));
        var (_, padded) = Ingest.Read(new TestStudy { Series = [], Extra = [.. files] }, request: Ingest.FatModel);
        var (_, plain) = Ingest.Read(TestStudy.Dixon, request: Ingest.FatModel);
        Assert.Equal(plain.Select(sequence => sequence.Volume.Voxels), padded.Select(sequence => sequence.Volume.Voxels));
        Assert.Equal(plain[0].Roi.Voxels, padded[0].Roi.Voxels);
    }

    [Fact]
    public void What_follows_the_pixel_data_may_be_anything()
    {
        var files = TestStudy.Dixon.Files().Select(file => (file.Name, (byte[])[.. file.Content, .. "this is no element"u8]));
        Assert.Equal(4, Ingest.Read(new TestStudy { Series = [], Extra = [.. files] }, request: Ingest.FatModel).Sequences.Count);
    }

    [Theory]
    [InlineData("1.2.840.10008.1.2.5")]
    [InlineData("1.2.840.10008.1.2.4.80")]
    [InlineData("1.2.840.10008.1.2.4.90")]
    public void A_kilobyte_that_claims_to_be_a_huge_image_is_refused_before_memory_is_taken(string syntax)
    {
        var study = TestStudy.Dixon with { Series = [] };
        var series = new MrSeries
        {
            Grid = Grids.Axial with { SizeZ = 1 },
            Edit = (slice, _) =>
            {
                slice.AddOrUpdate(DicomTag.Rows, (ushort)16384);
                slice.AddOrUpdate(DicomTag.Columns, (ushort)16384);
            },
        };
        var file = TestStudy.Bytes(TestStudy.Encapsulated(series.Build(study).Single(), DicomTransferSyntax.Parse(syntax), new byte[1000]));
        var before = GC.GetTotalAllocatedBytes();
        Ingest.Refused("PixelDataTruncated", study with { Extra = [("huge.dcm", file)] }, Ingest.Research);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 32 << 20);
    }

    [Theory]
    [InlineData("OW", false, 32, 20_000_003)]
    [InlineData("OW", false, 32, 70_000)]
    [InlineData("OW", false, 20, 70_000)]
    [InlineData("OW", true, 20, 70_000)]
    [InlineData("OW", false, 16, 7)]
    [InlineData("OB", false, 32, 70_000)]
    public void Big_endian_pixels_of_32_bits_keep_their_words_in_order(string vr, bool lowWordFirst, int stored, int value)
    {
        var series = new MrSeries
        {
            Edit = (slice, k) =>
            {
                slice.AddOrUpdate(DicomTag.BitsAllocated, (ushort)32);
                slice.AddOrUpdate(DicomTag.BitsStored, (ushort)stored);
                slice.AddOrUpdate(DicomTag.HighBit, (ushort)(stored - 1));
                slice.AddOrUpdate(new DicomOtherByte(DicomTag.PixelData, new MemoryByteBuffer(Words(value + k, lowWordFirst))));
            },
        };
        var study = TestStudy.Dixon with { Series = [] };
        var files = series.Build(study).Select((slice, n) => ($"{n}", BigEndian(slice, vr)));
        var sequence = Ingest.ReadOne(study with { Extra = [.. files] });
        Assert.All(Enumerable.Range(0, sequence.Volume.Geometry.Count), n => Assert.Equal(value + (n / 120), sequence.Volume[n]));
    }

    /// <summary>A slice of 120 equal pixels as a big-endian file has them.</summary>
    private static byte[] Words(int value, bool lowWordFirst)
    {
        var bytes = new byte[480];
        for (var at = 0; at < bytes.Length; at += 4)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(at), lowWordFirst ? (int)System.Numerics.BitOperations.RotateLeft((uint)value, 16) : value);
        }

        return bytes;
    }

    /// <summary>The slice as big-endian file whose pixel data are the very bytes that it has, under another VR.</summary>
    private static byte[] BigEndian(DicomDataset slice, string vr)
    {
        var dataset = new DicomDataset(DicomTransferSyntax.ExplicitVRBigEndian);
        dataset.Add(slice);
        var file = TestStudy.Bytes(dataset);
        var header = file.AsSpan().LastIndexOf(new byte[] { 0x7F, 0xE0, 0x00, 0x10, (byte)'O', (byte)'B' });
        Encoding.ASCII.GetBytes(vr).CopyTo(file, header + 4);
        return file;
    }

    /// <summary>The third slice of a series in RLE of no segments, long enough to be an image.</summary>
    private static TestStudy Undecodable(int series)
    {
        var files = TestStudy.Dixon.Files().ToArray();
        var at = (6 * series) + 2;
        var slice = TestStudy.Dixon.Series[series].Build(TestStudy.Dixon).ElementAt(2);
        files[at] = (files[at].Name, TestStudy.Bytes(TestStudy.Encapsulated(slice, DicomTransferSyntax.RLELossless, new byte[100])));
        return new TestStudy { Series = [], Extra = files };
    }

    private static TestStudy Damaged(int index, int missing)
    {
        var files = TestStudy.Dixon.Files().ToArray();
        files[index] = (files[index].Name, files[index].Content[..^missing]);
        return new TestStudy { Series = [], Extra = files };
    }
}
