using System.Text.Json;
using System.Text.Json.Nodes;
using Radiomics.Extraction;
using Radiomics.Learning;
using Radiomics.Pipeline;
using RadiomicsFunctions.Health;
using RadiomicsFunctions.Triggers;

namespace RadiomicsFunctions.Api;

/// <summary>Answers as they look, for the OpenAPI document: made of the product's own types, so that they can't say what no answer says.</summary>
internal static class ApiExamples
{
    private const string PredictionId = "p-5d41402abc4b2a76b9719d911017c592";
    private const string RetrainingId = "r-7d793037a0760186574b0282f2f435e7";
    private const string Version = "3a7bd3e2360a3d29";

    private static readonly PromotedModel s_model = new()
    {
        Version = Version,
        Sequence = "T1_F",
        Sha256 = Digest('7'),
        PromotedBy = "approval",
        DecidedBy = "Dr. Example",
        Number = 2,
        Reason = "card reviewed",
        Retraining = RetrainingId,
        Actor = "entra:3c9909af-1b0c-4d1e-8f0b-6d3c1b9c5f2e",
        Previous = new ModelPointer { Version = "9f86d081884c7d65", Sequence = "T1_F", Sha256 = Digest('9'), PromotedBy = "demonstration" },
    };

    private static readonly Resubmission s_resubmission = new()
    {
        Number = 1,
        Center = "A",
        UploadId = "e4d909c290d0fb1ca068ffaddf22cbd0",
        PredictionId = PredictionId,
        Blob = "A/resubmitted/A/098f6bcd4621d373cade4e832627b4f6-1.zip",
        Sha256 = Digest('e'),
        Fixed = true,
    };

    private static readonly QuarantineEntry s_quarantined = new()
    {
        Center = "A",
        UploadId = "098f6bcd4621d373cade4e832627b4f6",
        PredictionId = "p-9e107d9d372bb6826bd81d3542a419d6",
        Code = "StudyHasNoRoi",
        Detail = "The study has no region of interest. Add an RTSTRUCT, a SEG or a NIfTI mask of the liver.",
        Advice = "Add an RTSTRUCT, a SEG or a NIfTI mask of the liver.",
        Remedies = [QuarantineRemedy.ReplaceRegion],
        Since = new DateTime(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc),
        Files = 1,
        Bytes = 48_318_382,
        State = QuarantineState.Resubmitted,
        Resubmissions = [s_resubmission],
    };

    private static readonly Dictionary<Type, object> s_examples = new()
    {
        [typeof(PredictionStatus)] = new PredictionStatus
        {
            Id = PredictionId,
            Center = "A",
            Status = PredictionState.Succeeded,
            Sequences = new SortedDictionary<string, SequenceState>(StringComparer.Ordinal) { ["T1_F"] = SequenceState.Done, ["T1_W"] = SequenceState.Done },
            Prediction = Prediction(),
        },
        [typeof(RetrainingStatus)] = new RetrainingStatus
        {
            Id = RetrainingId,
            Center = "A",
            Status = RetrainingState.WaitingForApproval,
            Progress = new RetrainingProgress
            {
                Phase = RetrainingPhase.Promoting,
                Steps = [new PhaseProgress(RetrainingPhase.Extracting, 24, 24), new PhaseProgress(RetrainingPhase.Training, 4, 4)],
                Waiting = [new WaitingModel("3.0T", Version, "T1_F")],
            },
        },
        [typeof(CohortAnswer)] = new CohortAnswer("A", "cohort-2025", Digest('c'), new CohortReport
        {
            Studies = 24,
            Patients = 24,
            Positives = 9,
            TestStudies = 8,
            Covariates = [new CovariateSummary("ferritin", CovariateType.Number, "ng/mL", 1, null)],
            Findings = [new CohortFinding(0, "CovariateMissing", FindingSeverity.Warning, "'ferritin' is missing in 1 of 24 studies.")],
        }),
        [typeof(UploadGrant)] = new UploadGrant
        {
            Url = new Uri("https://example.blob.core.windows.net/incoming/A/x.zip?sp=cw&sr=b&se=2026-01-01T12%3A00%3A00Z&sig=…"),
            Blob = "A/x.zip",
            ExpiresAt = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero),
            StagedBlocks = [new StagedBlock("MDAwMDAw", 8_388_608)],
        },
        [typeof(QuarantineList)] = new QuarantineList("A", [s_quarantined]),
        [typeof(QuarantineEntry)] = s_quarantined,
        [typeof(Resubmission)] = s_resubmission,
        [typeof(ReadyReport)] = new ReadyReport(
            "degraded",
            [new("storage", "ok", null), new("queues", "ok", null), new("uidKey", "ok", null), new("models", "degraded", "A center's current model can't be loaded; the log says which."), new("dicomServices", "ok", null)]),
        [typeof(ModelHistory)] = new ModelHistory { Center = "A", FieldStrength = "3.0T", Current = s_model, History = [s_model] },
        [typeof(PromotedModel)] = s_model,
    };

    /// <summary>An example of an answer; null where there is none: a card is too long to be one.</summary>
    public static JsonNode? TryGet(Type type) => s_examples.TryGetValue(type, out var example) ? JsonSerializer.SerializeToNode(example, RadiomicsJson.Options) : null;

    private static Prediction Prediction() => new()
    {
        Id = PredictionId,
        Center = "A",
        UploadId = "u-098f6bcd4621d373cade4e832627b4f6",
        StudyUid = "2.25.120894562340985672340958672340598",
        FieldStrength = "3.0T",
        MagneticFieldStrength = 3,
        Model = new PredictionModel
        {
            Center = "A",
            FieldStrength = "3.0T",
            Name = "Liver iron, center A, 3.0T",
            Version = Version,
            Sequence = "T1_F",
            Learner = "logistic regression",
            Outcome = "Liver iron burden two years after transplantation",
            PackageSha256 = Digest('7'),
        },
        Probability = 0.25,
        Threshold = 0.5,
        Decision = PredictionDecision.Negative,
        Explanation = new PredictionExplanation(
            -0.85,
            [new FeatureContribution("stat_mean", 212.5, -0.5, -0.25)],
            ExactContributions: true,
            new TrainingDistance(1.5, 62.5, [], Outside: false, Warning: null),
            []),
        Settings = "liver-mri",
        SettingsHash = Digest('5'),
        EngineVersion = "1",
        IngestVersion = "1",
        UploadSha256 = Digest('0'),
        ProfileSha256 = Digest('8'),
        Manifest = new BlobReference("A/2.25.1208…/0f34…/manifest.json", Digest('a')),
        Sequences =
        [
            new PredictionSequence
            {
                Name = "T1_F",
                Volume = new BlobReference("A/2.25.1208…/0f34…/T1_F.nii.gz", Digest('1')),
                Roi = new BlobReference("A/2.25.1208…/0f34…/T1_F.roi.nii.gz", Digest('2')),
                Features = new BlobReference("A/2.25.1208…/T1_F/6b86….json", Digest('3')),
                RoiVolumeMl = 1482.5,
                RoiSource = "SEG",
            },
        ],
        NotForClinicalUse = true,
        Notice = ModelCard.DemonstrationNotice,
    };

    private static string Digest(char digit) => new(digit, 64);
}
