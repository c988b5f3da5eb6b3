using FellowOakDicom;
using Radiomics.Dicom.Tests.Building;
using Radiomics.Extraction;

namespace Radiomics.Dicom.Tests.Cases;

/// <summary>Studies that went wrong, beside the one that goes right: numbers, regions, bytes.</summary>
public sealed class NumberAndRegionCaseTests
{
    [Theory]
    [InlineData("08d")]
    [InlineData("n1")]
    [InlineData("n3")]
    [InlineData("n4")]
    public void A_slope_that_is_no_decimal_string_is_refused(string name) =>
        Assert.Contains("RescaleSlope", Refused("AttributeUnreadable", name).Detail, StringComparison.Ordinal);

    [Fact]
    public void A_slice_without_BitsAllocated_is_refused() =>
        Assert.Contains("BitsAllocated", Refused("UnsupportedPixelFormat", "25_BitsAllocated").Detail, StringComparison.Ordinal);

    [Fact]
    public void The_vessels_are_not_the_liver() => Refused("StudyHasNoRoi", "r_liver_vessels");

    [Fact]
    public void Two_padding_bytes_after_the_pixel_data_change_nothing()
    {
        var (padded, right) = (Read("w_z2"), Read("base_A"));
        Assert.Equal(right.Select(sequence => sequence.Name), padded.Select(sequence => sequence.Name));
        Assert.Equal(right.Select(sequence => sequence.Volume.Voxels), padded.Select(sequence => sequence.Volume.Voxels));
        Assert.Equal(right.Select(sequence => sequence.Roi.Voxels), padded.Select(sequence => sequence.Roi.Voxels));
    }

    [Fact]
    public void Frames_without_a_readable_number_are_counted_from_the_functional_groups() =>
        Assert.Equal(Read("base_A")[0].Roi.Voxels, Read("q2")[0].Roi.Voxels);

    [Fact]
    public void The_same_contour_twice_counts_once()
    {
        var water = Assert.Single(Read("r1", "B"));
        Assert.Equal("RTSTRUCT", water.RoiSource);
        Assert.Equal(Read("r1", "B", contours => contours.DistinctBy(Data))[0].Roi.Voxels, water.Roi.Voxels);
        Assert.Equal((5, 1, 0), (water.RoiQuality.Slices, water.RoiQuality.Components, water.RoiQuality.Holes));
    }

    [Fact]
    public void Islands_that_overlap_unite()
    {
        var united = Assert.Single(Read("r2", "B"));
        var (left, right) = (Read("r2", "B", contours => contours.Where((_, n) => n % 2 == 0))[0].Roi, Read("r2", "B", contours => contours.Where((_, n) => n % 2 == 1))[0].Roi);
        Assert.Equal(left.Voxels.Zip(right.Voxels, (a, b) => (byte)(a | b)), united.Roi.Voxels);
        Assert.True(united.Roi.CountInside() < left.CountInside() + right.CountInside());
        Assert.Equal((1, 0), (united.RoiQuality.Components, united.RoiQuality.Holes));
    }

    private static string Data(DicomDataset contour) => string.Join('\\', contour.GetValues<string>(DicomTag.ContourData));

    private static List<IngestedSequence> Read(string name, string center = "A", Func<IEnumerable<DicomDataset>, IEnumerable<DicomDataset>>? choose = null)
    {
        using var zip = File.OpenRead(TestData.Require($"cases/dicom/{name}.zip"));
        using var archive = new ZipStudySource(zip);
        var source = choose is null ? (IStudySource)archive : WithContours(archive, choose);
        var request = new IngestRequest { RequiredSequenceByFieldStrength = new Dictionary<string, string> { ["3.0T"] = center == "A" ? "T1_F" : "T1_W" } };
        var rules = choose is null ? Ingest.Shipped : Ingest.Shipped with { RoiLimits = null };
        return [.. StudyReader.Read(source, rules, Ingest.Key, request).Sequences];
    }

    /// <summary>The study with some of its structure set's contours.</summary>
    private static ListedStudySource WithContours(ZipStudySource archive, Func<IEnumerable<DicomDataset>, IEnumerable<DicomDataset>> choose)
    {
        var files = new List<ListedFile>();
        for (var entry = 0; entry < archive.Count; entry++)
        {
            using var content = new MemoryStream();
            using (var stream = archive.Open(entry))
            {
                stream.CopyTo(content);
            }

            content.Position = 0;
            var file = DicomFile.Open(content, FileReadOption.ReadAll);
            if (file.Dataset.TryGetSequence(DicomTag.ROIContourSequence, out var rois))
            {
                var contours = choose(rois.Items[0].GetSequence(DicomTag.ContourSequence).Items).ToArray();
                rois.Items[0].AddOrUpdate(new DicomSequence(DicomTag.ContourSequence, contours));
            }

            var bytes = TestStudy.Bytes(file.Dataset);
            files.Add(new ListedFile($"{entry}.dcm", () => new MemoryStream(bytes)));
        }

        return new ListedStudySource(files);
    }

    private static RadiomicsException Refused(string code, string name)
    {
        var refusal = Assert.Throws<RadiomicsException>(() => Read(name));
        Assert.Equal(code, refusal.Code);
        return refusal;
    }
}
