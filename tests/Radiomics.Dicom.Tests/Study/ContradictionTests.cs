using FellowOakDicom;
using FellowOakDicom.IO.Buffer;
using Radiomics.Dicom.Tests.Building;

namespace Radiomics.Dicom.Tests.Study;

/// <summary>Two files under one SOPInstanceUID that say different things: refused where the object is needed, a warning where it isn't.</summary>
public sealed class ContradictionTests
{
    private const string Warning = "1 DICOM objects are there twice under one SOPInstanceUID with different content; they can't be used.";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_image_of_the_models_sequence_is_refused_in_either_order(bool isFirst)
    {
        var study = Twice(series: 3, slice: 2, OnePixel);
        study = isFirst ? new TestStudy { Series = [], Extra = [.. study.Files().Reverse()] } : study;
        var refusal = Ingest.Refused("DuplicateInstances", study, request: Ingest.FatModel);
        Assert.Contains("have the same SOPInstanceUID but different content, so nobody can say which is right: in 1 of the 6 images of T1_F", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_of_another_sequence_leaves_it_out_with_a_warning()
    {
        var (study, sequences) = Ingest.Read(Twice(series: 0, slice: 2, OnePixel), request: Ingest.FatModel);
        Assert.Equal(["T1_F", "T1_W", "T1_opp"], sequences.Select(sequence => sequence.Name));
        Assert.Contains(Warning, study.Warnings);
        Assert.Contains(study.Warnings, warning => warning.StartsWith("T1_in was left out (DuplicateInstances)", StringComparison.Ordinal));
    }

    [Fact]
    public void A_whole_series_gives_way_to_the_next_that_may_be_the_sequence()
    {
        var study = TestStudy.Dixon with
        {
            Series = [.. TestStudy.Dixon.Series, TestStudy.Dixon.Series[3] with { Number = 14, Stored = (i, _, _) => 2 * i, Grid = Grids.Axial with { SizeX = 11 } }],
            Extra = Other(TestStudy.Dixon.Series[3] with { Stored = (_, _, _) => 1 }),
        };
        var (read, sequences) = Ingest.Read(study, request: Ingest.FatModel);
        Assert.Equal(Ingest.Key.Map(TestStudy.Uid("2.14")), sequences[0].SeriesUid);
        Assert.StartsWith("6 DICOM objects are there twice", read.Warnings.Single(warning => warning.Contains("twice", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_whole_copy_under_new_uids_stands_in_for_the_series()
    {
        var study = Twice(series: 3, slice: 2, OnePixel);
        var (read, sequences) = Ingest.Read(study with { Series = [.. study.Series, study.Series[3] with { Number = 14 }] }, request: Ingest.FatModel);
        Assert.Equal((Ingest.Key.Map(TestStudy.Uid("2.14")), 6), (sequences[0].SeriesUid, sequences[0].Volume.Geometry.SizeZ));
        Assert.Contains(Warning, read.Warnings);
    }

    [Theory]
    [InlineData("position")]
    [InlineData("slope")]
    [InlineData("echo time")]
    public void An_image_whose_header_differs_is_refused(string what) => Ingest.Refused(
        "DuplicateInstances",
        Twice(series: 3, slice: 2, slice => _ = what switch
        {
            "position" => slice.AddOrUpdate(DicomTag.ImagePositionPatient, "-10", "-20", "36.4"),
            "slope" => slice.AddOrUpdate(DicomTag.RescaleSlope, "2"),
            _ => slice.AddOrUpdate(DicomTag.EchoTime, "2"),
        }),
        request: Ingest.FatModel);

    [Theory]
    [InlineData("T1_F")]
    [InlineData("T1_W")]
    public void An_object_that_two_series_claim_is_missing_from_both(string model)
    {
        var study = Twice(series: 2, slice: 2, slice =>
        {
            slice.AddOrUpdate(DicomTag.SeriesInstanceUID, TestStudy.Uid("2.4")).AddOrUpdate(DicomTag.SeriesNumber, "4");
            slice.AddOrUpdate(DicomTag.ImageType, TestStudy.Dixon.Series[3].ImageType);
        });
        var request = new IngestRequest { RequiredSequences = [model] };
        Ingest.Refused("DuplicateInstances", study with { Series = [.. study.Series.Take(3), study.Series[3] with { Without = [2] }] }, request: request);
    }

    [Theory]
    [InlineData("SEG")]
    [InlineData("RTSTRUCT")]
    public void The_only_region_is_refused(string kind) => Ingest.Refused("DuplicateInstances", TwoRegions(kind), request: Ingest.FatModel);

    [Fact]
    public void A_region_beside_a_sound_one_is_not_needed()
    {
        var other = new SegObject { Inside = (i, _, k) => i < 3 && k is >= 1 and < 5 }.Build(TestStudy.Dixon, 1);
        var again = new SegObject { Inside = (i, _, k) => i < 4 && k is >= 1 and < 5 }.Build(TestStudy.Dixon, 1);
        var (study, sequences) = Ingest.Read(TestStudy.Dixon with { Extra = [("a.dcm", TestStudy.Bytes(other)), ("b.dcm", TestStudy.Bytes(again))] }, request: Ingest.FatModel);
        Assert.Equal(120, sequences[0].Roi.CountInside());
        Assert.Contains(Warning, study.Warnings);
    }

    [Fact]
    public void A_screen_capture_is_not_needed()
    {
        var capture = new MrSeries { Number = 5, ImageType = ["DERIVED", "SECONDARY"] }.Build(TestStudy.Dixon).First().AddOrUpdate(DicomTag.SOPClassUID, DicomUID.SecondaryCaptureImageStorage);
        var first = TestStudy.Bytes(capture);
        OnePixel(capture);
        var (study, sequences) = Ingest.Read(TestStudy.Dixon with { Extra = [("a.dcm", first), ("b.dcm", TestStudy.Bytes(capture))] }, request: Ingest.FatModel);
        Assert.Equal(4, sequences.Count);
        Assert.Contains(Warning, study.Warnings);
    }

    [Fact]
    public void Images_of_two_patients_under_one_uid_are_images_of_two_patients() =>
        Ingest.Refused(
            "SeveralPatients",
            Twice(series: 0, slice: 2, slice =>
            {
                OnePixel(slice);
                slice.AddOrUpdate(DicomTag.PatientID, "4712");
            }),
            request: Ingest.FatModel);

    [Fact]
    public void A_file_with_less_pixels_than_it_says_is_a_damaged_copy_of_a_whole_one()
    {
        var study = Twice(series: 3, slice: 2, slice => slice.AddOrUpdate(new DicomOtherWord(DicomTag.PixelData, new MemoryByteBuffer(new byte[100]))));
        Assert.Equal(4, Ingest.Read(study, request: Ingest.FatModel).Sequences.Count);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(3, true)]
    public void An_inspection_shows_the_series_and_reports_the_refusal(int series, bool isRefused)
    {
        using var source = new ZipStudySource(Twice(series, slice: 2, OnePixel).Zip());
        var report = StudyReader.Inspect(source, Ingest.Rules, Ingest.FatModel);
        Assert.Equal(isRefused ? "DuplicateInstances" : null, report.RefusalCode);
        Assert.Equal("DuplicateInstances", report.Series.Single(finding => finding.SeriesNumber == series + 1).Code);
        Assert.Equal([1, 2, 3, 4, 900], StudyInspector.Read(source).Series.Select(one => one.Number));
    }

    [Fact]
    public void An_inspection_shows_a_region_that_cannot_be_told()
    {
        using var source = new ZipStudySource(TwoRegions("SEG").Zip());
        Assert.Equal("DuplicateInstances", Assert.Single(StudyInspector.Read(source).Regions).Fault);
        Assert.Equal("DuplicateInstances", StudyReader.Inspect(source, Ingest.Rules, Ingest.FatModel).RefusalCode);
    }

    private static TestStudy TwoRegions(string kind)
    {
        DicomDataset Region(int right) => kind == "SEG"
            ? new SegObject { Inside = (i, j, k) => i >= 3 && i < right && j is >= 2 and < 7 && k is >= 1 and < 5 }.Build(TestStudy.Dixon, 0)
            : new StructureSetObject { Contours = [.. Enumerable.Range(1, 4).Select(k => StructureSetObject.Rectangle(Grids.Axial, 2.5, right - 0.5, 1.5, 6.5, k))] }.Build(TestStudy.Dixon, 0);
        return TestStudy.Dixon with { Segmentations = [], Extra = [("a.dcm", TestStudy.Bytes(Region(9))), ("b.dcm", TestStudy.Bytes(Region(8)))] };
    }

    /// <summary>The study with one image twice, which the second time is changed.</summary>
    private static TestStudy Twice(int series, int slice, Action<DicomDataset> change)
    {
        var again = TestStudy.Dixon.Series[series].Build(TestStudy.Dixon).ElementAt(slice);
        change(again);
        return TestStudy.Dixon with { Extra = [("again.dcm", TestStudy.Bytes(again))] };
    }

    private static void OnePixel(DicomDataset slice)
    {
        var pixels = slice.GetValues<byte>(DicomTag.PixelData);
        pixels[40] ^= 1;
        slice.AddOrUpdate(new DicomOtherWord(DicomTag.PixelData, new MemoryByteBuffer(pixels)));
    }

    private static (string Name, byte[] Content)[] Other(MrSeries series) => [.. series.Build(TestStudy.Dixon).Select((slice, n) => ($"other/{n}.dcm", TestStudy.Bytes(slice)))];
}
