using FellowOakDicom;
using Radiomics.Dicom.Tests.Building;

namespace Radiomics.Dicom.Tests.Rois;

/// <summary>Frames of a SEG that lie in no grid, or in none that anybody could hold.</summary>
public sealed class SegmentationGridTests
{
    [Fact]
    public void Frames_whose_gaps_are_no_multiples_of_a_spacing_are_refused_rather_than_rounded()
    {
        var finer = Grids.Axial with { SpacingZ = 1.5 };
        Ingest.Refused("RoiUnreadable", With(new SegObject { Grid = finer, Without = [1, 3, 4] }, seg => seg
            .GetSequence(DicomTag.SharedFunctionalGroupsSequence).Items[0]
            .GetSequence(DicomTag.PixelMeasuresSequence).Items[0]
            .AddOrUpdate(DicomTag.SliceThickness, "3")));
    }

    [Fact]
    public void A_frame_a_thousand_kilometers_away_is_refused_rather_than_given_memory() =>
        Ingest.Refused("RoiUnreadable", With(new SegObject(), seg => seg
            .GetSequence(DicomTag.PerFrameFunctionalGroupsSequence).Items[5]
            .GetSequence(DicomTag.PlanePositionSequence).Items[0]
            .AddOrUpdate(DicomTag.ImagePositionPatient, "-10", "-20", "1000000032")));

    [Fact]
    public void Frames_that_are_counted_but_not_described_are_refused() =>
        Ingest.Refused("RoiUnreadable", With(new SegObject(), seg =>
        {
            seg.AddOrUpdate(DicomTag.NumberOfFrames, "2147483647");
            seg.AddOrUpdate(DicomTag.Rows, (ushort)1);
            seg.AddOrUpdate(DicomTag.Columns, (ushort)1);
        }, DicomTransferSyntax.RLELossless));

    [Fact]
    public void A_contour_point_a_thousand_kilometers_away_is_refused_rather_than_given_memory()
    {
        var tilted = StructureSetObject.Rectangle(Grids.Oblique, 2, 8, 2, 8, 3).ToArray();
        tilted[2] += (tilted[2] - tilted[0]).Normalized() * 1e9;
        Ingest.Refused("RoiUnreadable", TestStudy.Dixon with { Segmentations = [], StructureSets = [new StructureSetObject { Contours = [tilted] }] });
    }

    private static TestStudy With(SegObject seg, Action<DicomDataset> edit, DicomTransferSyntax? syntax = null)
    {
        var plain = TestStudy.Dixon with { Segmentations = [] };
        var dataset = seg.Build(plain, 0);
        edit(dataset);
        return plain with { Extra = [("seg.dcm", TestStudy.Bytes(syntax is null ? dataset : TestStudy.Encapsulated(dataset, syntax)))] };
    }
}
