using FellowOakDicom;
using Radiomics.Dicom.Tests.Building;
using Radiomics.Extraction;

namespace Radiomics.Dicom.Tests.Study;

/// <summary>What archives make of a study on its way: the same objects in other clothes.</summary>
public sealed class CopiesTests
{
    /// <summary>Rules under which several regions that fit are no matter of taste.</summary>
    private static IngestRules Shipped { get; } = Ingest.Shipped with { RoiLimits = null };

    [Fact]
    public void The_same_dataset_in_implicit_VR_is_the_same_instance()
    {
        var files = TestStudy.Dixon.Files();
        var study = TestStudy.Dixon with { Extra = [.. files.Select(file => ($"copy/{file.Name}", Implicit(file.Content)))] };
        var (read, sequences) = Ingest.Read(study, request: Ingest.FatModel);
        Assert.Equal(4, sequences.Count);
        Assert.Contains(read.Warnings, warning => warning.StartsWith("25 identical copies", StringComparison.Ordinal));
    }

    [Fact]
    public void An_image_whose_demographics_were_corrected_is_the_same_instance()
    {
        var corrected = TestStudy.Dixon with { PatientName = "DOE^JANE", Segmentations = [] };
        var study = TestStudy.Dixon with { Extra = [.. corrected.Files().Select(file => ($"copy/{file.Name}", file.Content))] };
        Assert.Equal(4, Ingest.Read(study, request: Ingest.FatModel).Sequences.Count);
    }

