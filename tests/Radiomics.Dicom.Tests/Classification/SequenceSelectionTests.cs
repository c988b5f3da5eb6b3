using System.Globalization;
using FellowOakDicom;
using Radiomics.Dicom.Tests.Building;

namespace Radiomics.Dicom.Tests.Classification;

/// <summary>Of several series of one name, the right one or none.</summary>
public sealed class SequenceSelectionTests
{
    private static readonly MrSeries _fat = new() { Number = 4, ImageType = ["DERIVED", "PRIMARY", "DIXON", "FAT"], Stored = (_, _, _) => 4 };

    /// <summary>Fat of the earliest rule, of which two slices that the region reaches are missing.</summary>
    private static readonly MrSeries _broken = _fat with { Number = 2, Without = [4, 5], Stored = (_, _, _) => 2 };

    /// <summary>Fat of a later rule, complete.</summary>
    private static readonly MrSeries _named = new()
    {
        Number = 7,
        ImageType = ["ORIGINAL", "PRIMARY", "OTHER"],
        Description = "FAT: LAVA-Flex",
        Stored = (_, _, _) => 7,
    };

    [Fact]
    public void An_earlier_rule_wins_over_originals_and_size()
    {
        var named = new MrSeries
        {
            Number = 2,
            ImageType = ["ORIGINAL", "PRIMARY", "OTHER"],
            Description = "FAT: LAVA-Flex",
            Grid = Grids.Axial with { SizeZ = 20 },
            Stored = (_, _, _) => 2,
        };
        Assert.Equal(4, Taken(named, _fat));
    }

    [Theory]
    [InlineData("agent")]
    [InlineData("agent sequence")]
    [InlineData("name")]
    public void The_series_from_before_contrast_agent_wins_over_originals_of_later(string told)
    {
        var after = _fat with
        {
            Number = 2,
            ImageType = ["ORIGINAL", "PRIMARY", "DIXON", "FAT"],
            Description = told == "name" ? "t1_vibe_dixon_portal venous_F" : null,
            Stored = (_, _, _) => 2,
            Edit = (slice, _) =>
            {
                if (told == "agent")
                {
                    slice.Add(DicomTag.ContrastBolusAgent, "Gadovist");
                }
                else if (told == "agent sequence")
                {
                    slice.Add(new DicomSequence(DicomTag.ContrastBolusAgentSequence, new DicomDataset { { DicomTag.CodeMeaning, "Gadolinium" } }));
                }
            },
        };
        Assert.Equal(4, Taken(after, _fat));
    }

    [Fact]
    public void An_agent_that_is_named_but_given_later_counts_as_before()
    {
        MrSeries Series(int number, string time) => _fat with
        {
            Number = number,
            Stored = (_, _, _) => number,
            Edit = (slice, _) => slice.Add(DicomTag.ContrastBolusAgent, "Gd").Add(DicomTag.ContrastBolusStartTime, "103000").Add(DicomTag.AcquisitionTime, time),
        };
        Assert.Equal(7, Taken(Series(3, "104500.5"), Series(7, "101500")));
    }

    [Fact]
    public void A_fat_saturated_series_gives_way()
    {
        var saturated = _fat with { Number = 2, Stored = (_, _, _) => 2, Edit = (slice, _) => slice.Add(DicomTag.ScanOptions, "PFP", "FS") };
        Assert.Equal(4, Taken(saturated, _fat));
    }

    [Fact]
    public void The_series_that_covers_the_whole_region_wins()
    {
        var part = _fat with { Number = 2, ImageType = ["ORIGINAL", "PRIMARY", "DIXON", "FAT"], Grid = Grids.Axial with { SizeZ = 3 }, Stored = (_, _, _) => 2 };
        Assert.Equal(4, Taken(part, _fat));
    }

