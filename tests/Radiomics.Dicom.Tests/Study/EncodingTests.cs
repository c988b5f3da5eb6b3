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
