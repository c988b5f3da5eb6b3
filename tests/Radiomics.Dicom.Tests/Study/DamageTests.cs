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
        Ingest.Refused("PixelDataTruncated", Damaged(FatFile, file.Length - place), request: Ingest.FatModel);
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
        Assert.Equal(4, Ingest.Read(new TestStudy { Series = [], Extra = files }, request: Ingest.FatModel).Sequences.Count);
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
        var file = TestStudy.Bytes(Compressed(series.Build(study).Single(), DicomTransferSyntax.Parse(syntax), new byte[1000]));
        var before = GC.GetTotalAllocatedBytes();
        Ingest.Refused("PixelDataTruncated", study with { Extra = [("huge.dcm", file)], Segmentations = [] }, Ingest.Research with { RoiNames = [] });
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 32 << 20);
    }

    [Theory]
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
        Assert.All(Enumerable.Range(0, sequence.Volume.Voxels.Length), n => Assert.Equal(value + (n / 120), sequence.Volume.Voxels[n]));
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

    private static TestStudy Damaged(int index, int missing)
    {
        var files = TestStudy.Dixon.Files().ToArray();
        files[index] = (files[index].Name, files[index].Content[..^missing]);
        return new TestStudy { Series = [], Extra = files };
    }

    private static DicomDataset Compressed(DicomDataset slice, DicomTransferSyntax syntax, byte[] content)
    {
        var dataset = new DicomDataset(syntax);
        dataset.Add(slice.Where(item => item.Tag != DicomTag.PixelData));
        var fragments = new DicomOtherByteFragment(DicomTag.PixelData);
        fragments.Fragments.Add(new MemoryByteBuffer(content));
        dataset.Add(fragments);
        return dataset;
    }
}
