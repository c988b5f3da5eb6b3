using System.Reflection;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Radiomics.Learning;
using Radiomics.Pipeline;
using RadiomicsFunctions;
using RadiomicsFunctions.Activities;

namespace Functions.Tests;

/// <summary>What histories carry must survive the isolated worker's own serializer, which the app doesn't configure.</summary>
public sealed class HistoryJsonTests
{
    private static readonly JsonSerializerOptions _worker = new() { PropertyNameCaseInsensitive = true };

    private static readonly BlobReference _blob = new("A/2.25.1/manifest.json", "ab12");
    private static readonly PredictionError _error = new("StudyHasNoRoi", "The study has no ROI.");
    private static readonly PredictionProgress _progress = new(new Dictionary<string, SequenceState> { ["T1_F"] = SequenceState.Done, ["MR_7"] = SequenceState.Failed });
    private static readonly ModelScore _score = new(
        0.1 + 0.2,
        1.0 / 3,
        new PredictionExplanation(0.1, [new("stat_p10", null, 0, 1e-300), new("stat_iqr", 2.5, -1.5, 0.7)], true, new(3.5, 98.6, ["stat_iqr"], true, "Far."), ["Far."]));
    private static readonly PredictionOutcome _outcome = new(_blob, _error);

    private static readonly PredictionRequest _request = new()
    {
        Id = "p1",
        UploadId = "u1",
        Center = "A",
        Sender = "ab12",
        Actor = "http:key",
        Run = "1700000000000",
    };

    private static readonly PredictionPlan _plan = new()
    {
        ProfileSha256 = "cd34",
        Models = new Dictionary<string, ModelPointer>
        {
            ["3.0T"] = new() { Version = "0123456789abcdef", Sequence = "T1_F", Sha256 = "ef56", PromotedBy = "demonstration" },
        },
    };

    private static readonly StudyReference _study = new()
    {
        StudyUid = "2.25.1",
        Manifest = _blob,
        Sequences = ["T1_F", "T1_W"],
        FieldStrength = "3.0T",
        ModelSequence = "T1_F",
    };

    private static readonly RetrainingRequest _retraining = new()
    {
        Id = "r1",
        Center = "A",
        Cohort = "A/cohort.csv",
        CohortSha256 = "ab12",
        FieldStrengths = ["3.0T"],
        Pool = ["B/cohort"],
        Protocol = new ProtocolSettings { Learners = [Learner.FastForest], L2 = 0.1f, Selection = new SelectionSettings { Include = ["stat_.*"] } },
        Promotion = new PromotionSettings { Mode = PromotionMode.Rule, ApprovalTimeout = TimeSpan.FromDays(3.5) },
        Actor = "http:key",
        Run = "1700000000000",
    };

    private static readonly RetrainingPlan _retrainingPlan = new()
    {
        Plan = _blob,
        Report = _blob,
        ExtractionBatches = 7,
        StabilityBatches = 2,
        Groups = [new("3.0T", ["T1_F", "T1_W"], 90, 21, 27)],
    };

    private static readonly TrainedModel _model = new()
    {
        FieldStrength = "3.0T",
        Version = "0123456789abcdef",
        Sequence = "T1_F",
        Sha256 = "ef56",
        FeatureSet = FeatureSet.Joint,
        Learner = Learner.LightGbm,
        CvAuc = 0.1 + 0.7,
        Card = _blob,
    };

    private static readonly PromotionResult _promotion = new()
    {
        FieldStrength = "3.0T",
        Version = "0123456789abcdef",
        Promoted = true,
        Code = "Better",
        Reason = "A sentence.",
        Previous = _plan.Models["3.0T"],
        Comparison = new() { Positives = 12, Negatives = 15, CandidateAuc = 0.9, CandidateInterval = new(0.8, 0.95), P = 1.0 / 30 },
    };

    private static readonly RetrainingProgress _phases = new()
    {
        Phase = RetrainingPhase.Promoting,
        Steps = [new(RetrainingPhase.Extracting, 3, 7)],
        Waiting = [new("3.0T", "0123456789abcdef", "T1_F")],
    };

    private static readonly object[] _samples =
    [
        _request,
        _outcome,
        _progress,
        new IngestInput(_request, _plan),
        new ExtractInput(_request, _plan, _study, "T1_F"),
        new PredictInput(_request, _plan, "3.0T", _blob),
        new PublishInput(_request, _plan, _study, [new("T1_F", _blob, null), new("T1_W", null, _error)], _score),
        new FailureInput(_request, _error, _progress),
        new StepResult<PredictionPlan>(_plan, null),
        new StepResult<StudyReference>(_study, null),
        new StepResult<BlobReference>(_blob, null),
        new StepResult<BlobReference>(null, _error),
        new StepResult<ModelScore>(_score, null),
        new StepResult<PredictionOutcome>(_outcome, null),
        _retraining,
        _phases,
        new Approval(true, "Dr. Example", "A reason."),
        new BatchInput(_retraining, _retrainingPlan, 3),
        new TrainInput(_retraining, _retrainingPlan, "3.0T", "T1_F"),
        new SelectInput(_retraining, _retrainingPlan, "3.0T", [_blob]),
        new PromoteInput(_retraining, _retrainingPlan, _model, new Approval(false, "Dr. Example", "A reason.")),
        new PublishRetrainingInput(
            _retraining,
            _retrainingPlan,
            [
                new RetrainedGroup { FieldStrength = "3.0T", Model = _model, Promotion = _promotion, Skipped = [new("T2", _error)] },
                new RetrainedGroup { FieldStrength = "1.5T", Error = _error },
            ]),
        new RetrainingFailureInput(_retraining, _error),
        new RetrainingOutcome(_blob, _error),
        new StepResult<RetrainingPlan>(_retrainingPlan, null),
        new StepResult<BatchResult>(new BatchResult(3, 2, 1, _blob), null),
        new StepResult<TrainedModel>(_model, null),
        new StepResult<PromotionResult>(_promotion, null),
        new StepResult<RetrainingOutcome>(new RetrainingOutcome(_blob, null), null),
    ];

    [Fact]
    public void Every_input_and_output_of_a_durable_function_survives_the_workers_serializer()
    {
        foreach (var sample in _samples)
        {
            var json = JsonSerializer.Serialize(sample, sample.GetType(), _worker);
            var again = JsonSerializer.Deserialize(json, sample.GetType(), _worker);

            Assert.Equivalent(sample, again, strict: true);
            Assert.Equal(json, JsonSerializer.Serialize(again, sample.GetType(), _worker));
        }
    }

    [Fact]
    public void No_durable_function_takes_or_gives_anything_else()
    {
        var carried = typeof(AppServices).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods().Where(method => method.IsDefined(typeof(FunctionAttribute))))
            .Where(method => method.GetParameters().Any(IsDurable))
            .SelectMany(method => method.GetParameters()
                .Where(parameter => parameter.IsDefined(typeof(ActivityTriggerAttribute)))
                .Select(parameter => parameter.ParameterType)
                .Append(method.ReturnType.GetGenericArguments().Single()))
            .ToHashSet();

        Assert.NotEmpty(carried);
        Assert.Subset(_samples.Select(sample => sample.GetType()).ToHashSet(), carried);
    }

    private static bool IsDurable(ParameterInfo parameter) =>
        parameter.IsDefined(typeof(ActivityTriggerAttribute)) || parameter.IsDefined(typeof(OrchestrationTriggerAttribute));
}
