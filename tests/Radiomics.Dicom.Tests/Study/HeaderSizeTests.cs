using FellowOakDicom;
using Radiomics.Dicom.Tests.Building;

namespace Radiomics.Dicom.Tests.Study;

/// <summary>Small files whose headers speak of large images.</summary>
public sealed class HeaderSizeTests
{
    [Fact]
    public void Frames_that_are_counted_but_not_described_make_no_series() =>
        Ingest.Refused("SequenceMissing", Compressed(slice => slice.AddOrUpdate(DicomTag.NumberOfFrames, "2147483647")), Ingest.Research);

    [Fact]
    public void A_series_of_more_voxels_than_anybody_can_hold() =>
        Ingest.Refused(
            "GeometryUnusable",
            Compressed(slice =>
            {
                slice.AddOrUpdate(DicomTag.Rows, (ushort)65535);
                slice.AddOrUpdate(DicomTag.Columns, (ushort)65535);
            }),
            Ingest.Research);

    [Fact]
    public void A_size_whose_product_overflows_is_not_taken_for_a_small_one()
    {
        var series = new MrSeries
        {
            Edit = (slice, _) =>
            {
                slice.AddOrUpdate(DicomTag.Rows, (ushort)32768);
                slice.AddOrUpdate(DicomTag.Columns, (ushort)32768);
                slice.AddOrUpdate(DicomTag.SamplesPerPixel, (ushort)32768);
                slice.AddOrUpdate(DicomTag.BitsAllocated, (ushort)32768);
                slice.AddOrUpdate(DicomTag.NumberOfFrames, "16");
            },
        };
        Ingest.Refused("PixelDataTruncated", TestStudy.Dixon with { Series = [series] }, Ingest.Research);
    }

    private static TestStudy Compressed(Action<DicomDataset> edit)
    {
        var series = new MrSeries { Edit = (slice, _) => edit(slice) };
        return TestStudy.Dixon with
        {
            Series = [],
            Extra = [.. series.Build(TestStudy.Dixon).Select((slice, n) => ($"{n}", TestStudy.Bytes(TestStudy.Encapsulated(slice, DicomTransferSyntax.RLELossless))))],
        };
    }
}
