using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Radiomics.Extraction;
using Radiomics.Pipeline;
using RadiomicsFunctions.Activities;
using RadiomicsFunctions.Hosting;
using Activity = RadiomicsFunctions.Activities.PredictStudyActivities;

namespace RadiomicsFunctions.Orchestrations;

/// <summary>
/// A study in, a prediction out. Carries references, never data. An upload that can't be used completes with an error; a fault of the service is
/// retried, then recorded, and fails the instance so that the same upload may start over.
/// </summary>
public static class PredictStudy
{
    /// <summary>Runs the steps.</summary>
    [Function(nameof(PredictStudy))]
    public static async Task<PredictionOutcome> Run([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var request = context.GetInput<PredictionRequest>()!;
        var logger = context.CreateReplaySafeLogger(nameof(PredictStudy));
        var progress = new SequenceProgress(context);
        try
        {
            var plan = await PlanAsync(context, request, progress);
            var study = await Step<StudyReference>(context, nameof(Activity.IngestStudy), new IngestInput(request, plan));
            logger.StudyIngested(request.Id, study.Sequences.Count);
            progress.Begin(study.Sequences);
            var sequences = await Task.WhenAll(study.Sequences.Select(sequence => Extract(context, progress, new ExtractInput(request, plan, study, sequence))));
            var score = ModelFeatures(study, sequences) is { } features
                ? await Step<ModelScore>(context, nameof(Activity.Predict), new PredictInput(request, plan, study.FieldStrength!, features))
                : null;
            var outcome = await Step<PredictionOutcome>(context, nameof(Activity.PublishPrediction), new PublishInput(request, plan, study, sequences, score));
            logger.PredictionSucceeded(request.Id);
            if (request.DicomService is not null)
            {
                await ReturnReport(context, request, logger);
            }

            return outcome;
        }
        catch (RadiomicsException unusable)
        {
            logger.PredictionFailed(request.Id, unusable.Code);
            var error = new PredictionError(unusable.Code, unusable.Detail);
            Alarm(logger, error);
            var outcome = await Fail(context, request, error, progress);
            if (!error.IsFault)
            {
                return outcome;
            }

            throw;
        }
        catch (TaskFailedException fault)
        {
            logger.StepFailed(request.Id, fault.TaskName, StepFailure.Describe(fault.FailureDetails));
            await Fail(context, request, PredictionError.Fault, progress);
            throw;
        }
    }

    // What it is made with is fixed, and that it came is written down, before it waits: both steps are of a moment.
    private static async Task<PredictionPlan> PlanAsync(TaskOrchestrationContext context, PredictionRequest request, SequenceProgress progress)
    {
        var planning = Step<PredictionPlan>(context, nameof(Activity.PlanPrediction), request);
        if (request.TakesTurns is not true)
        {
            return await planning;
        }

        var wanted = TurnRequest.For(request);
        var asking = TurnWait.AskAsync(context, wanted);
        await Task.WhenAll(planning, asking);
        if ((await asking).Ahead is not null)
        {
            progress.Wait(waits: true);
            await TurnWait.UntilTakenAsync(context, wanted, await asking);
            progress.Wait(waits: false);
        }

        return await planning;
    }

    // The prediction stands, whether its report gets back to where the study came from or not.
    private static async Task ReturnReport(TaskOrchestrationContext context, PredictionRequest request, ILogger logger)
    {
        try
        {
            var returned = await context.CallActivityAsync<StepResult<ReturnedReport>>(nameof(Activity.ReturnReport), request, Retries.ForHours);
            if (returned.Error is { } error)
            {
                Alarm(logger, error);
                logger.ReportRefused(request.Id, error.Code);
            }
            else
            {
                logger.ReportReturned(request.Id, returned.Value!.WasThere);
            }
        }
        catch (TaskFailedException fault)
        {
            logger.ReportNotReturned(request.Id, StepFailure.Describe(fault.FailureDetails));
        }
    }

    private static void Alarm(ILogger logger, PredictionError error)
    {
        if (AlteredException.Says(error.Code))
        {
            logger.Altered(error.Detail);
        }
    }

    private static async Task<T> Step<T>(TaskOrchestrationContext context, string activity, object input)
        where T : class =>
        (await context.CallActivityAsync<StepResult<T>>(activity, input, Retries.Usual)).ValueOrThrow();

    private static async Task<SequenceResult> Extract(TaskOrchestrationContext context, SequenceProgress progress, ExtractInput input)
    {
        var result = await context.CallActivityAsync<StepResult<BlobReference>>(nameof(Activity.ExtractFeatures), input, Retries.Usual);
        if (result.Error is { IsFault: true } fault)
        {
            // Not the sequence's: no prediction is made beside it.
            throw new RadiomicsException(fault.Code, fault.Detail);
        }

        progress.End(input.Sequence, result.Error is null ? SequenceState.Done : SequenceState.Failed);
        return new SequenceResult(input.Sequence, result.Value, result.Error);
    }

    // The model's sequence must have features; of a center without models, any sequence. The others' errors become warnings of the prediction.
    private static BlobReference? ModelFeatures(StudyReference study, SequenceResult[] sequences)
    {
        var needed = study.ModelSequence is { } name
            ? sequences.Single(sequence => sequence.Name == name)
            : sequences.FirstOrDefault(sequence => sequence.Features is not null) ?? sequences[0];
        return needed.Error is { } error ? throw new RadiomicsException(error.Code, error.Detail)
            : study.ModelSequence is null ? null
            : needed.Features;
    }

    private static Task<PredictionOutcome> Fail(TaskOrchestrationContext context, PredictionRequest request, PredictionError error, SequenceProgress progress) =>
        context.CallActivityAsync<PredictionOutcome>(nameof(Activity.PublishFailure), new FailureInput(request, error, progress.Current), Retries.Usual);
}
