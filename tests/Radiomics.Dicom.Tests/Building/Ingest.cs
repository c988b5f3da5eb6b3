using System.Text.Json;
using FellowOakDicom;
using Radiomics.Extraction;

namespace Radiomics.Dicom.Tests.Building;

/// <summary>Runs ingest on built studies.</summary>
public static class Ingest
{
    public static UidKey Key { get; } = new([.. Enumerable.Range(1, 32).Select(n => (byte)n)]);

    /// <summary>The rules for livers as shipped.</summary>
    public static IngestRules Shipped { get; } =
        JsonSerializer.Deserialize<IngestRules>(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "models", "ingest", "liver-mri.json")), RadiomicsJson.Options)!;

    /// <summary>The same, for any ROI.</summary>
    public static IngestRules Rules { get; } = Shipped with { RoiNames = [".*"], RoiNamesWithout = [], RoiCodes = [], RoiLimits = null };

    public static IngestRules Research { get; } = Rules with { AdmitUnclassified = true };

    /// <summary>What a model of T1_F at 3.0 T asks for.</summary>
    public static IngestRequest FatModel { get; } = new()
    {
        RequiredSequenceByFieldStrength = new Dictionary<string, string> { ["3.0T"] = "T1_F" },
    };

    /// <summary>Reads a study to its end.</summary>
    public static (IngestedStudy Study, IReadOnlyList<IngestedSequence> Sequences) Read(TestStudy study, IngestRules? rules = null, IngestRequest? request = null)
    {
        using var source = new ZipStudySource(study.Zip());
        var read = StudyReader.Read(source, rules ?? Rules, Key, request ?? new IngestRequest());
        return (read, [.. read.Sequences]);
    }

    /// <summary>The one sequence of a study whose series are all admitted.</summary>
    public static IngestedSequence ReadOne(TestStudy study) => Assert.Single(Read(study, Research).Sequences);

    /// <summary>What ingest takes from the header of one file.</summary>
    internal static InstanceHeader Header(DicomDataset dataset, int entry = 0)
    {
        using var stream = new MemoryStream(TestStudy.Bytes(dataset));
        return InstanceReader.Read(DicomFile.Open(stream, FileReadOption.ReadAll).Dataset, entry)!;
    }

    /// <summary>Asserts that a study is refused, and returns why.</summary>
    public static RadiomicsException Refused(string code, TestStudy study, IngestRules? rules = null, IngestRequest? request = null)
    {
        var refusal = Assert.Throws<RadiomicsException>(() => Read(study, rules, request));
        Assert.Equal(code, refusal.Code);
        return refusal;
    }
}
