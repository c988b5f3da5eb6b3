using FellowOakDicom;
using Radiomics.Dicom.Tests.Building;

namespace Radiomics.Dicom.Tests.Study;

/// <summary>A series that proves unusable gives way to the next that may be the sequence, whether its headers say so or only its pixels.</summary>
public sealed class ReplacementTests
{
    private static readonly IngestRules _rules = Ingest.Rules with
    {
        Sequences =
        [
            new SequenceRule { Name = "T1_F", ImageType = ["FAT1"] },
            new SequenceRule { Name = "T1_F", ImageType = ["FAT2"] },
            new SequenceRule { Name = "T1_F", ImageType = ["FAT3"] },
            new SequenceRule { Name = "T1_W", ImageType = ["WATER1"] },
            new SequenceRule { Name = "T1_W", ImageType = ["WATER2"] },
        ],
    };

    [Theory]
    [InlineData("PixelDataTruncated")]
    [InlineData("UnsupportedPixelFormat")]
    [InlineData("UnsupportedTransferSyntax")]
    public void A_series_of_the_models_sequence_whose_pixels_prove_unreadable_gives_way_with_a_warning(string code)
    {
        var (study, sequences) = Read(Unreadable(4, "FAT1", code), Whole(7, "FAT2"));
        var sequence = Assert.Single(sequences);
        Assert.Equal(("T1_F", 7f), (sequence.Name, sequence.Volume.Voxels[0]));
        var manifest = ManifestSequence.Create(sequence, new StoredFile("a", "b"), new StoredFile("c", "d"));
        Assert.Equal(Ingest.Key.Map(TestStudy.Uid("2.7")), manifest.SeriesUid);
        Assert.Equal(Enumerable.Range(1, 6).Select(k => Ingest.Key.Map(TestStudy.Uid($"2.7.{k}"))), sequence.Images);
        Assert.StartsWith($"T1_F: series 7 was taken, since series 4 can't be used ({code}).", study.Warnings[^1], StringComparison.Ordinal);
        Assert.Equal([(4, SelectionOutcome.Refused, code), (7, SelectionOutcome.Taken, null)], Findings(study.Selection));
    }

    [Fact]
    public void An_inspection_reads_no_pixels_to_find_that_out()
    {
        using var source = new ZipStudySource(Study(Unreadable(4, "FAT1"), Whole(7, "FAT2")).Zip());
        var report = StudyReader.Inspect(source, _rules, Ingest.FatModel);
        Assert.Null(report.RefusalCode);
        Assert.Equal([(4, SelectionOutcome.Taken, null), (7, SelectionOutcome.LaterRule, null)], Findings(report));
    }

    [Theory]
    [InlineData("PixelDataTruncated", "UnsupportedPixelFormat")]
    [InlineData("UnsupportedPixelFormat", "PixelDataTruncated")]
    public void Where_no_series_can_be_read_the_study_is_refused_for_the_first(string first, string second) =>
        Ingest.Refused(first, Study(Unreadable(4, "FAT1", first), Unreadable(7, "FAT2", second)), _rules, Ingest.FatModel);

    [Fact]
    public void Of_three_series_the_third_is_taken_for_what_is_wrong_with_the_first()
    {
        var (study, sequences) = Read(Incomplete(2, "FAT1"), Unreadable(4, "FAT2"), Whole(7, "FAT3"));
        Assert.Equal(7, Assert.Single(sequences).Volume.Voxels[0]);
        Assert.Contains(study.Warnings, warning => warning.StartsWith("T1_F: series 7 was taken, since series 2 can't be used (SequenceIncomplete).", StringComparison.Ordinal));
        Assert.DoesNotContain(study.Warnings, warning => warning.StartsWith("T1_F: series 4 was taken", StringComparison.Ordinal));
        Assert.Equal(
            [(2, SelectionOutcome.Refused, "SequenceIncomplete"), (4, SelectionOutcome.Refused, "PixelDataTruncated"), (7, SelectionOutcome.Taken, null)],
            Findings(study.Selection));
    }

    [Fact]
    public void A_series_that_stands_in_and_cannot_be_read_either_refuses_the_study_for_the_first() =>
        Ingest.Refused("SequenceIncomplete", Study(Incomplete(2, "FAT1"), Unreadable(4, "FAT2")), _rules, Ingest.FatModel);

    [Fact]
    public void A_series_after_contrast_agent_is_never_read_in_place_of_one_from_before()
    {
        var after = Whole(7, "FAT2");
        Array.ForEach(after, slice => slice.Add(DicomTag.ContrastBolusAgent, "Gd"));
        Ingest.Refused("PixelDataTruncated", Study(Unreadable(4, "FAT1"), after), _rules, Ingest.FatModel);
    }

