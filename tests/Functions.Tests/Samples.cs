using Radiomics.Learning;
using Radiomics.Pipeline;
using RadiomicsFunctions.Activities;

namespace Functions.Tests;

/// <summary>What durable functions take and give, with something in every member that can hold something.</summary>
internal static class Samples
{
    public static BlobReference Blob { get; } = new("A/2.25.1/manifest.json", "ab12");

    public static PredictionError Error { get; } = new("StudyHasNoRoi", "The study has no ROI.");

    public static PredictionProgress Progress { get; } = new(new Dictionary<string, SequenceState> { ["T1_F"] = SequenceState.Done, ["MR_7"] = SequenceState.Failed });

    public static ModelScore Score { get; } = new(
        0.1 + 0.2,
        1.0 / 3,
        new PredictionExplanation(0.1, [new("stat_p10", null, 0, 1e-300), new("stat_iqr", 2.5, -1.5, 0.7)], true, new(3.5, 98.6, ["stat_iqr"], true, "Far."), ["Far."]));

    public static PredictionOutcome Outcome { get; } = new(Blob, Error);

    public static PredictionRequest Prediction { get; } = new()
    {
        Id = "p1",
        UploadId = "u1",
        Center = "A",
        Sender = "ab12",
        Actor = "local",
        DicomService = "0123456789ab",
        Run = "1700000000000",
    };

    public static AwaitRequest Wait { get; } = new("s-1-2", new ArrivalKey("A", "0123456789ab", "2.25.1"), 2);

    public static PredictionPlan Plan { get; } = new()
    {
        ProfileSha256 = "cd34",
        Models = new Dictionary<string, ModelPointer>
        {
            ["3.0T"] = new() { Version = "0123456789abcdef", Sequence = "T1_F", Sha256 = "ef56", PromotedBy = "demonstration" },
        },
    };

    public static StudyReference Study { get; } = new()
    {
        StudyUid = "2.25.1",
        Manifest = Blob,
        Sequences = ["T1_F", "T1_W"],
        FieldStrength = "3.0T",
        ModelSequence = "T1_F",
    };

    public static RetrainingRequest Retraining { get; } = new()
    {
        Id = "r1",
        Center = "A",
        Cohort = "A/cohort.csv",
        CohortSha256 = "ab12",
        FieldStrengths = ["3.0T"],
        Pool = ["B/cohort"],
        Protocol = new ProtocolSettings { Learners = [Learner.FastForest], L2 = 0.1f, Selection = new SelectionSettings { Include = ["stat_.*"] } },
        Promotion = new PromotionSettings { Mode = PromotionMode.Rule, ApprovalTimeout = TimeSpan.FromDays(3.5) },
        Order = "r-1",
        Actor = "local",
        Run = "1700000000000",
    };

    public static RetrainingPlan RetrainingPlan { get; } = new()
    {
        Plan = Blob,
        Report = Blob,
        ExtractionBatches = 7,
        StabilityBatches = 2,
        StepsAtOnce = 3,
        Groups = [new("3.0T", ["T1_F", "T1_W"], 90, 21, 27)],
    };

    public static TrainedModel Model { get; } = new()
    {
        FieldStrength = "3.0T",
        Version = "0123456789abcdef",
        Sequence = "T1_F",
        Sha256 = "ef56",
        FeatureSet = FeatureSet.Joint,
        Learner = Learner.LightGbm,
        CvAuc = 0.1 + 0.7,
        Card = Blob,
    };

    public static PromotionResult Promotion { get; } = new()
    {
        FieldStrength = "3.0T",
        Version = "0123456789abcdef",
        Promoted = true,
        Code = "Better",
        Reason = "A sentence.",
        Previous = Plan.Models["3.0T"],
        Comparison = new() { Positives = 12, Negatives = 15, CandidateAuc = 0.9, CandidateInterval = new(0.8, 0.95), P = 1.0 / 30 },
    };

    public static RetrainingProgress Phases { get; } = new()
    {
        Phase = RetrainingPhase.Promoting,
        Steps = [new(RetrainingPhase.Extracting, 3, 7)],
        Waiting = [new("3.0T", "0123456789abcdef", "T1_F")],
    };
}
