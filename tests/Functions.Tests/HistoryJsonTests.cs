using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Radiomics.Pipeline;
using RadiomicsFunctions.Activities;
using RadiomicsFunctions.Hosting;

namespace Functions.Tests;

/// <summary>What histories carry must survive the isolated worker's own serializer, which the app doesn't configure.</summary>
public sealed class HistoryJsonTests
{
    private static readonly object[] _samples =
    [
        Samples.Prediction,
        Samples.Outcome,
        Samples.Progress,
        new IngestInput(Samples.Prediction, Samples.Plan),
        new ExtractInput(Samples.Prediction, Samples.Plan, Samples.Study, "T1_F"),
        new PredictInput(Samples.Prediction, Samples.Plan, "3.0T", Samples.Blob),
        new PublishInput(Samples.Prediction, Samples.Plan, Samples.Study, [new("T1_F", Samples.Blob, null), new("T1_W", null, Samples.Error)], Samples.Score),
        new FailureInput(Samples.Prediction, Samples.Error, Samples.Progress),
        new StepResult<PredictionPlan>(Samples.Plan, null),
        TurnRequest.For(Samples.Prediction),
        TurnRequest.For(Samples.Retraining),
        new Turn(3),
        Samples.Progress with { Queued = true },
        new StepResult<StudyReference>(Samples.Study, null),
        new StepResult<BlobReference>(Samples.Blob, null),
        new StepResult<BlobReference>(null, Samples.Error),
        new StepResult<ModelScore>(Samples.Score, null),
        new StepResult<PredictionOutcome>(Samples.Outcome, null),
        new StepResult<ReturnedReport>(new ReturnedReport(true), null),
        Samples.Wait,
        new QuietCheck(TimeSpan.FromSeconds(59.5)),
        new StepResult<FetchedStudy>(new FetchedStudy("u1"), null),
        new FetchedStudy("u1"),
        new StartedPrediction("p1"),
        new AwaitOutcome("p1", Samples.Error),
        new WaitFailure(Samples.Wait, "FetchStudy"),
        Samples.Retraining,
        Samples.Phases,
        new Approval(true, "Dr. Example", "A reason.", "local"),
        new BatchInput(Samples.Retraining, Samples.RetrainingPlan, 3),
        new TrainInput(Samples.Retraining, Samples.RetrainingPlan, "3.0T", "T1_F"),
        new SelectInput(Samples.Retraining, Samples.RetrainingPlan, "3.0T", [Samples.Blob]),
        new PromoteInput(Samples.Retraining, Samples.RetrainingPlan, Samples.Model, new Approval(false, "Dr. Example", "A reason.", "local")),
        new PublishRetrainingInput(
            Samples.Retraining,
            Samples.RetrainingPlan,
            [
                new RetrainedGroup { FieldStrength = "3.0T", Model = Samples.Model, Promotion = Samples.Promotion, Skipped = [new("T2", Samples.Error)] },
                new RetrainedGroup { FieldStrength = "1.5T", Error = Samples.Error },
            ]),
        new RetrainingFailureInput(Samples.Retraining, Samples.Error),
        new RetrainingOutcome(Samples.Blob, Samples.Error),
        new StepResult<RetrainingPlan>(Samples.RetrainingPlan, null),
        new StepResult<BatchResult>(new BatchResult(3, 2, 1, Samples.Blob), null),
        new StepResult<TrainedModel>(Samples.Model, null),
        new StepResult<PromotionResult>(Samples.Promotion, null),
        new StepResult<RetrainingOutcome>(new RetrainingOutcome(Samples.Blob, null), null),
    ];

    [Fact]
    public void Every_input_and_output_of_a_durable_function_survives_the_workers_serializer()
    {
        foreach (var sample in _samples)
        {
            var json = IsolatedWorker.Converter.Serialize(sample);
            var again = IsolatedWorker.Converter.Deserialize(json, sample.GetType());

            Assert.Equivalent(sample, again, strict: true);
            Assert.Equal(json, IsolatedWorker.Converter.Serialize(again));
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