    [Fact]
    public void Another_sequence_gives_way_in_the_same_way()
    {
        var (study, sequences) = Read(Whole(1, "FAT1"), Unreadable(5, "WATER1"), Whole(6, "WATER2"));
        Assert.Equal([("T1_F", 1f), ("T1_W", 6f)], sequences.Select(sequence => (sequence.Name, sequence.Volume.Voxels[0])));
        Assert.Contains(study.Warnings, warning => warning.StartsWith("T1_W: series 6 was taken, since series 5 can't be used (PixelDataTruncated).", StringComparison.Ordinal));
    }

    [Fact]
    public void Another_sequence_of_which_none_can_be_read_is_left_out_for_the_first()
    {
        var (study, sequences) = Read(Whole(1, "FAT1"), Incomplete(5, "WATER1"), Unreadable(6, "WATER2"));
        Assert.Equal("T1_F", Assert.Single(sequences).Name);
        Assert.Contains(study.Warnings, warning => warning.StartsWith("T1_W was left out (SequenceIncomplete).", StringComparison.Ordinal));
        Assert.DoesNotContain(study.Warnings, warning => warning.Contains("series 6 was taken, since", StringComparison.Ordinal));
        Assert.Equal(SelectionOutcome.Refused, study.Selection.Series.Single(finding => finding.SeriesNumber == 6).Outcome);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_was_assumed_of_series_that_are_not_taken_is_not_told(bool unreadable)
    {
        DicomDataset[] Frameless(int number, string kind)
        {
            var slices = unreadable ? Unreadable(number, kind) : Incomplete(number, kind);
            Array.ForEach(slices, slice => slice.Remove(DicomTag.FrameOfReferenceUID));
            return slices;
        }

        var (study, sequences) = Read(Frameless(2, "FAT1"), Frameless(4, "FAT2"), Whole(7, "FAT3"));
        Assert.Equal(7, Assert.Single(sequences).Volume.Voxels[0]);
        Assert.DoesNotContain(study.Warnings, warning => warning.Contains("FrameOfReferenceUID", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_assumed_of_the_series_that_is_taken_is_told()
    {
        var taken = Whole(7, "FAT2");
        Array.ForEach(taken, slice => slice.Remove(DicomTag.FrameOfReferenceUID));
        var (study, _) = Read(Unreadable(4, "FAT1"), taken);
        Assert.Single(study.Warnings, warning => warning.StartsWith("T1_F: the series or the region of interest has no FrameOfReferenceUID", StringComparison.Ordinal));
    }

    [Fact]
    public void Reading_again_gives_the_same_and_says_nothing_twice()
    {
        using var source = new ZipStudySource(Study(Unreadable(4, "FAT1"), Whole(7, "FAT2"), Unreadable(5, "WATER1")).Zip());
        var study = StudyReader.Read(source, _rules, Ingest.Key, Ingest.FatModel);
        var first = study.Sequences.Select(sequence => (sequence.Name, sequence.SeriesUid)).ToArray();
        string[] warnings = [.. study.Warnings];
        Assert.Equal(first, study.Sequences.Select(sequence => (sequence.Name, sequence.SeriesUid)));
        Assert.Equal(warnings, study.Warnings);
        Assert.Contains(warnings, warning => warning.StartsWith("T1_W was left out", StringComparison.Ordinal));
    }

    private static (IngestedStudy Study, IReadOnlyList<IngestedSequence> Sequences) Read(params DicomDataset[][] series) => Ingest.Read(Study(series), _rules, Ingest.FatModel);

    private static IEnumerable<(int Series, SelectionOutcome Outcome, string? Code)> Findings(SelectionReport report) =>
        report.Series.Select(finding => (finding.SeriesNumber ?? 0, finding.Outcome, finding.Code));

    private static TestStudy Study(params DicomDataset[][] series) => TestStudy.Dixon with
    {
        Series = [],
        Extra = [.. series.SelectMany(slices => slices).Select((slice, n) => ($"{n}.dcm", TestStudy.Bytes(slice)))],
    };

    /// <summary>A series of which every voxel is its number.</summary>
    private static DicomDataset[] Whole(int number, string kind, params int[] without) =>
        [.. new MrSeries { Number = number, ImageType = ["DERIVED", "PRIMARY", kind], Stored = (_, _, _) => number, Without = without }.Build(TestStudy.Dixon)];

    /// <summary>Without two slices that the region reaches.</summary>
    private static DicomDataset[] Incomplete(int number, string kind) => Whole(number, kind, 4, 5);

    /// <summary>A series with one slice whose pixels can't be had, which only an attempt shows.</summary>
    private static DicomDataset[] Unreadable(int number, string kind, string code = "PixelDataTruncated")
    {
        var slices = Whole(number, kind);
        slices[2] = code switch
        {
            "PixelDataTruncated" => TestStudy.Encapsulated(slices[2], DicomTransferSyntax.RLELossless, new byte[100]), // of no segments
            "UnsupportedTransferSyntax" => TestStudy.Encapsulated(slices[2], DicomTransferSyntax.MPEG2),
            _ => slices[2].AddOrUpdate(DicomTag.HighBit, (ushort)7), // of 12 bits stored
        };
        return slices;
    }
}
