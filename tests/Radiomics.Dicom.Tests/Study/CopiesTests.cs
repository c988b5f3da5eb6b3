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

    public static TheoryData<string> Regions() => ["SEG", "RTSTRUCT", "secondary capture", "document"];

    [Theory]
    [MemberData(nameof(Regions))]
    public void Any_object_whose_demographics_were_corrected_is_the_same_instance(string kind)
    {
        var (original, corrected) = (Object(kind), Object(kind));
        corrected.AddOrUpdate(DicomTag.PatientName, "ROE^JANE").AddOrUpdate(DicomTag.PatientSex, "F").AddOrUpdate(DicomTag.StudyDescription, "MR liver");
        corrected.AddOrUpdate(DicomTag.AccessionNumber, "A1").AddOrUpdate(DicomTag.StudyID, "7").AddOrUpdate(DicomTag.InstitutionName, "Elsewhere");
        corrected.AddOrUpdate(new DicomSequence(DicomTag.OriginalAttributesSequence, new DicomDataset { { DicomTag.SourceOfPreviousValues, "RIS" } }));
        corrected.Add(new DicomLongString(new DicomTag(0x0009, 0x01, "PACS"), "stamp"));
        var whole = TestStudy.Dixon with { Segmentations = kind is "SEG" or "RTSTRUCT" ? [] : [new SegObject()] };
        var study = whole with { Extra = [("a.dcm", TestStudy.Bytes(original)), ("b.dcm", TestStudy.Bytes(corrected))] };
        var (read, sequences) = Ingest.Read(study, request: Ingest.FatModel);
        Assert.Equal(4, sequences.Count);
        Assert.Contains("1 identical copies of DICOM files were left out.", read.Warnings);
        Assert.DoesNotContain(read.Warnings, warning => warning.Contains("different content", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_copy_without_what_others_left_out_is_the_same_instance_in_either_order(bool isFirst)
    {
        var fat = Described();
        var stripped = Stripped(fat);
        var study = TestStudy.Dixon with { Series = [], Extra = Files(isFirst ? [stripped, fat] : [fat, stripped]) };
        var (read, sequences) = Ingest.Read(study, request: Ingest.FatModel);
        Assert.Equal(6, Assert.Single(sequences).Volume.Geometry.SizeZ);
        Assert.True(SequenceFacts(study).HasContrastAgent); // the copy that says more counts
        Assert.Contains("6 identical copies of DICOM files were left out.", read.Warnings);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_copy_under_new_uids_without_what_others_left_out_is_one_series(bool isFirst)
    {
        var fat = Described();
        var moved = Stripped(fat) with { Number = 14 };
        var (read, sequences) = Ingest.Read(TestStudy.Dixon with { Series = isFirst ? [moved, fat] : [fat, moved] }, request: Ingest.FatModel);
        Assert.Equal(Ingest.Key.Map(fat.SeriesUid), Assert.Single(sequences).SeriesUid);
        Assert.Contains("6 copies of images under other UIDs were left out.", read.Warnings);
    }

    [Fact]
    public void A_deidentified_copy_of_a_study_gives_way_to_the_study()
    {
        var (fat, stripped) = (Described(), Stripped(Described()));
        var moved = stripped with
        {
            Number = 14,
            Edit = (slice, k) =>
            {
                stripped.Edit(slice, k);
                slice.AddOrUpdate(DicomTag.StudyInstanceUID, TestStudy.Uid("99"));
            },
        };
        var (_, sequences) = Ingest.Read(TestStudy.Dixon with { Series = [moved, fat] }, request: Ingest.FatModel);
        Assert.Equal(Ingest.Key.Map(fat.SeriesUid), Assert.Single(sequences).SeriesUid);
    }

    [Fact]
    public void Series_of_other_b_values_times_or_agent_are_no_copies_however_equal_their_pixels()
    {
        var fat = TestStudy.Dixon.Series[3];
        MrSeries With(int number, DicomTag tag, string value) => fat with { Number = number, Edit = (slice, _) => slice.AddOrUpdate(tag, value) };
        var study = TestStudy.Dixon with
        {
            Series = [With(4, DicomTag.AcquisitionTime, "100000"), With(5, DicomTag.AcquisitionTime, "100500")],
        };
        Assert.Equal(2, Ingest.Read(study, Ingest.Research).Sequences.Count);
        Assert.Equal(2, Ingest.Read(study with { Series = [fat, With(5, DicomTag.ContrastBolusAgent, "Gadovist")] }, Ingest.Research).Sequences.Count);
        Assert.Equal(2, Ingest.Read(study with { Series = [GeB("0", 4), GeB("800", 5)] }, Ingest.Research).Sequences.Count);
        Assert.Single(Ingest.Read(study with { Series = [GeB("0", 4), fat with { Number = 5 }] }, Ingest.Research).Sequences);
    }

    private static MrSeries GeB(string value, int number) => TestStudy.Dixon.Series[3] with
    {
        Number = number,
        Edit = (slice, _) => slice.Add(new DicomIntegerString(new DicomTag(0x0043, 0x39, "GEMS_PARM_01"), value, "8", "0", "0")),
    };

    /// <summary>The fat series as a scanner sends it.</summary>
    private static MrSeries Described()
    {
        var ge = GeB("0", 4);
        return ge with
        {
            Edit = (slice, k) =>
            {
                ge.Edit(slice, k);
                slice.Add(DicomTag.AcquisitionTime, "101500");
                slice.Add(DicomTag.AcquisitionNumber, "1");
                slice.Add(DicomTag.ScanOptions, "PFP");
                slice.Add(DicomTag.ContrastBolusAgent, "Gadovist");
            },
        };
    }

    /// <summary>The series as it comes from an archive that takes private elements out, or from a de-identifier.</summary>
    private static MrSeries Stripped(MrSeries series) => series with
    {
        Edit = (slice, k) =>
        {
            series.Edit(slice, k);
            slice.Remove(item => item.Tag.IsPrivate);
            slice.Remove(DicomTag.AcquisitionTime, DicomTag.AcquisitionNumber, DicomTag.ScanOptions);
            slice.AddOrUpdate(DicomTag.ContrastBolusAgent, "NONE");
        },
    };

    private static (string Name, byte[] Content)[] Files(MrSeries[] series) =>
        [.. series.SelectMany(one => one.Build(TestStudy.Dixon)).Select((slice, n) => ($"{n:00}.dcm", TestStudy.Bytes(slice)))];

    private static InstanceHeader SequenceFacts(TestStudy study)
    {
        using var source = new ZipStudySource(study.Zip());
        return StudyIndex.Read(source, []).Instances.First(SopClasses.IsMr);
    }

    /// <summary>An object of the study that is no MR image.</summary>
    private static DicomDataset Object(string kind)
    {
        var study = TestStudy.Dixon;
        switch (kind)
        {
            case "SEG":
                return new SegObject().Build(study, 0);
            case "RTSTRUCT":
                var contours = Enumerable.Range(1, 4).Select(k => StructureSetObject.Rectangle(Grids.Axial, 2.5, 8.5, 1.5, 6.5, k));
                return new StructureSetObject { Contours = [.. contours] }.Build(study, 0);
            case "document":
                var document = study.Header(DicomUID.EncapsulatedPDFStorage, TestStudy.Uid("5.1"), TestStudy.Uid("5"), 99, "DOC");
                return document.Add(new DicomOtherByte(DicomTag.EncapsulatedDocument, 1, 2, 3, 4));
            default:
                var capture = new MrSeries { Number = 5, ImageType = ["DERIVED", "SECONDARY"] }.Build(study).First();
                return capture.AddOrUpdate(DicomTag.SOPClassUID, DicomUID.SecondaryCaptureImageStorage);
        }
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
