using System.Globalization;
using FellowOakDicom;
using Radiomics.Dicom.Tests.Building;
using Radiomics.Extraction;

namespace Radiomics.Dicom.Tests.Study;

/// <summary>The sequence that a model reads is complete, or the study is refused with what is missing; another one is left out.</summary>
public sealed class CompletenessTests
{
    [Fact]
    public void A_transfer_that_broke_off_inside_the_region_is_refused()
    {
        var refusal = Ingest.Refused("SequenceIncomplete", Dixon(fat => fat with { Without = [4, 5] }), request: Ingest.FatModel);
        Assert.Contains("25 % of the region of interest lies outside T1_F (series 4): its 4 images leave 90 of about 120 voxels", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_sequence_that_broke_off_is_left_out_with_a_warning()
    {
        var series = TestStudy.Dixon.Series.ToArray();
        series[0] = series[0] with { Without = [0, 1] };
        var (study, sequences) = Ingest.Read(TestStudy.Dixon with { Series = series }, request: Ingest.FatModel);
        Assert.Equal(["T1_F", "T1_W", "T1_opp"], sequences.Select(sequence => sequence.Name));
        Assert.Contains(study.Warnings, warning => warning.StartsWith("T1_in was left out (SequenceIncomplete)", StringComparison.Ordinal));
    }

    [Fact]
    public void A_region_drawn_on_the_torso_of_an_incomplete_sequence_is_refused_for_its_siblings()
    {
        var study = Dixon(fat => fat with { Without = [4, 5] }) with { Segmentations = [new SegObject { Without = [4, 5] }] };
        var refusal = Ingest.Refused("SequenceIncomplete", study, request: Ingest.FatModel);
        Assert.Contains("has 4 images, another series of the same acquisition 6", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sequence_that_ends_beyond_the_region_is_whole()
    {
        var study = Dixon(fat => fat with { Without = [5] }) with { Segmentations = [new SegObject { Without = [4, 5] }] };
        var (_, sequences) = Ingest.Read(study, request: Ingest.FatModel);
        Assert.Equal(90, sequences.Single(sequence => sequence.Name == "T1_F").Roi.CountInside());
    }

    [Theory]
    [InlineData("position", 5)]
    [InlineData("position", 2)]
    [InlineData("rows", 5)]
    [InlineData("rows", 2)]
    public void Images_that_cannot_be_placed_are_missing_images(string lost, int faulty)
    {
        var study = Dixon(fat => fat with
        {
            Edit = (slice, k) =>
            {
                if (k == faulty)
                {
                    slice.Remove(lost == "rows" ? DicomTag.Rows : DicomTag.ImagePositionPatient);
                }
            },
        });
        var refusal = Ingest.Refused("SequenceIncomplete", study, request: Ingest.FatModel);
        Assert.Contains("1 of the 6 images of T1_F (series 4) can't be used", refusal.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "2 of the 6 images of T1_W (series 1) can't be used")]
    [InlineData(true, "1 of the 4 images of T1_W (series 1) can't be used")]
    public void Images_of_another_kind_in_the_same_series_may_lack_their_place(bool enhanced, string expected)
    {
        var (study, sequences) = Ingest.Read(InOneSeries("WATER", enhanced), request: Ingest.FatModel);
        Assert.Equal(["T1_F", "T1_in", "T1_opp"], sequences.Select(sequence => sequence.Name));
        Assert.Equal(6, sequences[0].Volume.Geometry.SizeZ);
        Assert.Contains(study.Warnings, warning => warning.StartsWith($"T1_W was left out (SequenceIncomplete). {expected}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false, "2 of the 6 images of T1_F (series 1) can't be used")]
    [InlineData(true, "1 of the 4 images of T1_F (series 1) can't be used")]
    public void Images_of_the_same_kind_in_the_same_series_may_not(bool enhanced, string expected) =>
        Assert.Contains(expected, Ingest.Refused("SequenceIncomplete", InOneSeries("FAT", enhanced), request: Ingest.FatModel).Detail, StringComparison.Ordinal);

    [Theory]
    [InlineData("ImagesInAcquisition")]
    [InlineData("NumberOfSeriesRelatedInstances")]
    public void A_stated_number_of_images_is_compared(string keyword)
    {
        var refusal = Ingest.Refused("SequenceIncomplete", Dixon(fat => fat with { Without = [5], Edit = States(keyword, 6) }), request: Ingest.FatModel);
        Assert.Contains("1 of 6 images of T1_F (series 4) are missing", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stated_number_of_images_is_compared_where_all_series_of_the_acquisition_are_short()
    {
        var series = TestStudy.Dixon.Series.Select(one => one with { Grid = Grids.Axial with { SizeZ = 15 }, Edit = States("ImagesInAcquisition", 24) });
        var refusal = Ingest.Refused("SequenceIncomplete", TestStudy.Dixon with { Series = [.. series] }, request: Ingest.FatModel);
        Assert.Contains("9 of 24 images of T1_F (series 4) are missing", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Images_of_one_acquisition_may_be_spread_over_several_series()
    {
        var study = TestStudy.Dixon with { Series = [.. TestStudy.Dixon.Series.Select(series => series with { Edit = States("ImagesInAcquisition", 24) })] };
        Assert.Equal(4, Ingest.Read(study, request: Ingest.FatModel).Sequences.Count);
    }

    [Fact]
    public void A_study_that_states_more_objects_than_came_is_but_a_warning()
    {
        var (study, _) = Ingest.Read(Dixon(fat => fat with { Edit = States("NumberOfStudyRelatedInstances", 300) }), request: Ingest.FatModel);
        Assert.Contains("The headers state 300 objects in the study, and the upload has 25.", study.Warnings);
    }

    [Fact]
    public void A_region_drawn_on_another_grid_may_round_beyond_the_outer_slices()
    {
        var coarse = Grids.Axial with { SpacingZ = 6, SizeZ = 4, Origin = Grids.Axial.Origin + new Point3(0, 0, -2.5) };
        var study = TestStudy.Dixon with { Segmentations = [new SegObject { Grid = coarse, Inside = (i, j, k) => i is >= 3 and < 9 && j is >= 2 and < 7 && k < 3 }] };
        Assert.Contains(Ingest.Read(study, request: Ingest.FatModel).Sequences, sequence => sequence.Name == "T1_F");
    }

    [Fact]
    public void Slice_thickness_and_gap_are_facts_of_the_manifest()
    {
        var thin = new MrSeries { ImageType = ["DERIVED", "PRIMARY", "FAT"], Edit = (slice, _) => slice.AddOrUpdate(DicomTag.SliceThickness, "2.5") };
        var (_, sequences) = Ingest.Read(TestStudy.Dixon with { Series = [thin] });
        var stored = ManifestSequence.Create(Assert.Single(sequences), new StoredFile("a", "b"), new StoredFile("c", "d"));
        Assert.Equal((2.5, 0.5), (stored.SliceThickness, stored.SliceGap));
    }

    /// <summary>
    /// The Dixon images of all kinds as one series, as Philips has them: single slices, or two multi-frame objects of each kind. Of one kind the images of the
    /// middle, or one frame of the first object, have no place.
    /// </summary>
    private static TestStudy InOneSeries(string placeless, bool enhanced)
    {
        var objects = TestStudy.Dixon.Series.SelectMany(kind =>
        {
            var slices = (kind with { Edit = (slice, _) => slice.AddOrUpdate(DicomTag.SeriesInstanceUID, TestStudy.Uid("2.1")).AddOrUpdate(DicomTag.SeriesNumber, "1") })
                .Build(TestStudy.Dixon)
                .ToArray();
            DicomDataset[] built = enhanced ? [EnhancedObject.Of(slices[..3]), EnhancedObject.Of(slices[3..])] : slices;
            if (kind.ImageType.Contains(placeless) && enhanced)
            {
                built[0].GetSequence(DicomTag.PerFrameFunctionalGroupsSequence).Items[1].Remove(DicomTag.PlanePositionSequence);
            }
            else if (kind.ImageType.Contains(placeless))
            {
                Array.ForEach(built[2..4], slice => slice.Remove(DicomTag.ImagePositionPatient));
            }

            return built;
        });
        return TestStudy.Dixon with { Series = [], Extra = [.. objects.Select((one, n) => ($"{n}.dcm", TestStudy.Bytes(one)))] };
    }

    private static Action<DicomDataset, int> States(string keyword, int count) => (slice, _) =>
        slice.Add(
            keyword switch
            {
                "ImagesInAcquisition" => DicomTag.ImagesInAcquisition,
                "NumberOfSeriesRelatedInstances" => DicomTag.NumberOfSeriesRelatedInstances,
                _ => DicomTag.NumberOfStudyRelatedInstances,
            },
            count.ToString(CultureInfo.InvariantCulture));

    private static TestStudy Dixon(Func<MrSeries, MrSeries> change) =>
        TestStudy.Dixon with { Series = [.. TestStudy.Dixon.Series.Take(3), change(TestStudy.Dixon.Series[3])] };
}
