using FellowOakDicom;
using Radiomics.Dicom.Tests.Building;

namespace Radiomics.Dicom.Tests.Deidentification;

/// <summary>Whose the objects of an exported upload are.</summary>
public sealed class StudyExportTests : IDisposable
{
    private const string StudyDate = "20250110";

    private static readonly MrSeries _other = new() { Number = 11 };

    /// <summary>As segmentations often are: of a patient who has a name and nothing else.</summary>
    private static readonly TestStudy _nameOnly = TestStudy.Dixon with { PatientId = null, PatientBirthDate = null };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("export-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_segmentation_without_PatientID_gets_the_pseudonym_and_the_days_of_its_images()
    {
        var exported = Export([Region(_nameOnly, 0), .. Images(TestStudy.Dixon)]);
        Assert.Equal(25, exported.Length);
        Assert.Equal(Whose("4711"), Assert.Single(exported.Select(Whose).Distinct()));
    }

    [Fact]
    public void Studies_of_different_patients_in_one_upload_are_kept_apart()
    {
        var other = TestStudy.Dixon with { StudyUid = TestStudy.Uid("5"), PatientId = "4712", Series = [_other] };
        var exported = Export([Region(_nameOnly with { StudyUid = other.StudyUid }, 1), .. Images(TestStudy.Dixon), Region(_nameOnly, 0), .. Images(other)]);
        Assert.Equal(
            [(Ingest.Key.Map(TestStudy.Dixon.StudyUid), Whose("4711"), 25), (Ingest.Key.Map(other.StudyUid), Whose("4712"), 7)],
            exported
                .GroupBy(dataset => (dataset.GetString(DicomTag.StudyInstanceUID), Whose(dataset)), (key, group) => (key.Item1, key.Item2, group.Count()))
                .OrderBy(study => study.Item3 == 7));
    }

    [Fact]
    public void Of_a_study_whose_objects_contradict_each_other_each_keeps_its_own_patient()
    {
        var exported = Export([.. Images(TestStudy.Dixon), .. Images(TestStudy.Dixon with { PatientId = "4712", Series = [_other] }), Region(_nameOnly, 0)]);
        Assert.Equal(
            [(Whose("4711"), 24), (Whose("4712"), 6), (Whose(Ingest.Key.MapPatientWithoutId("A", "Doe^Jane", null)!, isPseudonym: true), 1)],
            exported.GroupBy(Whose, (whose, group) => (whose, group.Count())).OrderByDescending(group => group.Item2));
    }

    /// <summary>All that is exported of an upload of <paramref name="objects"/>.</summary>
    private DicomDataset[] Export(DicomDataset[] objects)
    {
        Array.ForEach(objects, dataset => dataset.Add(DicomTag.StudyDate, StudyDate));
        using var source = new ZipStudySource(TestStudy.Zip(objects.Select((dataset, n) => ($"{n:000}.dcm", TestStudy.Bytes(dataset)))));
        var result = StudyExport.Write(source, new Deidentifier(Ingest.Key, "A"), _folder.FullName);
        Assert.Empty(result.LeftOut);
        return [.. result.Files.Select(file => DicomFile.Open(Path.Combine(_folder.FullName, file), FileReadOption.ReadAll).Dataset)];
    }

    private static DicomDataset[] Images(TestStudy study) => [.. study.Series.SelectMany(series => series.Build(study))];

    private static DicomDataset Region(TestStudy study, int n) => new SegObject().Build(study, n);

    /// <summary>What an exported object says of its patient.</summary>
    private static (string Patient, string Date) Whose(DicomDataset dataset) => (dataset.GetString(DicomTag.PatientID), dataset.GetString(DicomTag.StudyDate));

    /// <summary>What the objects of a patient should say.</summary>
    private static (string Patient, string Date) Whose(string patient, bool isPseudonym = false)
    {
        var pseudonym = isPseudonym ? patient : Ingest.Key.MapPatient("A", patient);
        return (pseudonym, new ShiftedDates(Ingest.Key.DaysToShift(pseudonym)).Shift(StudyDate)!);
    }
}
