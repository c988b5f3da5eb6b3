using System.Globalization;
using FellowOakDicom;
using Radiomics.Dicom.Tests.Building;

namespace Radiomics.Dicom.Tests.Study;

/// <summary>How many images the headers state for a series, an acquisition and a study.</summary>
public sealed class StatedNumberTests
{
    [Theory]
    [InlineData("ImagesInAcquisition")]
    [InlineData("NumberOfSeriesRelatedInstances")]
    public void A_stated_number_of_images_is_compared(string keyword)
    {
        var refusal = Ingest.Refused("SequenceIncomplete", TestStudy.DixonWith(fat => fat with { Without = [5], Edit = States(keyword, 6) }), request: Ingest.FatModel);
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

    [Theory]
    [InlineData(24)]
    [InlineData(12)]
    [InlineData(18)]
    public void Series_of_one_acquisition_that_were_not_sent_are_but_a_warning(int stated)
    {
        var study = TestStudy.Dixon with { Series = [.. TestStudy.Dixon.Series.Skip(3).Select(series => series with { Edit = States("ImagesInAcquisition", stated) })] };
        var (read, sequences) = Ingest.Read(study, request: Ingest.FatModel);
        Assert.Equal(6, Assert.Single(sequences).Volume.Geometry.SizeZ);
        Assert.Contains(
            $"T1_F (series 4): its headers state {stated} images in the acquisition, and the upload has 6; they were taken to be of other series.", read.Warnings);
    }

    [Fact]
    public void Two_of_four_contrasts_of_one_acquisition_are_whole()
    {
        var study = TestStudy.Dixon with { Series = [.. TestStudy.Dixon.Series.Skip(2).Select(series => series with { Edit = States("ImagesInAcquisition", 24) })] };
        var (read, sequences) = Ingest.Read(study, request: Ingest.FatModel);
        Assert.Equal(["T1_F", "T1_W"], sequences.Select(sequence => sequence.Name));
        Assert.Equal(2, read.Warnings.Count(warning => warning.Contains("state 24 images in the acquisition, and the upload has 12;", StringComparison.Ordinal)));
    }

    [Fact]
    public void Half_of_a_series_is_missing_where_another_of_its_acquisition_has_all_that_is_stated()
    {
        var series = TestStudy.Dixon.Series.Select((one, n) => one with { Grid = Grids.Axial with { SizeZ = n == 3 ? 6 : 12 }, Edit = States("ImagesInAcquisition", 12) });
        var refusal = Ingest.Refused("SequenceIncomplete", TestStudy.Dixon with { Series = [.. series] }, request: Ingest.FatModel);
        Assert.Contains("6 of 12 images of T1_F (series 4) are missing", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lost_half_that_the_region_reaches_is_missing_though_it_may_be_another_contrast()
    {
        var study = TestStudy.DixonWith(fat => fat with { Without = [3, 4, 5], Edit = States("ImagesInAcquisition", 6) });
        var alone = study with { Series = [study.Series[3]] };
        Assert.Contains("50 % of the region", Ingest.Refused("SequenceIncomplete", alone, request: Ingest.FatModel).Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(12, null)]
    [InlineData(14, "2 of 14 images of T1_F (series 4) are missing: its headers state 14, the upload has 12")]
    public void An_archives_count_includes_copies_under_new_uids(int stated, string? missing)
    {
        var fat = TestStudy.Dixon.Series[3] with { Edit = States("NumberOfSeriesRelatedInstances", stated) };
        var again = fat with
        {
            Number = 14,
            Edit = (slice, k) =>
            {
                fat.Edit(slice, k);
                slice.AddOrUpdate(DicomTag.SeriesInstanceUID, fat.SeriesUid).AddOrUpdate(DicomTag.SeriesNumber, "4");
            },
        };
        var study = TestStudy.Dixon with { Series = [fat, again] };
        if (missing is not null)
        {
            Assert.Contains(missing, Ingest.Refused("SequenceIncomplete", study, request: Ingest.FatModel).Detail, StringComparison.Ordinal);
            return;
        }

        Assert.Equal(6, Assert.Single(Ingest.Read(study, request: Ingest.FatModel).Sequences).Volume.Geometry.SizeZ);
    }

    [Fact]
    public void The_same_files_sent_twice_are_not_counted_twice()
    {
        var study = TestStudy.DixonWith(fat => fat with { Without = [5], Edit = States("NumberOfSeriesRelatedInstances", 10) });
        var copies = study with { Extra = [.. study.Files().Select(file => ($"copy/{file.Name}", file.Content))] };
        Assert.Contains("5 of 10 images of T1_F", Ingest.Refused("SequenceIncomplete", copies, request: Ingest.FatModel).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_study_that_states_more_objects_than_came_is_but_a_warning()
    {
        var (study, _) = Ingest.Read(TestStudy.DixonWith(fat => fat with { Edit = States("NumberOfStudyRelatedInstances", 300) }), request: Ingest.FatModel);
        Assert.Contains("The headers state 300 objects in the study, and the upload has 25.", study.Warnings);
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
}
