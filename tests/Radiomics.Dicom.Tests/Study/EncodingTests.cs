using FellowOakDicom;
using FellowOakDicom.Imaging.Codec;
using FellowOakDicom.IO.Buffer;
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
            Extra = [.. plain.Series[0].Build(plain).Select((slice, n) => ($"{n}", TestStudy.Bytes(WithFragment(slice, [1, 2, 3, 4]))))],
        };
        Ingest.Refused("PixelDataTruncated", damaged, Ingest.Research);
    }

    [Fact]
    public void A_multi_frame_object_gives_the_same_volume_as_single_slices()
    {
        var plain = TestStudy.Dixon with { Series = [new MrSeries { ImageType = ["DERIVED", "PRIMARY", "DIXON", "FAT"], Slope = 2, Intercept = 1 }] };
        var enhanced = plain with { Series = [], Extra = [("1", TestStudy.Bytes(Enhanced([.. plain.Series[0].Build(plain)])))] };
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
        var study = TestStudy.Dixon with { Series = [], Extra = [("1", TestStudy.Bytes(Enhanced([.. series.Build(TestStudy.Dixon)])))] };
        var refusal = Ingest.Refused("AttributeUnreadable", study, request: Ingest.FatModel);
        Assert.Contains("ImagePositionPatient", refusal.Detail, StringComparison.Ordinal);
    }

    private static DicomDataset Transcoded(DicomDataset slice, DicomTransferSyntax syntax) =>
        new DicomTranscoder(DicomTransferSyntax.ExplicitVRLittleEndian, syntax).Transcode(slice);

    private static DicomDataset WithFragment(DicomDataset slice, byte[] content)
    {
        var dataset = new DicomDataset(DicomTransferSyntax.RLELossless);
        dataset.Add(slice.Where(item => item.Tag != DicomTag.PixelData));
        var fragments = new DicomOtherByteFragment(DicomTag.PixelData);
        fragments.Fragments.Add(new MemoryByteBuffer(content));
        dataset.Add(fragments);
        return dataset;
    }

    /// <summary>All slices as frames of one Enhanced MR object, last slice first.</summary>
    private static DicomDataset Enhanced(DicomDataset[] slices)
    {
        Array.Reverse(slices);
        var first = slices[0];
        DicomTag[] perFrame = [DicomTag.ImagePositionPatient, DicomTag.ImageOrientationPatient, DicomTag.PixelSpacing, DicomTag.RescaleSlope, DicomTag.RescaleIntercept, DicomTag.EchoTime];
        var dataset = new DicomDataset(DicomTransferSyntax.ExplicitVRLittleEndian);
        dataset.Add(first.Where(item => !perFrame.Contains(item.Tag) && item.Tag != DicomTag.PixelData));
        dataset.AddOrUpdate(DicomTag.SOPClassUID, DicomUID.EnhancedMRImageStorage);
        dataset.AddOrUpdate(DicomTag.NumberOfFrames, "6");
        dataset.Add(new DicomSequence(DicomTag.SharedFunctionalGroupsSequence, new DicomDataset
        {
            Group(DicomTag.PlaneOrientationSequence, first, DicomTag.ImageOrientationPatient),
            Group(DicomTag.PixelMeasuresSequence, first, DicomTag.PixelSpacing),
            Group(DicomTag.PixelValueTransformationSequence, first, DicomTag.RescaleSlope, DicomTag.RescaleIntercept),
            new DicomSequence(DicomTag.MREchoSequence, new DicomDataset { { DicomTag.EffectiveEchoTime, 1.23 } }),
        }));
        dataset.Add(new DicomSequence(
            DicomTag.PerFrameFunctionalGroupsSequence,
            [.. slices.Select(slice => new DicomDataset { Group(DicomTag.PlanePositionSequence, slice, DicomTag.ImagePositionPatient) })]));
        dataset.Add(new DicomOtherWord(
            DicomTag.PixelData,
            new MemoryByteBuffer([.. slices.SelectMany(slice => slice.GetDicomItem<DicomElement>(DicomTag.PixelData).Buffer.Data)])));
        return dataset;
    }

    private static DicomSequence Group(DicomTag group, DicomDataset from, params DicomTag[] tags) =>
        new(group, new DicomDataset(tags.Select(tag => from.GetDicomItem<DicomItem>(tag))));
}
