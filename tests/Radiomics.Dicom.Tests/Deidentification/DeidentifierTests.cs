using System.Text;
using FellowOakDicom;
using Radiomics.Dicom.Tests.Building;
using Radiomics.Dicom.Tests.Reports;
using Radiomics.Extraction;

namespace Radiomics.Dicom.Tests.Deidentification;

public sealed class DeidentifierTests : IDisposable
{
    private const string Name = "ZBIGNIEW";

    private static readonly Deidentifier _deidentifier = new(Ingest.Key, "A");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("deidentified-");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Every attribute of the dictionary that holds text, with the patient's name in it.</summary>
    [Fact]
    public void A_name_in_every_text_a_header_can_have_is_nowhere_afterwards()
    {
        var dataset = Object();
        var texts = 0;
        foreach (var entry in typeof(DicomTag).GetFields().Select(field => field.GetValue(null)).OfType<DicomTag>().Where(tag => tag.Group is > 8 and < 0x5000 || tag.Group == 8))
        {
            var vr = entry.DictionaryEntry.ValueRepresentations[0];
            if (vr.Code is "AE" or "CS" or "LO" or "LT" or "PN" or "SH" or "ST" or "UC" or "UR" or "UT" && !dataset.Contains(entry))
            {
                dataset.Add(vr, entry, $"{Name} LIVER");
                texts++;
            }
        }

        dataset.Add(new DicomSequence(DicomTag.ReferencedImageSequence, new DicomDataset().NotValidated().Add(dataset.Where(item => item is not DicomSequence))));
        var result = _deidentifier.Deidentify(new DicomFile(dataset));

        Assert.True(texts > 1000, $"There were {texts} texts.");
        Assert.DoesNotContain(Name, Text(result), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Doe", Text(result), StringComparison.Ordinal);
        Assert.DoesNotContain("1.2.826.0.1", Text(result), StringComparison.Ordinal);
        Assert.Equal("LIVER", result.Dataset.GetString(DicomTag.SeriesDescription));
    }

    [Fact]
    public void The_object_says_by_what_profile_and_options_it_was_deidentified()
    {
        var dataset = _deidentifier.Deidentify(new DicomFile(Object())).Dataset;
        Assert.Equal("YES", dataset.GetString(DicomTag.PatientIdentityRemoved));
        Assert.Equal("MODIFIED", dataset.GetString(DicomTag.LongitudinalTemporalInformationModified));
        Assert.NotEmpty(dataset.GetString(DicomTag.DeidentificationMethod));
        Assert.Equal(["113100", "113105", "113107"], dataset.GetSequence(DicomTag.DeidentificationMethodCodeSequence).Items.Select(item => item.GetString(DicomTag.CodeValue)));
        Assert.Equal(Ingest.Key.MapPatient("A", "4711"), dataset.GetString(DicomTag.PatientID));
        Assert.Equal("", dataset.GetString(DicomTag.PatientBirthDate));
    }

    [Fact]
    public void Dates_of_a_patient_keep_their_distance_and_times_stay()
    {
        var (first, second) = (Dated("20240228", "20240229101500.5"), Dated("20240301", "20240302"));
        Assert.Equal(2, (Date(second) - Date(first)).Days);
        Assert.NotEqual("20240228", first.GetString(DicomTag.StudyDate));
        Assert.Equal(Date(first).AddDays(1).ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture) + "101500.5", first.GetString(DicomTag.AcquisitionDateTime));
        Assert.Equal("101500", first.GetString(DicomTag.StudyTime));

        DicomDataset Dated(string date, string acquired) => _deidentifier.Deidentify(new DicomFile(Object(
            d => d.Add(DicomTag.StudyDate, date).Add(DicomTag.AcquisitionDateTime, acquired).Add(DicomTag.StudyTime, "101500")))).Dataset;
        DateTime Date(DicomDataset dataset) => dataset.GetSingleValue<DateTime>(DicomTag.StudyDate);
    }

    [Theory]
    [InlineData("2024")]
    [InlineData("yesterday")]
    [InlineData("00010101")]
    public void A_date_that_cannot_be_moved_does_not_stay(string date) => Assert.Equal(
        "19000101",
        _deidentifier.Deidentify(new DicomFile(Object(d => d.NotValidated().Add(DicomTag.StudyDate, date)))).Dataset.GetString(DicomTag.StudyDate));