    [Fact]
    public void The_same_pixels_and_place_under_new_uids_are_one_series()
    {
        var fat = TestStudy.Dixon.Series[3];
        var (read, sequences) = Ingest.Read(TestStudy.Dixon with { Series = [.. TestStudy.Dixon.Series, fat with { Number = 14 }] }, request: Ingest.FatModel);
        Assert.Equal(4, sequences.Count);
        Assert.Contains("6 copies of images under other UIDs were left out.", read.Warnings);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_copies_in_another_frame_of_reference_that_stays_which_the_region_was_drawn_on(bool isSegmentation)
    {
        var (other, fat) = (TestStudy.Uid("99"), TestStudy.Dixon.Series[3]);
        var box = StructureSetObject.Rectangle(fat.Grid, 2.5, 8.5, 1.5, 6.5, 2);
        var study = TestStudy.Dixon with
        {
            Series = [fat, fat with { Number = 14, FrameOfReference = other }],
            Segmentations = isSegmentation ? [new SegObject { FrameOfReference = other }] : [],
            StructureSets = isSegmentation ? [] : [new StructureSetObject { FrameOfReference = other, Contours = [box] }],
        };
        var (read, sequences) = Ingest.Read(study, request: Ingest.FatModel);
        Assert.Equal(Ingest.Key.Map(TestStudy.Uid("2.14")), Assert.Single(sequences).SeriesUid);
        Assert.Contains("6 copies of images under other UIDs were left out.", read.Warnings);
    }

    [Theory]
    [InlineData(false, false, false, false)]
    [InlineData(false, false, false, true)]
    [InlineData(true, false, false, false)]
    [InlineData(true, true, false, false)]
    [InlineData(true, true, false, true)]
    [InlineData(false, true, true, false)]
    [InlineData(true, true, true, true)]
    public void A_whole_study_that_is_there_again_under_new_uids_is_one(bool newStudy, bool newFrame, bool interleaved, bool structures)
    {
        var right = Ingest.Read(TestStudy.Dixon, Shipped, Ingest.FatModel).Sequences;
        var first = structures ? WithStructures(TestStudy.Dixon) : TestStudy.Dixon;
        var frame = newFrame ? TestStudy.Uid("99") : TestStudy.Uid("9");
        var again = first with
        {
            StudyUid = newStudy ? TestStudy.Uid("1.1") : TestStudy.Dixon.StudyUid,
            Series = [.. first.Series.Select(series => series with { Number = series.Number + 10, FrameOfReference = frame })],
        };
        DicomDataset[] copy =
        [
            .. again.Series.SelectMany(series => series.Build(again)),
            .. again.Segmentations.Select(seg => (seg with { FrameOfReference = frame }).Build(again, 5)),
            .. again.StructureSets.Select(set => (set with { FrameOfReference = frame }).Build(again, 5)),
        ];
        var (here, there) = (first.Files(), copy.Select((dataset, n) => ($"copy/{n}.dcm", TestStudy.Bytes(dataset))).ToArray());

        // Interleaved, the first series comes first from one of the two, the second from the other.
        (string, byte[])[] files = interleaved ? [.. there.Take(6), .. here.Skip(6), .. here.Take(6), .. there.Skip(6)] : [.. here, .. there];
        var (study, sequences) = Ingest.Read(new TestStudy { Series = [], Extra = files }, Shipped, Ingest.FatModel);

        Assert.Equal(right.Select(sequence => sequence.Name), sequences.Select(sequence => sequence.Name));
        Assert.All(right.Zip(sequences), pair => Assert.Equal(pair.First.Roi.Voxels, pair.Second.Roi.Voxels));
        Assert.Contains("24 copies of images under other UIDs were left out.", study.Warnings);
        Assert.Contains("1 copies of regions of interest were left out.", study.Warnings);
        var isCopy = study.StudyUid == Ingest.Key.Map(again.StudyUid) && sequences[0].SeriesUid != right[0].SeriesUid;
        Assert.Equal(Ingest.Key.Map(TestStudy.Uid($"{(structures ? 4 : 3)}.{(isCopy && (newStudy || newFrame) ? 5 : 0)}.1")), study.Region!.Object.SopInstanceUid);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_region_that_is_there_again_under_a_new_uid_is_one(bool structures)
    {
        var first = structures ? WithStructures(TestStudy.Dixon) : TestStudy.Dixon;
        DicomDataset[] again = [.. first.Segmentations.Select(seg => seg.Build(first, 5)), .. first.StructureSets.Select(set => (set with { Contours = [.. set.Contours.Reverse()] }).Build(first, 5))];
        var (study, sequences) = Ingest.Read(first with { Extra = [("again.dcm", TestStudy.Bytes(Assert.Single(again)))] }, Shipped, Ingest.FatModel);
        Assert.Equal(4, sequences.Count);
        Assert.Contains("1 copies of regions of interest were left out.", study.Warnings);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Regions_that_differ_by_one_voxel_or_point_are_no_copies(bool structures)
    {
        var first = structures ? WithStructures(TestStudy.Dixon) : TestStudy.Dixon;
        DicomDataset[] other =
        [
            .. first.Segmentations.Select(seg => (seg with { Inside = (i, j, k) => seg.Inside(i, j, k) || (i, j, k) == (0, 0, 0) }).Build(first, 5)),
            .. first.StructureSets.Select(set => (set with { Contours = [.. set.Contours.Skip(1), [.. set.Contours[0].Skip(1), set.Contours[0][0] + new Point3(0.1, 0, 0)]] }).Build(first, 5)),
        ];
        Ingest.Refused("RoiAmbiguous", first with { Extra = [("other.dcm", TestStudy.Bytes(Assert.Single(other)))] }, Shipped, Ingest.FatModel);
    }

    [Fact]
    public void Of_copies_the_newest_gives_way_to_the_one_on_the_images()
    {
        var copy = (TestStudy.Dixon.Segmentations[0] with { FrameOfReference = TestStudy.Uid("77") }).Build(TestStudy.Dixon, 5);
        var here = TestStudy.Dixon.Segmentations[0].Build(TestStudy.Dixon, 6);
        copy.Add(DicomTag.ContentDate, "20250202");
        here.Add(DicomTag.ContentDate, "20250101");
        var study = TestStudy.Dixon with { Segmentations = [], Extra = [("copy.dcm", TestStudy.Bytes(copy)), ("here.dcm", TestStudy.Bytes(here))] };
        Assert.Equal(Ingest.Key.Map(TestStudy.Uid("3.6.1")), Ingest.Read(study, Shipped, Ingest.FatModel).Study.Region!.Object.SopInstanceUid);
    }

    [Fact]
    public void Images_sent_twice_under_new_uids_within_their_series_are_one()
    {
        var fat = TestStudy.Dixon.Series[3];
        var again = fat with { Number = 14, Edit = (slice, _) => slice.AddOrUpdate(DicomTag.SeriesInstanceUID, fat.SeriesUid).AddOrUpdate(DicomTag.SeriesNumber, "4") };
        var (_, sequences) = Ingest.Read(TestStudy.Dixon with { Series = [.. TestStudy.Dixon.Series, again] }, request: Ingest.FatModel);
        Assert.Equal(6, sequences.Single(sequence => sequence.Name == "T1_F").Volume.Geometry.SizeZ);
    }

    [Theory]
    [InlineData("4711", "19800102", " 47 11", "1980.01.02")]
    [InlineData("AB-12", "19800102", "ab-12 ", "1980-01-02")]
    public void Forms_of_one_patients_id_and_birth_date_are_one_patient(string id, string birth, string otherId, string otherBirth)
    {
        var images = TestStudy.Dixon with { PatientId = id, PatientBirthDate = birth, Segmentations = [] };
        var region = TestStudy.Dixon with { PatientId = otherId, PatientBirthDate = null, Series = [] };
        var dataset = region.Segmentations[0].Build(region, 0);
        dataset.NotValidated().AddOrUpdate(new DicomDate(DicomTag.PatientBirthDate, otherBirth));
        var (read, sequences) = Ingest.Read(images with { Extra = [("seg.dcm", TestStudy.Bytes(dataset))] }, request: Ingest.FatModel);
        Assert.Equal(4, sequences.Count);
        Assert.Contains(read.Warnings, warning => warning.Contains("different forms", StringComparison.Ordinal));
    }

    private static TestStudy WithStructures(TestStudy study) => study with
    {
        Segmentations = [],
        StructureSets = [new StructureSetObject { Contours = [.. Enumerable.Range(1, 4).Select(k => StructureSetObject.Rectangle(Grids.Axial, 2.5, 8.5, 1.5, 6.5, k))] }],
    };

    private static byte[] Implicit(byte[] file)
    {
        using var stream = new MemoryStream(file);
        var source = DicomFile.Open(stream, FileReadOption.ReadAll).Dataset;
        var dataset = new DicomDataset(DicomTransferSyntax.ImplicitVRLittleEndian);
        dataset.Add(source);
        return TestStudy.Bytes(dataset);
    }
}
