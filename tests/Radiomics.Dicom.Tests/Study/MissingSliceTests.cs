using FellowOakDicom;
using Radiomics.Dicom.Tests.Building;
using Radiomics.Extraction;

namespace Radiomics.Dicom.Tests.Study;

/// <summary>Slices that are missing at regular distances leave a volume that is as regular as before: siblings and headers tell.</summary>
public sealed class MissingSliceTests
{
    [Theory]
    [InlineData(new[] { 1, 3, 5 }, "has 3 images, and another series of the same acquisition has 2 more between them")]
    [InlineData(new[] { 0, 2, 4 }, "has 3 images, and another series of the same acquisition has 2 more between them")]
    [InlineData(new[] { 1, 2, 4, 5 }, "has 2 images, and another series of the same acquisition has 2 more between them")]
    public void Slices_missing_at_regular_distances_are_told_by_the_siblings(int[] without, string expected)
    {
        var refusal = Ingest.Refused("SequenceIncomplete", TestStudy.DixonWith(fat => fat with { Without = without }), request: Ingest.FatModel);
        Assert.Contains($"T1_F (series 4) {expected}", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_sequence_without_every_second_slice_is_left_out_with_a_warning()
    {
        var series = TestStudy.Dixon.Series.ToArray();
        series[2] = series[2] with { Without = [1, 3, 5] };
        var (study, sequences) = Ingest.Read(TestStudy.Dixon with { Series = series }, request: Ingest.FatModel);
        Assert.Equal(["T1_F", "T1_in", "T1_opp"], sequences.Select(sequence => sequence.Name));
        Assert.Contains(study.Warnings, warning => warning.StartsWith("T1_W was left out (SequenceIncomplete). T1_W (series 3) has 3 images", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("thickness")]
    [InlineData("raster")]
    [InlineData("repetition time")]
    public void A_finer_series_of_another_acquisition_makes_none_incomplete(string difference)
    {
        var fine = Grids.Axial with { SpacingZ = 1.5, SizeZ = 12 };
        var other = TestStudy.Dixon.Series[0] with { Grid = fine };
        other = difference switch
        {
            "thickness" => other, // the builder's slices are as thick as they are apart
            "raster" => other with { Grid = fine with { Origin = fine.Origin + new Point3(0, 0, 0.7) }, Edit = Thickness("3") },
            _ => other with { RepetitionTime = 5, Edit = Thickness("3") },
        };
        var (_, sequences) = Ingest.Read(TestStudy.Dixon with { Series = [other, TestStudy.Dixon.Series[3]] }, request: Ingest.FatModel);
        Assert.Equal(6, sequences.Single(sequence => sequence.Name == "T1_F").Volume.Geometry.SizeZ);
    }

    [Theory]
    [InlineData("3", "3", null, false)]
    [InlineData("3", "3.3", "2D", false)]
    [InlineData("3", "2", "3D", false)]
    [InlineData(null, "3", "3D", false)]
    [InlineData("0", "3", "3D", false)]
    [InlineData("3", "3", null, true)]
    public void Where_all_series_lost_every_second_slice_the_headers_tell(string? between, string thickness, string? type, bool enhanced)
    {
        var study = Spaced([1, 3, 5], between, thickness, type, enhanced);
        var refusal = Ingest.Refused("SliceMissing", study, request: Ingest.FatModel);
        Assert.Contains("lie 6 mm apart, and its headers state 3 mm: 2 of 5 slices are missing", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void So_they_do_where_more_are_lost() => Assert.Contains(
        "lie 9 mm apart, and its headers state 3 mm: 2 of 4 slices are missing",
        Ingest.Refused("SliceMissing", Spaced([1, 2, 4, 5], "3", "3", null, false), request: Ingest.FatModel).Detail,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("3", "6")] // overlapping slices
    [InlineData("1", "2")] // the gap in place of the distance
    [InlineData("1.5", "1.8")] // the same, of a gap nearly as wide as the slices
    [InlineData(null, "1.5")] // a gap as wide as the slices, which nobody states
    [InlineData("2", "2")] // no multiple
    public void Headers_that_state_a_gap_or_an_overlap_accuse_no_series(string? between, string thickness)
    {
        var (_, sequences) = Ingest.Read(Spaced([], between, thickness, "2D", false), request: Ingest.FatModel);
        Assert.Equal(4, sequences.Count);
    }

    /// <summary>The study without some slices of each series, whose headers state distance and thickness of slices; of enhanced objects in their frames.</summary>
    private static TestStudy Spaced(int[] without, string? between, string thickness, string? type, bool enhanced)
    {
        var series = TestStudy.Dixon.Series.Select(one => one with
        {
            Without = without,
            Edit = (slice, _) =>
            {
                Thickness(thickness)(slice, 0);
                if (type is not null)
                {
                    slice.Add(DicomTag.MRAcquisitionType, type);
                }

                if (between is not null)
                {
                    slice.Add(DicomTag.SpacingBetweenSlices, between);
                }
            },
        }).ToArray();
        return !enhanced ? TestStudy.Dixon with { Series = series } : TestStudy.Dixon with
        {
            Series = [],
            Extra =
            [
                .. series.Select(one =>
                {
                    var whole = EnhancedObject.Of([.. one.Build(TestStudy.Dixon)]);
                    var measures = whole.GetSequence(DicomTag.SharedFunctionalGroupsSequence).Items[0].GetSequence(DicomTag.PixelMeasuresSequence).Items[0];
                    measures.Add(DicomTag.SpacingBetweenSlices, between!).Add(DicomTag.SliceThickness, thickness);
                    whole.Remove(DicomTag.SpacingBetweenSlices, DicomTag.SliceThickness);
                    return ($"{one.Number}.dcm", TestStudy.Bytes(whole));
                }),
            ],
        };
    }

    private static Action<DicomDataset, int> Thickness(string text) => (slice, _) => slice.AddOrUpdate(DicomTag.SliceThickness, text);
}
