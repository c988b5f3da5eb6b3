using FellowOakDicom;
using Radiomics.Dicom.Tests.Building;

namespace Radiomics.Dicom.Tests.RealData;

public sealed class RealStudyTests
{
    [Theory]
    [InlineData("STS_001")]
    [InlineData("STS_008")]
    public void The_roi_of_a_real_study_has_the_volume_of_its_polygons(string name)
    {
        var folder = TestData.Require($"mr_sarcoma/{name}");
        var study = StudyReader.Read(FolderStudySource.Create(folder), Ingest.Research, Ingest.Key, new IngestRequest());
        var sequence = Assert.Single(study.Sequences);
        Assert.Null(study.FieldStrength);
        Assert.StartsWith("MR_", sequence.Name, StringComparison.Ordinal);
        var drawn = PolygonVolume(folder, sequence.Volume.Geometry.SpacingZ);
        Assert.InRange(sequence.Roi.CountInside() * sequence.Roi.Geometry.VoxelVolume, drawn * 0.99, drawn * 1.01);
        Assert.True(sequence.Volume.Voxels.Max() > 100);
    }

    [Fact]
    public void A_seg_of_frames_that_start_inside_bytes_matches_its_image()
    {
        var folder = TestData.Require("seg_bitpacking");
        var mask = DicomFile.Open(Path.Combine(folder, "mask", "mask.dcm")).Dataset;
        var image = new FrameDecoder(DicomFile.Open(Path.Combine(folder, "image", "IMG0002.dcm")));
        var pixels = new float[23 * 38];
        image.Read(0, 1, 0, pixels);
        var segment = new SegmentationFrames(mask).MaskOf(1);
        Assert.Equal((23, 38, 3), (segment.Geometry.SizeX, segment.Geometry.SizeY, segment.Geometry.SizeZ));
        for (var n = 0; n < segment.Voxels.Length; n++)
        {
            var inPlane = n % pixels.Length;
            var isCorner = (inPlane % 23 is 0 or 22) && (inPlane / 23 is 0 or 37);
            var isRound = n / pixels.Length == 1 && pixels[inPlane] > 0;
            Assert.Equal(isCorner || isRound ? 1 : 0, segment.Voxels[n]);
        }
    }

    /// <summary>Shoelace area of every contour times slice spacing, mm³.</summary>
    private static double PolygonVolume(string folder, double spacing)
    {
        var structures = DicomFile.Open(Directory.GetFiles(Path.Combine(folder, "mask")).Single()).Dataset;
        var roi = structures.GetSequence(DicomTag.ROIContourSequence).Items[0];
        return spacing * roi.GetSequence(DicomTag.ContourSequence).Items.Sum(item =>
        {
            var points = item.GetValues<double>(DicomTag.ContourData).Chunk(3).ToArray();
            return Math.Abs(points.Select((p, n) => (p, next: points[(n + 1) % points.Length])).Sum(edge => edge.p[0] * edge.next[1] - edge.next[0] * edge.p[1])) / 2;
        });
    }
}
