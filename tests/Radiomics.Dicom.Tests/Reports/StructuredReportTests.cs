using System.Text;
using FellowOakDicom;
using Radiomics.Dicom.Tests.Building;
using Radiomics.Extraction;

namespace Radiomics.Dicom.Tests.Reports;

public sealed class StructuredReportTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("report-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_report_is_valid_DICOM_and_is_read_by_others(bool original)
    {
        using var zip = await Reported.PhantomAsync();
        var manifest = Reported.Manifest(zip);
        var file = Save(StructuredReport.Create(Reported.Report, original ? Reported.Original(zip, manifest) : SourceStudy.Of(manifest)));

        Assert.Empty(await DicomTool.DciodvfyErrorsAsync(file, "Comprehensive3DSR"));
        var page = await DicomTool.Dsr2HtmlAsync(file);
        string[] said = ["Liver", "1373.25", "Median (intensity)", "412.5", "Joint maximum (GLCM)", "0.918", "Positive", "High liver iron", "0123456789abcdef", "Not for clinical use.", "Far from the training cases."];
        Assert.All(said, text => Assert.Contains(text, page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_report_on_contours_or_on_a_region_that_is_no_object_is_valid_too()
    {
        var contours = new StructureSetObject { Contours = [.. Enumerable.Range(1, 4).Select(k => StructureSetObject.Rectangle(Grids.Axial, 2.5, 8.5, 1.5, 6.5, k))] };
        var contoured = Reported.Manifest((TestStudy.Dixon with { Segmentations = [], StructureSets = [contours] }).Zip());
        Assert.Equal(DicomUID.RTStructureSetStorage.UID, contoured.Region!.Object.SopClassUid);
        foreach (var source in new[] { SourceStudy.Of(contoured), SourceStudy.Of(contoured) with { Region = null }, SourceStudy.Of(contoured) with { Region = null, Series = [] } })
        {
            var file = Save(StructuredReport.Create(Reported.Report, source));
            Assert.Empty(await DicomTool.DciodvfyErrorsAsync(file, "Comprehensive3DSR"));
            Assert.Contains("Median (intensity)", await DicomTool.Dsr2HtmlAsync(file), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_same_report_is_the_same_instance_with_the_same_bytes()
    {
        using var zip = await Reported.PhantomAsync();
        var source = SourceStudy.Of(Reported.Manifest(zip));
        Assert.Equal(Reported.Bytes(StructuredReport.Create(Reported.Report, source)), Reported.Bytes(StructuredReport.Create(Reported.Report, source)));
        Assert.NotEqual(InstanceOf(Reported.Report), InstanceOf(Reported.Report with { Id = "p-other" }));

        string InstanceOf(MeasurementReport report) => StructuredReport.Create(report, source).Dataset.GetString(DicomTag.SOPInstanceUID);
    }

    [Fact]
    public async Task A_report_that_goes_back_names_patient_study_images_and_segment_as_they_came_and_any_other_names_none_of_them()
    {
        const string name = "ZBIGNIEW^JAN";
        const string id = "ZXQV4711";
        using var zip = await Reported.PhantomAsync(name, id);
        var manifest = Reported.Manifest(zip);
        var original = StructuredReport.Create(Reported.Report, Reported.Original(zip, manifest));
        var pseudonymised = StructuredReport.Create(Reported.Report, SourceStudy.Of(manifest));

        var sent = Files(zip).Select(bytes => DicomFile.Open(new MemoryStream(bytes), FileReadOption.ReadAll).Dataset).ToArray();
        var fat = sent.Where(d => d.GetString(DicomTag.SeriesInstanceUID) == SeriesOf(original)).Select(d => d.GetString(DicomTag.SOPInstanceUID)).ToArray();
        var segmentation = sent.Single(d => d.GetString(DicomTag.Modality) == "SEG");
        Assert.Equal((name, id), (original.Dataset.GetString(DicomTag.PatientName), original.Dataset.GetString(DicomTag.PatientID)));
        Assert.Equal(sent[0].GetString(DicomTag.StudyInstanceUID), original.Dataset.GetString(DicomTag.StudyInstanceUID));
        Assert.Equal(12, fat.Length);
        Assert.All(fat, uid => Assert.Contains(uid, Text(original), StringComparison.Ordinal));
        Assert.Contains(segmentation.GetString(DicomTag.SOPInstanceUID), Text(original), StringComparison.Ordinal);

        string[] traces =
        [
            "ZBIGNIEW", id, sent[0].GetString(DicomTag.StudyDate),
            .. sent.SelectMany(d => new[] { DicomTag.StudyInstanceUID, DicomTag.SeriesInstanceUID, DicomTag.SOPInstanceUID, DicomTag.FrameOfReferenceUID }.Select(d.GetString)).Distinct(),
        ];
        Assert.All(traces, trace => Assert.DoesNotContain(trace, Text(pseudonymised), StringComparison.OrdinalIgnoreCase));
        Assert.Equal(manifest.Patient, pseudonymised.Dataset.GetString(DicomTag.PatientID));
        Assert.Equal(manifest.ShiftedStudyDate, pseudonymised.Dataset.GetString(DicomTag.StudyDate));
        Assert.Equal("YES", pseudonymised.Dataset.GetString(DicomTag.PatientIdentityRemoved));
    }

    [Fact]
    public async Task Names_in_any_script_and_values_that_break_rules_go_back_as_they_came()
    {
        using var zip = await Reported.PhantomAsync();
        var source = Reported.Original(zip, Reported.Manifest(zip)) with { PatientName = "Ямада^Таро=山田^太郎", PatientId = new string('9', 70), StudyDate = "2025-01-01" };
        var back = DicomFile.Open(new MemoryStream(Reported.Bytes(StructuredReport.Create(Reported.Report, source)))).Dataset;
        Assert.Equal(source.PatientName, back.GetString(DicomTag.PatientName));
        Assert.Equal(source.PatientId, back.GetString(DicomTag.PatientID));
        Assert.Equal(source.StudyDate, back.GetString(DicomTag.StudyDate));
        Assert.Equal("19000101", back.GetString(DicomTag.ContentDate));
    }

    [Fact]
    public async Task UIDs_that_break_a_rule_are_referred_to_as_they_are()
    {
        using var zip = await Reported.PhantomAsync();
        var original = Reported.Original(zip, Reported.Manifest(zip));
        var source = original with
        {
            StudyUid = "1.2.03.4",
            Series = [.. original.Series.Select(series => series with
            {
                SeriesUid = "1.2.03.5",
                Images = [.. series.Images.Select((image, n) => image with { SopInstanceUid = $"1.2.03.6.{n + 1}" })],
            })],
        };
        var text = Text(StructuredReport.Create(Reported.Report, source));
        Assert.All(["1.2.03.4", "1.2.03.5", "1.2.03.6.1", "1.2.03.6.12"], uid => Assert.Contains(uid, text, StringComparison.Ordinal));
    }

    [Fact]
    public void The_patient_of_a_report_is_that_of_the_images_whatever_the_region_says()
    {
        using var zip = TestStudy.Dixon.Zip();
        var manifest = Reported.Manifest(zip);
        var files = TestStudy.Dixon.Files().Select(file => DicomFile.Open(new MemoryStream(file.Content), FileReadOption.ReadAll)).ToArray();
        var region = files.Single(file => file.Dataset.GetString(DicomTag.Modality) == "SEG");
        region.Dataset.AddOrUpdate(DicomTag.PatientID, "");
        var reordered = TestStudy.Zip(files.OrderByDescending(file => file == region).Select((file, n) => ($"{n}.dcm", Reported.Bytes(file))));
        Assert.Equal("4711", Reported.Original(reordered, manifest).PatientId);
    }

    [Fact]
    public void A_manifest_of_another_study_finds_no_source()
    {
        var manifest = Reported.Manifest(TestStudy.Dixon.Zip());
        var other = (TestStudy.Dixon with { StudyUid = TestStudy.Uid("77") }).Zip();
        Assert.Equal("SourceStudyMissing", Assert.Throws<RadiomicsException>(() => Reported.Original(other, manifest)).Code);
    }

    [Fact]
    public void A_damaged_object_that_nothing_was_measured_in_does_not_keep_a_report_back()
    {
        using var zip = TestStudy.Dixon.Zip();
        var manifest = Reported.Manifest(zip);
        byte[] damaged = [.. TestStudy.Dixon.Files()[0].Content.Take(300)];
        var source = Reported.Original(TestStudy.Zip([("damaged.dcm", damaged), .. TestStudy.Dixon.Files()]), manifest);
        Assert.Equal("4711", source.PatientId);
        Assert.Equal(["T1_F", "T1_W", "T1_in", "T1_opp"], source.Series.Select(series => series.Sequence));
    }

    [Fact]
    public void A_manifest_of_an_earlier_version_makes_a_report_without_references()
    {
        var manifest = Reported.Manifest(TestStudy.Dixon.Zip());
        var earlier = manifest with { Patient = null, ShiftedStudyDate = null, Region = null, Sequences = [.. manifest.Sequences.Select(s => s with { SopClassUid = "", Images = [] })] };
        var dataset = StructuredReport.Create(Reported.Report, SourceStudy.Of(earlier)).Dataset;
        Assert.False(dataset.Contains(DicomTag.CurrentRequestedProcedureEvidenceSequence));
        Assert.Equal("", dataset.GetString(DicomTag.PatientID));
    }

    private static string SeriesOf(DicomFile report) => report.Dataset
        .GetSequence(DicomTag.CurrentRequestedProcedureEvidenceSequence).Items[0]
        .GetSequence(DicomTag.ReferencedSeriesSequence).Items[0]
        .GetString(DicomTag.SeriesInstanceUID);

    private static string Text(DicomFile file) => Encoding.Latin1.GetString(Reported.Bytes(file));

    private static IEnumerable<byte[]> Files(MemoryStream zip)
    {
        zip.Position = 0;
        using var source = new ZipStudySource(zip);
        for (var entry = 0; entry < source.Count; entry++)
        {
            using var stream = source.Open(entry);
            var copy = new MemoryStream();
            stream.CopyTo(copy);
            yield return copy.ToArray();
        }
    }

    private string Save(DicomFile file)
    {
        var path = Path.Combine(_folder.FullName, "sr.dcm");
        file.Save(path);
        return path;
    }
}
