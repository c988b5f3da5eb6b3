using FellowOakDicom;
using Radiomics.Dicom.Tests.Building;

namespace Radiomics.Dicom.Tests.Study;

/// <summary>What archives make of a study on its way: the same objects in other clothes.</summary>
public sealed class CopiesTests
{
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

    private static byte[] Implicit(byte[] file)
    {
        using var stream = new MemoryStream(file);
        var source = DicomFile.Open(stream, FileReadOption.ReadAll).Dataset;
        var dataset = new DicomDataset(DicomTransferSyntax.ImplicitVRLittleEndian);
        dataset.Add(source);
        return TestStudy.Bytes(dataset);
    }
}
