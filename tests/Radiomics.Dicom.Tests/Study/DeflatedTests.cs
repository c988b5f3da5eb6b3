using System.IO.Compression;
using FellowOakDicom;
using Radiomics.Dicom.Tests.Building;
using Radiomics.Extraction;

namespace Radiomics.Dicom.Tests.Study;

/// <summary>Files that inflate, or nest, where a DICOM library doesn't ask how far.</summary>
public sealed class DeflatedTests
{
    [Fact]
    public void A_deflated_study_gives_the_same_voxels()
    {
        var plain = TestStudy.Dixon with { Series = [new MrSeries()] };
        var deflated = plain with { Series = [], Extra = [.. plain.Series[0].Build(plain).Select((slice, n) => ($"{n}", Deflated(slice)))] };
        Assert.Equal(Ingest.ReadOne(plain).Volume.Voxels, Ingest.ReadOne(deflated).Volume.Voxels);
    }

    [Fact]
    public void A_deflated_file_that_inflates_beyond_any_volume_and_beyond_the_ratio_is_refused() =>
        Ingest.Refused("ArchiveTooLarge", TestStudy.Dixon with { Extra = [("bomb.dcm", Bomb(260 << 20))] });

    [Fact]
    public void What_deflated_files_inflate_to_counts_towards_the_total()
    {
        using var source = new ZipStudySource(
            (TestStudy.Dixon with { Extra = [("large.dcm", Bomb(900_000))] }).Zip(),
            new ArchiveLimits { MaxTotalBytes = 500_000 });
        var refusal = Assert.Throws<RadiomicsException>(() => StudyReader.Read(source, Ingest.Rules, Ingest.Key, new IngestRequest()));
        Assert.Equal("ArchiveTooLarge", refusal.Code);
    }

    [Theory]
    [InlineData("SQ", 8u)]
    [InlineData("UN", uint.MaxValue)]
    public void A_file_whose_meta_information_nests_is_left_out_as_damaged(string vr, uint length)
    {
        var file = TestStudy.Dixon.Files()[0].Content;
        byte[] element = [2, 0, 2, 1, (byte)vr[0], (byte)vr[1], 0, 0, .. BitConverter.GetBytes(length), 0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0];
        LeavesOut([.. file[..132], .. element, .. file[132..]]);
    }

    [Fact]
    public void A_deflated_file_whose_meta_information_is_not_in_the_standards_encoding_is_left_out_as_damaged()
    {
        var file = Bomb(8 << 20);
        byte[] implicitVersion = [2, 0, 1, 0, 2, 0, 0, 0, 0, 1];
        LeavesOut([.. file[..132], .. implicitVersion, .. file[132..]]);
    }

    [Fact]
    public void A_deflated_file_that_does_not_inflate_is_left_out_as_damaged()
    {
        var file = Deflated(new MrSeries().Build(TestStudy.Dixon).First());
        var metaEnd = 144 + BitConverter.ToInt32(file, 140);
        LeavesOut([.. file[..metaEnd], 0xFF, 0xFF, 0xFF, 0xFF, .. file[metaEnd..]]);
    }

    [Fact]
    public void An_upload_of_nothing_but_files_whose_meta_information_nests_is_damaged()
    {
        var file = TestStudy.Dixon.Files()[0].Content;
        byte[] element = [2, 0, 2, 1, (byte)'S', (byte)'Q', 0, 0, 8, 0, 0, 0, 0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0];
        Ingest.Refused("PixelDataTruncated", new TestStudy { Series = [], Extra = [("nested.dcm", [.. file[..132], .. element, .. file[132..]])] });
    }

    private static void LeavesOut(byte[] file)
    {
        var (study, sequences) = Ingest.Read(TestStudy.Dixon with { Extra = [("damaged.dcm", file)] }, request: Ingest.FatModel);
        Assert.Equal(4, sequences.Count);
        Assert.Contains("1 damaged DICOM files were left out: nobody can say to which series they belong.", study.Warnings);
    }

    private static byte[] Deflated(DicomDataset slice)
    {
        var dataset = new DicomDataset(DicomTransferSyntax.DeflatedExplicitVRLittleEndian);
        dataset.Add(slice);
        return TestStudy.Bytes(dataset);
    }

    /// <summary>A deflated file's meta information, then zeros in place of its dataset.</summary>
    private static byte[] Bomb(int zeros)
    {
        var file = Deflated(new MrSeries().Build(TestStudy.Dixon).First());
        var metaEnd = 144 + BitConverter.ToInt32(file, 140);
        using var deflated = new MemoryStream();
        using (var deflater = new DeflateStream(deflated, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflater.Write(new byte[zeros]);
        }

        return [.. file[..metaEnd], .. deflated.ToArray()];
    }
}
