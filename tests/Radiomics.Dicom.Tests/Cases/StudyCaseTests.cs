using FellowOakDicom;
using Radiomics.Dicom.Tests.Building;
using Radiomics.Extraction;

namespace Radiomics.Dicom.Tests.Cases;

/// <summary>Studies that once went wrong, as they are (<c>cases.csv</c>): which series is taken, and whether it is complete.</summary>
public sealed class StudyCaseTests
{
    private static readonly IngestRequest _centerB = new()
    {
        RequiredSequenceByFieldStrength = new Dictionary<string, string> { ["3.0T"] = "T1_W", ["1.5T"] = "T1_opp" },
    };

    [Theory]
    [InlineData("02d")]
    [InlineData("02e")]
    [InlineData("06b")]
    [InlineData("07c")]
    [InlineData("14a")]
    [InlineData("nf0")]
    [InlineData("bd")]
    public void The_sequence_of_the_model_is_that_of_the_base_study(string name)
    {
        var expected = Read("base_A", Ingest.FatModel);
        var (study, sequences) = Case(name, Ingest.FatModel);
        Assert.Equal("T1_F", study.RequiredSequence);
        AssertSame(expected["T1_F"], sequences["T1_F"]);
        AssertSame(expected["T1_W"], sequences["T1_W"]);
    }

    [Fact]
    public void An_unusable_dynamic_gives_way_to_the_dixon_series() =>
        AssertSame(Read("base_A", Ingest.FatModel)["T1_in"], Read("14a", Ingest.FatModel)["T1_in"]);

    [Fact]
    public void A_fat_saturated_vibe_after_contrast_agent_is_no_opposed_phase_image() =>
        AssertSame(Read("base_B15", _centerB)["T1_opp"], Read("c01", _centerB)["T1_opp"]);

    [Fact]
    public void Water_images_after_contrast_agent_give_way_to_those_from_before()
    {
        var (study, sequences) = Case("y1", _centerB);
        AssertSame(Read("base_A", _centerB)["T1_W"], sequences["T1_W"]);
        Assert.Contains(study.Warnings, warning => warning.Contains("3 series fit T1_W; series 5 was taken: it was acquired before contrast agent", StringComparison.Ordinal));
    }

    [Fact]
    public void Diffusion_is_never_T2()
    {
        var sequence = Read("y4", Ingest.FatModel)["T2"];
        Assert.Equal(85, sequence.Acquisition.EchoTime);
        Assert.Equal(["SE"], sequence.Acquisition.ScanningSequence);
    }

    [Theory]
    [InlineData("25_Rows", "1 of the 12 images of T1_F (series 4)")]
    [InlineData("e02", "5 of the 12 images of T1_F (series 4)")]
    [InlineData("q1", "its 7 images leave 627 of about 1196 voxels")]
    public void An_incomplete_sequence_of_the_model_is_refused_with_what_is_missing(string name, string missing)
    {
        var refusal = Assert.Throws<RadiomicsException>(() => Case(name, Ingest.FatModel));
        Assert.Equal("SequenceIncomplete", refusal.Code);
        Assert.Contains(missing, refusal.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_study_without_every_second_slice_is_refused(bool onlyOfTheModel)
    {
        var refusal = Assert.Throws<RadiomicsException>(() => ReadChanged(dataset =>
            dataset.GetString(DicomTag.Modality) != "MR"
            || dataset.GetSingleValue<int>(DicomTag.InstanceNumber) % 2 == 0
            || (onlyOfTheModel && dataset.GetSingleValue<int>(DicomTag.SeriesNumber) != 4)
                ? [dataset]
                : []));
        Assert.Equal("SliceMissing", refusal.Code);
        Assert.Contains("lie 36 mm apart, and its headers state 18 mm: 5 of 11 slices are missing", refusal.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_study_beside_its_copy_under_new_uids_is_the_study(bool newFrame)
    {
        var sequences = ReadChanged(dataset =>
        {
            var copy = new DicomDataset(dataset.InternalTransferSyntax);
            copy.Add(dataset);
            foreach (var tag in new[] { DicomTag.SOPInstanceUID, DicomTag.SeriesInstanceUID, DicomTag.StudyInstanceUID, DicomTag.FrameOfReferenceUID })
            {
                if (tag != DicomTag.FrameOfReferenceUID || newFrame)
                {
                    copy.AddOrUpdate(tag, $"{dataset.GetString(tag)}.1");
                }
            }

            return [dataset, copy];
        });
        AssertSame(Read("base_A", Ingest.FatModel)["T1_F"], sequences["T1_F"]);
    }

    [Fact]
    public void Images_left_out_as_secondary_are_the_reason_that_is_given()
    {
        var refusal = Assert.Throws<RadiomicsException>(() => Case("x5", Ingest.FatModel));
        Assert.Equal("SequenceMissing", refusal.Code);
        Assert.Contains("SECONDARY", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Secondary_images_are_read_where_a_profile_admits_them()
    {
        using var source = new ZipStudySource(File.OpenRead(TestData.Require("cases/dicom/x5.zip")));
        var study = StudyReader.Read(source, Ingest.Shipped with { AdmitSecondary = true }, Ingest.Key, Ingest.FatModel);
        AssertSame(Read("base_A", Ingest.FatModel)["T1_F"], study.Sequences.Single(sequence => sequence.Name == "T1_F"));
    }

    private static IReadOnlyDictionary<string, IngestedSequence> Read(string name, IngestRequest request) => Case(name, request).Sequences;

    private static (IngestedStudy Study, IReadOnlyDictionary<string, IngestedSequence> Sequences) Case(string name, IngestRequest request)
    {
        using var source = new ZipStudySource(File.OpenRead(TestData.Require($"cases/dicom/{name}.zip")));
        var study = StudyReader.Read(source, Ingest.Shipped, Ingest.Key, request);
        return (study, study.Sequences.ToDictionary(sequence => sequence.Name));
    }

    /// <summary>The base study, of which each object becomes those that <paramref name="change"/> makes of it.</summary>
    private static Dictionary<string, IngestedSequence> ReadChanged(Func<DicomDataset, DicomDataset[]> change)
    {
        using var archive = new ZipStudySource(File.OpenRead(TestData.Require("cases/dicom/base_A.zip")));
        var reader = new EntryReader(archive);
        var files = Enumerable.Range(0, archive.Count)
            .Select(entry => reader.Inspect(entry, out _, isKept: true)?.Dataset)
            .OfType<DicomDataset>()
            .SelectMany(change)
            .Select(TestStudy.Bytes)
            .Select((bytes, n) => new ListedFile($"{n}.dcm", () => new MemoryStream(bytes)))
            .ToArray();
        return StudyReader.Read(new ListedStudySource(files), Ingest.Shipped, Ingest.Key, Ingest.FatModel).Sequences.ToDictionary(sequence => sequence.Name);
    }

    private static void AssertSame(IngestedSequence expected, IngestedSequence actual)
    {
        Assert.True(expected.Volume.Geometry.IsSameGridAs(actual.Volume.Geometry));
        Assert.Equal(expected.Volume.Voxels, actual.Volume.Voxels);
        Assert.Equal(expected.Roi.Voxels, actual.Roi.Voxels);
    }
}
