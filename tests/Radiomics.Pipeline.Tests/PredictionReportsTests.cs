using System.Text;
using System.Text.Json;
using Firely.Fhir.Validation;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Hl7.Fhir.Specification.Source;
using Hl7.Fhir.Specification.Terminology;
using Radiomics.Dicom;
using Radiomics.Learning;

namespace Radiomics.Pipeline.Tests;

public sealed class PredictionReportsTests
{
    private const string Id = "p-0123456789abcdef0123456789abcdef";

    // Reading the standard's own definitions takes seconds, once.
    private static readonly Lazy<Validator> _validator = new(() =>
    {
        var source = new CachedResolver(ZipSource.CreateValidationSource());
        return new Validator(source, LocalTerminologyService.CreateDefaultForCore(source), null, null, null);
    });

    [Fact]
    public void A_bundle_is_valid_FHIR_R4()
    {
        foreach (var prediction in new[] { Answer(), Answer() with { Model = null, Probability = null, Threshold = null, Decision = null, Explanation = null } })
        {
            var outcome = _validator.Value.Validate(Bundle(prediction));
            Assert.True(outcome.Success, string.Join('\n', outcome.Issue.Select(issue => issue.ToString())));
        }
    }

    [Fact]
    public void A_validator_that_finds_nothing_would_be_none()
    {
        var bundle = Bundle(Answer());
        foreach (var entry in bundle.Entry)
        {
            if (entry.Resource is RiskAssessment risk)
            {
                risk.StatusElement = null!;
            }
        }

        Assert.False(_validator.Value.Validate(bundle).Success);
    }

    [Fact]
    public void A_bundle_holds_the_risk_and_what_it_is_based_on()
    {
        using var bundle = JsonDocument.Parse(Fhir(Answer()));
        var entries = bundle.RootElement.GetProperty("entry").EnumerateArray().ToDictionary(entry => Text(entry, "fullUrl"), entry => entry.GetProperty("resource"));
        var risk = entries.Values.Single(resource => Text(resource, "resourceType") == "RiskAssessment");
        var basis = risk.GetProperty("basis").EnumerateArray().Select(reference => entries[Text(reference, "reference")]).ToArray();

        var prediction = Assert.Single(risk.GetProperty("prediction").EnumerateArray());
        Assert.Equal(91.8m, prediction.GetProperty("probabilityDecimal").GetDecimal());
        Assert.Equal("10828004", Code(prediction, "qualitativeRisk"));
        Assert.False(risk.TryGetProperty("mitigation", out _));
        Assert.Equal("final", Text(risk, "status"));
        Assert.Equal("2019-03-04", Text(risk, "occurrenceDateTime"));
        Assert.Equal("Not for clinical use.", Text(risk.GetProperty("note")[0], "text"));
        Assert.Equal(["118565006", "Y12H", "GYBY", "7TET"], basis.Select(observation => Code(observation, "code")));
        Assert.Equal(1373.25m, basis[0].GetProperty("valueQuantity").GetProperty("value").GetDecimal());
        Assert.Equal("IAZD", Code(basis[2], "method"));
        Assert.False(basis[3].TryGetProperty("valueQuantity", out _));
        Assert.Equal("error", Code(basis[3], "dataAbsentReason"));
        var patient = entries[Text(risk.GetProperty("subject"), "reference")];
        Assert.Equal(("Patient", "p-patient"), (Text(patient, "resourceType"), Text(patient.GetProperty("identifier")[0], "value")));
    }

    [Fact]
    public void Reports_are_the_same_bytes_again_and_hold_no_clock()
    {
        var (first, second) = (PredictionReports.Of(Answer(), Manifest()), PredictionReports.Of(Answer(), Manifest()));
        Assert.Equal([PredictionReports.Sr, PredictionReports.Fhir], first.Select(report => report.Extension));
        Assert.Equal(first.Select(report => report.Content.ToArray()), second.Select(report => report.Content.ToArray()));
        var today = DateTime.UtcNow;
        Assert.All(first, report => Assert.DoesNotContain($"{today:yyyyMMdd}", Encoding.Latin1.GetString(report.Content.ToArray()), StringComparison.Ordinal));
    }

    [Fact]
    public void A_manifest_of_an_earlier_version_is_read_and_reported()
    {
        const string earlier = """
            {"schemaVersion":1,"ingestVersion":"0.1.0","studyUid":"2.25.1","fieldStrength":"3.0T","magneticFieldStrength":3,"warnings":[],"sequences":[{"name":"T1_F","seriesUid":"2.25.2",
            "volume":{"blob":"v","sha256":"0"},"roi":{"blob":"r","sha256":"0"},"geometry":{"size":[1,1,1],"spacing":[1,1,1],"origin":[0,0,0],"direction":[[1,0,0],[0,1,0],[0,0,1]]},
            "acquisition":{"imageType":[],"scanningSequence":[],"rescaleSlope":1,"rescaleIntercept":0},"roiSource":"SEG","roiVolumeMl":1}]}
            """;
        var manifest = BlobStore.Parse<StudyManifest>(new BinaryData(Encoding.UTF8.GetBytes(earlier)));
        Assert.Null(manifest.Patient);
        Assert.Equal(2, PredictionReports.Of(Answer(), manifest).Count);
    }

    private static Bundle Bundle(Prediction prediction) =>
        JsonSerializer.Deserialize<Bundle>(Fhir(prediction), new JsonSerializerOptions().ForFhir(ModelInfo.ModelInspector))!;

    private static BinaryData Fhir(Prediction prediction) =>
        PredictionReports.Of(prediction, Manifest()).Single(report => report.Extension == PredictionReports.Fhir).Content;

    private static string Text(JsonElement element, string property) => element.GetProperty(property).GetString()!;

    private static string Code(JsonElement element, string property) => Text(element.GetProperty(property).GetProperty("coding")[0], "code");

    private static StudyManifest Manifest() => new()
    {
        StudyUid = "2.25.1",
        Patient = "p-patient",
        ShiftedStudyDate = "20190304",
        FieldStrength = "3.0T",
        MagneticFieldStrength = 3,
        Sequences = [],
        Warnings = [],
    };

    private static Prediction Answer() => BarePrediction.Of(Id) with
    {
        Model = new PredictionModel
        {
            Center = "A",
            FieldStrength = "3.0T",
            Name = "Liver iron, center A",
            Version = "0123456789abcdef",
            Sequence = "T1_F",
            Learner = "logistic regression",
            Outcome = "High liver iron",
            PackageSha256 = "0",
        },
        Probability = 0.918,
        Threshold = 0.5,
        Decision = PredictionDecision.Positive,
        Explanation = new(
            -0.4,
            [new("stat_median", 412.5, 0.5, 0.25), new("cm_joint_max_3D_comb", 0.25, 1, 1), new("stat_cov", null, -2, -1)],
            ExactContributions: true,
            new TrainingDistance(1, 50, [], false, null),
            []),
        EngineVersion = "1.2.3",
        Sequences =
        [
            new PredictionSequence { Name = "T1_F", Volume = new BlobReference("v", "0"), Roi = new BlobReference("r", "0"), RoiVolumeMl = 1373.25 },
            new PredictionSequence { Name = "T1_W", Volume = new BlobReference("v", "0"), Roi = new BlobReference("r", "0"), RoiVolumeMl = 1372 },
        ],
        Warnings = ["Far from the training cases."],
    };
}
