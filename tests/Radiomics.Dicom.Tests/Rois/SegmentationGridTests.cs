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

    private static TestStudy With(SegObject seg, Action<DicomDataset> edit)
    {
        var plain = TestStudy.Dixon with { Segmentations = [] };
        var dataset = seg.Build(plain, 0);
        edit(dataset);
        return plain with { Extra = [("seg.dcm", TestStudy.Bytes(dataset))] };
    }
}
