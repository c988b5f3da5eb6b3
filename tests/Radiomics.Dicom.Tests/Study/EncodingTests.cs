using FellowOakDicom;
using FellowOakDicom.Imaging.Codec;
using Radiomics.Dicom.Tests.Building;

namespace Radiomics.Dicom.Tests.Study;

/// <summary>The same study in other clothes.</summary>
public sealed class EncodingTests
{
    [Theory]
    [InlineData("RLE")]
    [InlineData("implicit")]
    [InlineData("big endian")]
    public void Every_transfer_syntax_gives_the_same_voxels(string name)
    {
        var syntax = name switch
        {
            "RLE" => DicomTransferSyntax.RLELossless,
            "implicit" => DicomTransferSyntax.ImplicitVRLittleEndian,
            _ => DicomTransferSyntax.ExplicitVRBigEndian,
        };
        var plain = TestStudy.Dixon with { Series = [new MrSeries()] };
        var other = plain with
        {
            Series = [],
            Extra = [.. plain.Series[0].Build(plain).Select((slice, n) => ($"{n}", TestStudy.Bytes(Transcoded(slice, syntax))))],
        };
        Assert.Equal(Ingest.ReadOne(plain).Volume.Voxels, Ingest.ReadOne(other).Volume.Voxels);
    }

    [Fact]
    public void The_same_images_in_both_byte_orders_are_one()
    {
        // Their last byte is a zero, as padding is.
        var plain = TestStudy.Dixon with { Series = [new MrSeries { Stored = (i, j, k) => i + j + k }] };
        var twice = plain with
        {
            Extra = [.. plain.Series[0].Build(plain).Select((slice, n) => ($"{n}", TestStudy.Bytes(Transcoded(slice, DicomTransferSyntax.ExplicitVRBigEndian))))],
        };
        Assert.Equal(Ingest.ReadOne(plain).Volume.Voxels, Ingest.ReadOne(twice).Volume.Voxels);
    }

    [Theory]
    [InlineData("dcmcjpeg", "1.2.840.10008.1.2.4.70")]
    [InlineData("dcmcjpls", "1.2.840.10008.1.2.4.80")]
    public async Task Pixels_compressed_by_others_without_loss_are_the_same_voxels(string tool, string syntax)
    {
        // All 16 bits, and neighbours that differ by more than half their range.
        var plain = TestStudy.Dixon with { Series = [new MrSeries { BitsStored = 16, Stored = (i, j, k) => ((i * 40_009) + (j * 9_973) + (k * 20_011)) & 0xFFFF }] };
        var files = new List<(string Name, byte[] Content)>();
        foreach (var slice in plain.Series[0].Build(plain))
        {
            files.Add(($"{files.Count}", await DicomTool.CompressedAsync(tool, TestStudy.Bytes(slice))));
        }

        Assert.Equal(syntax, DicomFile.Open(new MemoryStream(files[0].Content)).FileMetaInfo.TransferSyntax.UID.UID);
        Assert.Equal(Ingest.ReadOne(plain).Volume.Voxels, Ingest.ReadOne(plain with { Series = [], Extra = files }).Volume.Voxels);
    }

    [Fact]
    public void Damaged_compressed_pixels_are_not_blamed_on_the_transfer_syntax()
    {
        var plain = TestStudy.Dixon with { Series = [new MrSeries()] };
        var damaged = plain with
        {
            Series = [],
            Extra = [.. plain.Series[0].Build(plain).Select((slice, n) => ($"{n}", TestStudy.Bytes(TestStudy.Encapsulated(slice, DicomTransferSyntax.RLELossless))))],
        };
        Ingest.Refused("PixelDataTruncated", damaged, Ingest.Research);
    }

    [Fact]
    public void A_multi_frame_object_gives_the_same_volume_as_single_slices()
    {
        var plain = TestStudy.Dixon with { Series = [new MrSeries { ImageType = ["DERIVED", "PRIMARY", "DIXON", "FAT"], Slope = 2, Intercept = 1 }] };
        var enhanced = plain with { Series = [], Extra = [("1", TestStudy.Bytes(EnhancedObject.Of([.. plain.Series[0].Build(plain)])))] };
        var (study, sequences) = Ingest.Read(enhanced, request: Ingest.FatModel);
        var sequence = Assert.Single(sequences);
        Assert.Equal("T1_F", sequence.Name);
        Assert.Equal("3.0T", study.FieldStrength);
        Assert.True(sequence.Volume.Geometry.IsSameGridAs(Grids.Axial));
        Assert.Equal(Ingest.Read(plain).Sequences[0].Volume.Voxels, sequence.Volume.Voxels);
        Assert.Equal(1.23, sequence.Acquisition.EchoTime);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("0", false)]
    [InlineData(null, true)]
    public void A_multi_frame_object_has_the_frames_that_it_describes_where_it_does_not_count_them(string? number, bool isCompressed)
    {
        var plain = TestStudy.Dixon with { Series = [TestStudy.Dixon.Series[3]] };
        var enhanced = EnhancedObject.Of([.. plain.Series[0].Build(plain)]);
        enhanced = isCompressed ? Transcoded(enhanced, DicomTransferSyntax.RLELossless) : enhanced;
        enhanced.Remove(DicomTag.NumberOfFrames);
        enhanced.Add(number is null ? [] : [RawText.Integer(DicomTag.NumberOfFrames, number)]);
        var (study, sequences) = Ingest.Read(plain with { Series = [], Extra = [("1", TestStudy.Bytes(enhanced))] }, request: Ingest.FatModel);
        Assert.Equal(Ingest.Read(plain).Sequences[0].Volume.Voxels, Assert.Single(sequences).Volume.Voxels);
        Assert.Contains(study.Warnings, warning => warning.StartsWith("1 DICOM objects have a NumberOfFrames that is no positive number, or none", StringComparison.Ordinal));
    }

    [Fact]
    public void A_position_in_a_later_frame_that_is_no_number_is_named()
    {
        var series = new MrSeries
        {
            ImageType = ["DERIVED", "PRIMARY", "DIXON", "FAT"],
            Edit = (slice, k) =>
            {
                if (k == 2)
                {
                    slice.Remove(DicomTag.ImagePositionPatient);
                    slice.Add(RawText.Decimal(DicomTag.ImagePositionPatient, "-10\\-20\\36,0"));
                }
            },
        };
        var study = TestStudy.Dixon with { Series = [], Extra = [("1", TestStudy.Bytes(EnhancedObject.Of([.. series.Build(TestStudy.Dixon)])))] };
        var refusal = Ingest.Refused("AttributeUnreadable", study, request: Ingest.FatModel);
        Assert.Contains("ImagePositionPatient", refusal.Detail, StringComparison.Ordinal);
    }

    private static DicomDataset Transcoded(DicomDataset slice, DicomTransferSyntax syntax) =>
        new DicomTranscoder(DicomTransferSyntax.ExplicitVRLittleEndian, syntax).Transcode(slice);
}