    [Fact]
    public void The_same_dixon_acquired_twice_is_refused_with_the_numbers_of_both()
    {
        var again = _fat with { Number = 11, Description = "Doe, Jane again", Stored = (_, _, _) => 2 };
        var refusal = Ingest.Refused("SequenceAmbiguous", Study(_fat, again), request: Ingest.FatModel);
        Assert.Contains("series 4 and 11", refusal.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("Doe", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_sequence_acquired_twice_is_but_a_warning()
    {
        MrSeries Water(int number) => new() { Number = number, ImageType = ["DERIVED", "PRIMARY", "DIXON", "WATER"], Stored = (_, _, _) => number };
        var (study, sequences) = Ingest.Read(Study(_fat, Water(9), Water(6)), request: Ingest.FatModel);
        Assert.Equal(6, sequences.Single(sequence => sequence.Name == "T1_W").Volume.Voxels[0]);
        Assert.Contains(study.Warnings, warning => warning.Contains("2 series fit T1_W; series 6 was taken: by size and number", StringComparison.Ordinal));
    }

    [Fact]
    public void A_series_corrected_for_distortion_wins_over_its_uncorrected_twin()
    {
        var raw = _fat with { Number = 3, ImageType = [.. _fat.ImageType, "ND"], Stored = (_, _, _) => 3 };
        Assert.Equal(4, Taken(raw, _fat with { ImageType = [.. _fat.ImageType, "DIS3D"] }));
    }

    [Fact]
    public void A_candidate_of_uneven_slices_gives_way_to_the_next_with_a_warning()
    {
        var broken = _fat with
        {
            Number = 2,
            Edit = (slice, k) =>
            {
                if (k == 2)
                {
                    slice.AddOrUpdate(DicomTag.ImagePositionPatient, TestStudy.Texts(Grids.Axial.ToPatient(0, 0, 2.4)));
                }
            },
        };
        var other = _fat with { ImageType = ["ORIGINAL", "PRIMARY", "OTHER"], Description = "FAT: LAVA-Flex" };
        var (study, sequences) = Ingest.Read(Study(broken, other), request: Ingest.FatModel);
        Assert.Equal(4, Assert.Single(sequences).Volume.Voxels[0]);
        Assert.Contains(study.Warnings, warning => warning.Contains("series 4 was taken: another can't be made into a volume", StringComparison.Ordinal));
    }

    [Fact]
    public void A_series_that_states_more_images_than_came_gives_way_to_a_complete_one()
    {
        var broken = _fat with
        {
            Number = 2,
            ImageType = ["ORIGINAL", "PRIMARY", "DIXON", "FAT"],
            Stored = (_, _, _) => 2,
            Edit = (slice, _) => slice.Add(DicomTag.NumberOfSeriesRelatedInstances, "8"),
        };
        Assert.Equal(4, Taken(broken, _fat));
    }

    [Fact]
    public void A_candidate_that_proves_incomplete_gives_way_to_one_of_a_later_rule_with_a_warning()
    {
        var study = Study(_broken, _named);
        var (read, sequences) = Ingest.Read(study, request: Ingest.FatModel);
        Assert.Equal(7, Assert.Single(sequences).Volume.Voxels[0]);
        Assert.Contains(read.Warnings, warning => warning.StartsWith("T1_F: series 7 was taken, since series 2 can't be used (SequenceIncomplete).", StringComparison.Ordinal));
        Assert.Equal(
            [(2, SelectionOutcome.Refused, "SequenceIncomplete"), (7, SelectionOutcome.Taken, null)],
            read.Selection.Series.Select(finding => (finding.SeriesNumber ?? 0, finding.Outcome, finding.Code)));
    }

    [Fact]
    public void A_series_after_contrast_agent_never_stands_in_for_one_from_before()
    {
        var after = _named with { Edit = (slice, _) => slice.Add(DicomTag.ContrastBolusAgent, "Gd") };
        Assert.Contains("T1_F (series 2)", Ingest.Refused("SequenceIncomplete", Study(_broken, after), request: Ingest.FatModel).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_series_that_nothing_sets_apart_never_stand_in()
    {
        var again = _named with { Number = 8, Stored = (_, _, _) => 8 };
        Assert.Contains("T1_F (series 2)", Ingest.Refused("SequenceIncomplete", Study(_broken, _named, again), request: Ingest.FatModel).Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TriggerTime")]
    [InlineData("TemporalPositionIdentifier")]
    [InlineData("AcquisitionNumber")]
    [InlineData("AcquisitionTime")]
    [InlineData("AcquisitionTime of each slice")]
    public void Of_the_phases_of_a_series_the_first_is_taken(string told)
    {
        var (study, sequences) = Ingest.Read(Study(Phase(3, told), Phase(1, told), Phase(2, told)), request: Ingest.FatModel);
        Assert.Equal(1, Assert.Single(sequences).Volume.Voxels[0]);
        Assert.Contains(study.Warnings, warning => warning.Contains("3 series fit T1_F", StringComparison.Ordinal));
    }

    [Fact]
    public void Phases_after_contrast_agent_that_nothing_sets_apart_are_refused()
    {
        MrSeries Enhanced(int phase)
        {
            var series = Phase(phase, "TriggerTime");
            return series with
            {
                Edit = (slice, k) =>
                {
                    series.Edit(slice, k);
                    slice.Add(DicomTag.ContrastBolusAgent, "Gd");
                },
            };
        }

        Ingest.Refused("SequenceAmbiguous", Study(Enhanced(1), Enhanced(2)), request: Ingest.FatModel);
    }

    [Theory]
    [InlineData("MOSAIC", SelectionOutcome.Mosaic, "6 mosaics")]
    [InlineData("Siemens NumberOfImagesInMosaic", SelectionOutcome.Mosaic, "6 mosaics")]
    [InlineData("NumberOfFrames", SelectionOutcome.PackedFrames, "6 multi-frame images of the classic MR class")]
    [InlineData("VFRAME", SelectionOutcome.PackedFrames, "6 multi-frame images of the classic MR class")]
    [InlineData("United Imaging's number of slices", SelectionOutcome.Mosaic, "6 mosaics")]
    [InlineData("United Imaging's frames", SelectionOutcome.Mosaic, "6 mosaics")]
    public void Slices_packed_into_one_classic_image_are_left_out_by_name(string told, SelectionOutcome expected, string name)
    {
        var packed = new MrSeries
        {
            Number = 8,
            Edit = (slice, k) => _ = told switch
            {
                "MOSAIC" or "VFRAME" => slice.AddOrUpdate(DicomTag.ImageType, "ORIGINAL", "PRIMARY", "M", "ND", told),
                "NumberOfFrames" => slice.Add(DicomTag.NumberOfFrames, "2"),
                "Siemens NumberOfImagesInMosaic" => slice.Add(new DicomUnsignedShort(new DicomTag(0x0019, 0x0A, "SIEMENS MR HEADER"), 12)),
                "United Imaging's frames" => slice.Add(new DicomSequence(new DicomTag(0x0065, 0x51, "Image Private Header"), new DicomDataset(), new DicomDataset())),
                _ => slice.Add(new DicomDecimalString(new DicomTag(0x0065, 0x50, "Image Private Header"), "12")),
            },
        };
        using var source = new ZipStudySource(Study(_fat, packed).Zip());
        var report = StudyReader.Inspect(source, Ingest.Research, Ingest.FatModel);
        Assert.Null(report.RefusalCode);
        Assert.Equal((expected, 6), report.Series.Where(finding => finding.SeriesNumber == 8).Select(finding => (finding.Outcome, finding.Images)).Single());
        Assert.Contains(report.Warnings, warning => warning.StartsWith($"Left out: {name}", StringComparison.Ordinal) && warning.EndsWith("of series 8.", StringComparison.Ordinal));
    }

    [Fact]
    public void An_inspection_says_of_every_series_what_became_of_it_and_why()
    {
        var study = Study(
            _fat,
            _fat with { Number = 5, Stored = (_, _, _) => 5 },
            new MrSeries { Number = 6, ScanningSequence = "EP", EchoTime = 60 },
            new MrSeries { Number = 7, EchoTime = 1.7 },
            new MrSeries { Number = 1, ImageType = ["ORIGINAL", "PRIMARY", "LOCALIZER"] },
            new MrSeries { Number = 2, ImageType = ["DERIVED", "SECONDARY", "MPR"] });
        using var source = new ZipStudySource(study.Zip());
        var report = StudyReader.Inspect(source, Ingest.Rules, Ingest.FatModel);
        Assert.Equal(
            [
                (1, SelectionOutcome.Localizer, null),
                (2, SelectionOutcome.Secondary, null),
                (4, SelectionOutcome.Taken, 0),
                (5, SelectionOutcome.Equal, 0),
                (6, SelectionOutcome.Excluded, null),
                (7, SelectionOutcome.NoRule, null),
            ],
            report.Series.Select(finding => (finding.SeriesNumber ?? 0, finding.Outcome, finding.Rule)));
        Assert.Equal("SequenceAmbiguous", report.RefusalCode);
        Assert.Equal(("3.0T", "T1_F"), (report.FieldStrength, report.RequiredSequence));
        Assert.Equal(1, report.Series.Single(finding => finding.SeriesNumber == 5).RoiShare);
        Assert.Equal("echoPlanar", report.Series.Single(finding => finding.SeriesNumber == 6).Code);
    }

    /// <summary>A phase of one series in which each has its own value in all voxels.</summary>
    private static MrSeries Phase(int phase, string told) => _fat with
    {
        Number = phase,
        Stored = (_, _, _) => phase,
        Edit = (slice, k) =>
        {
            slice.AddOrUpdate(DicomTag.SeriesInstanceUID, TestStudy.Uid("2.77"));
            slice.AddOrUpdate(DicomTag.SeriesNumber, "77");
            var number = phase.ToString(CultureInfo.InvariantCulture);
            slice.Add(told switch
            {
                "TriggerTime" => new DicomDecimalString(DicomTag.TriggerTime, $"{number}000"),
                "TemporalPositionIdentifier" => new DicomIntegerString(DicomTag.TemporalPositionIdentifier, number),
                "AcquisitionNumber" => new DicomIntegerString(DicomTag.AcquisitionNumber, number),
                "AcquisitionTime" => new DicomTime(DicomTag.AcquisitionTime, $"10000{number}"),
                _ => new DicomTime(DicomTag.AcquisitionTime, $"1000{number}{k}"),
            });
        },
    };

    private static float Taken(params MrSeries[] series) =>
        Ingest.Read(Study(series), request: Ingest.FatModel).Sequences.Single(sequence => sequence.Name == "T1_F").Volume.Voxels[0];

    private static TestStudy Study(params MrSeries[] series) => TestStudy.Dixon with { Series = series };
}