    [Fact]
    public void Private_attributes_go_also_inside_sequences_and_codes_of_private_schemes_with_them()
    {
        var creator = new DicomPrivateCreator("ACME 1.0");
        var dataset = Object(d => d
            .Add(DicomVR.LO, new DicomTag(0x0019, 0x0010), "ACME 1.0")
            .Add(DicomVR.LO, new DicomTag(0x0019, 0x1001, creator), Name)
            .Add(new DicomSequence(
                DicomTag.AnatomicRegionSequence,
                Code("10200004", "SCT", "Liver").Add(DicomVR.LO, new DicomTag(0x0019, 0x0010), "ACME 1.0"),
                Code(Name, "99HOSPITAL", Name))));
        var result = _deidentifier.Deidentify(new DicomFile(dataset)).Dataset;
        Assert.DoesNotContain(result, item => item.Tag.IsPrivate);
        var region = Assert.Single(result.GetSequence(DicomTag.AnatomicRegionSequence).Items);
        Assert.DoesNotContain(region, item => item.Tag.IsPrivate);
        Assert.Equal(("10200004", "Liver"), (region.GetString(DicomTag.CodeValue), region.GetString(DicomTag.CodeMeaning)));
    }

    [Fact]
    public void An_image_with_burned_in_annotation_is_refused() => Assert.Equal(
        "BurnedInAnnotation",
        Assert.Throws<RadiomicsException>(() => _deidentifier.Deidentify(new DicomFile(Object(d => d.Add(DicomTag.BurnedInAnnotation, "YES"))))).Code);

    [Fact]
    public async Task A_deidentified_study_is_valid_holds_nothing_of_the_original_and_measures_the_same()
    {
        using var zip = await Reported.PhantomAsync($"{Name}^Jan", "ZXQV4711");
        zip.Position = 0;
        using var source = new ZipStudySource(zip);
        var originals = Enumerable.Range(0, source.Count).Select(entry => DicomFile.Open(Copied(source.Open(entry)), FileReadOption.ReadAll)).ToArray();
        var files = originals.Select(file => _deidentifier.Deidentify(file)).ToArray();

        foreach (var file in new[] { files[0], files[^1] })
        {
            var path = Path.Combine(_folder.FullName, "file.dcm");
            file.Save(path);
            Assert.Empty(await DicomTool.DciodvfyErrorsAsync(path, file == files[^1] ? "Segmentation" : "MRImage"));
        }

        string[] traces =
        [
            Name, "ZXQV4711", "20250101",
            .. originals.SelectMany(file => new[] { DicomTag.StudyInstanceUID, DicomTag.SeriesInstanceUID, DicomTag.SOPInstanceUID, DicomTag.FrameOfReferenceUID }.Select(file.Dataset.GetString)).Distinct(),
        ];
        Assert.All(files, file => Assert.All(traces, trace => Assert.DoesNotContain(trace, Text(file), StringComparison.OrdinalIgnoreCase)));

        var before = Volumes(zip);
        var after = Volumes(TestStudy.Zip(files.Select((file, n) => ($"{n}.dcm", Reported.Bytes(file)))));
        Assert.Equal(before, after);
    }

    [Fact]
    public void Numbers_stay_whatever_digits_of_an_id_they_hold_and_other_values_keep_their_places()
    {
        var dataset = _deidentifier.Deidentify(new DicomFile(Object(d => d
            .AddOrUpdate(DicomTag.PatientID, "123456")
            .AddOrUpdate(DicomTag.ImagePositionPatient, "-101.123456", "20", "5.5")
            .AddOrUpdate(DicomTag.ImageType, "ORIGINAL", "X123456", "M")))).Dataset;
        Assert.Equal(@"-101.123456\20\5.5", dataset.GetString(DicomTag.ImagePositionPatient));
        Assert.Equal(@"ORIGINAL\\M", dataset.GetString(DicomTag.ImageType));
    }

    [Fact]
    public void A_word_that_could_be_a_name_is_not_in_the_list_of_those_that_stay() =>
        Assert.Equal("t1 vibe dixon liver 3D", DescriptorWords.Clean("t1_vibe-dixon_Smith liver/Müller 3D 4711"));

    private static List<(string Name, double Volume, float Sum)> Volumes(MemoryStream zip)
    {
        zip.Position = 0;
        using var source = new ZipStudySource(zip);
        var study = StudyReader.Read(source, Ingest.Rules, Ingest.Key, new IngestRequest());
        return [.. study.Sequences.Select(sequence => (sequence.Name, sequence.RoiVolumeMl, sequence.Volume.Voxels.Sum()))];
    }

    private static DicomDataset Object(Action<DicomDataset>? edit = null)
    {
        var dataset = new TestStudy().Header(DicomUID.MRImageStorage, TestStudy.Uid("2.1"), TestStudy.Uid("2"), 1, "MR").NotValidated();
        edit?.Invoke(dataset);
        return dataset;
    }

    private static DicomDataset Code(string value, string scheme, string meaning) => new DicomDataset().NotValidated()
        .Add(DicomTag.CodeValue, value)
        .Add(DicomTag.CodingSchemeDesignator, scheme)
        .Add(DicomTag.CodeMeaning, meaning);

    private static MemoryStream Copied(Stream stream)
    {
        using (stream)
        {
            var copy = new MemoryStream();
            stream.CopyTo(copy);
            copy.Position = 0;
            return copy;
        }
    }

    private static string Text(DicomFile file) => Encoding.Latin1.GetString(Reported.Bytes(file));
}
