using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Radiomics.Extraction;
using Radiomics.Pipeline;
using RadiomicsFunctions.Activities;
using RadiomicsFunctions.Hosting;
using Activity = RadiomicsFunctions.Activities.RetrainCenterActivities;

namespace RadiomicsFunctions.Orchestrations;

/// <summary>
/// A cohort in, a center's models out. Carries references, never data. A cohort that can't be used completes with an error; a fault of the service is
/// retried, then recorded, and fails the instance so that the same request may start over.
/// </summary>
public static class RetrainCenter
{
    private static readonly PredictionError _nothingToLearnFrom = new(
        "NothingToLearnFrom", "No sequence of the cohort's studies at this field strength has features to learn from.");

    /// <summary>Runs the steps.</summary>
    [Function(nameof(RetrainCenter))]
    public static async Task<RetrainingOutcome> Run([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var request = context.GetInput<RetrainingRequest>()!;
        var logger = context.CreateReplaySafeLogger(nameof(RetrainCenter));
        var phases = new RetrainingPhases(context);
        try
        {
            if (request.TakesTurns is true)
            {
                phases.Enter(RetrainingPhase.Queued);
                await TurnWait.UntilTakenAsync(context, TurnRequest.For(request), await TurnWait.AskAsync(context, TurnRequest.For(request)));
            }

            phases.Enter(RetrainingPhase.Planning);
            var plan = await Step<RetrainingPlan>(context, nameof(Activity.PlanRetraining), request);
            phases.StepsAtOnce = plan.StepsAtOnce ?? phases.StepsAtOnce;
            logger.RetrainingPlanned(request.Id, plan.Groups.Count);
            await phases.RunAsync(RetrainingPhase.Extracting, Batches(request, plan, plan.ExtractionBatches), batch => Step<BatchResult>(context, nameof(Activity.ExtractCohort), batch));
            await phases.RunAsync(RetrainingPhase.Measuring, Batches(request, plan, plan.StabilityBatches), batch => Step<BatchResult>(context, nameof(Activity.MeasureStability), batch));
            var trainings = await phases.RunAsync(RetrainingPhase.Training, Sequences(request, plan), sequence => Train(context, sequence));
            var groups = await phases.RunAsync(RetrainingPhase.Selecting, plan.Groups, group => Select(context, request, plan, group, trainings));
            if (request.TakesTurns is true)
            {
                // Somebody may have to be asked, who may take days.
                await context.CallActivityAsync<Turn>(nameof(TurnActivities.LeaveTurn), TurnRequest.For(request), Retries.Usual);
            }

            groups = await phases.RunAsync(RetrainingPhase.Promoting, groups, group => Promote(context, phases, request, plan, group));
            phases.Enter(RetrainingPhase.Publishing);
            var outcome = await Step<RetrainingOutcome>(context, nameof(Activity.PublishRetraining), new PublishRetrainingInput(request, plan, groups));
            logger.RetrainingPublished(request.Id, groups.Count(group => group.Model is not null), groups.Count(group => group.Promotion is { Promoted: true }));
            return outcome;
        }
        catch (RadiomicsException unusable)
        {
            logger.RetrainingFailed(request.Id, unusable.Code);
            var error = new PredictionError(unusable.Code, unusable.Detail);
            if (AlteredException.Says(error.Code))
            {
                logger.Altered(error.Detail);
            }

            var outcome = await Fail(context, request, error);
            if (!error.IsFault)
            {
                return outcome;
            }

            throw;
        }
        catch (TaskFailedException fault)
        {
            logger.RetrainingStepFailed(request.Id, fault.TaskName, StepFailure.Describe(fault.FailureDetails));
            await Fail(context, request, RetrainingOutcome.Fault);
            throw;
        }
    }

    private static BatchInput[] Batches(RetrainingRequest request, RetrainingPlan plan, int count) =>
        [.. Enumerable.Range(0, count).Select(batch => new BatchInput(request, plan, batch))];

    private static TrainInput[] Sequences(RetrainingRequest request, RetrainingPlan plan) =>
        [.. plan.Groups.SelectMany(group => group.Sequences.Select(sequence => new TrainInput(request, plan, group.FieldStrength, sequence)))];

    private static async Task<SequenceTrained> Train(TaskOrchestrationContext context, TrainInput input)
    {
        var result = await context.CallActivityAsync<StepResult<BlobReference>>(nameof(Activity.TrainCandidate), input, Retries.Usual);
        Require(result.Error);
        return new SequenceTrained(input.FieldStrength, input.Sequence, result.Value, result.Error);
    }

    // A fault is no sequence's own: nothing is made beside it.
    private static void Require(PredictionError? error)
    {
        if (error is { IsFault: true })
        {
            throw new RadiomicsException(error.Code, error.Detail);
        }
    }

    // A sequence that can't be learned from stops no other, nor does a field strength without any.
    private static async Task<RetrainedGroup> Select(
        TaskOrchestrationContext context, RetrainingRequest request, RetrainingPlan plan, RetrainingGroup group, IReadOnlyList<SequenceTrained> all)
    {
        SequenceTrained[] own = [.. all.Where(training => training.FieldStrength == group.FieldStrength)];
        BlobReference[] trainings = [.. own.Select(training => training.Training).OfType<BlobReference>()];
        var outcome = new RetrainedGroup
        {
            FieldStrength = group.FieldStrength,
            Skipped = [.. own.Where(training => training.Error is not null).Select(training => new SkippedSequence(training.Sequence, training.Error!))],
        };
        if (trainings.Length == 0)
        {
            return outcome with { Error = own.FirstOrDefault()?.Error ?? _nothingToLearnFrom };
        }

        var input = new SelectInput(request, plan, group.FieldStrength, trainings);
        var selected = await context.CallActivityAsync<StepResult<TrainedModel>>(nameof(Activity.SelectModel), input, Retries.Usual);
        Require(selected.Error);
        return outcome with { Model = selected.Value, Error = selected.Error };
    }

    private static async Task<RetrainedGroup> Promote(
        TaskOrchestrationContext context, RetrainingPhases phases, RetrainingRequest request, RetrainingPlan plan, RetrainedGroup group)
    {
        if (group.Model is not { } model)
        {
            return group;
        }

        var asked = request.Promotion.Mode == PromotionMode.Approval;
        var result = await Decide(asked ? await Ask(context, phases, model, request.Promotion.ApprovalTimeout) : null);
        if (!asked && result.Value is { NeedsApproval: true } && await Ask(context, phases, model, request.Promotion.ApprovalTimeout) is { } approval)
        {
            result = await Decide(approval);
        }

        Require(result.Error);
        return group with { Promotion = result.Value, Error = result.Error };

        Task<StepResult<PromotionResult>> Decide(Approval? approval) =>
            context.CallActivityAsync<StepResult<PromotionResult>>(nameof(Activity.PromoteModel), new PromoteInput(request, plan, model, approval), Retries.Usual);
    }

    private static async Task<Approval?> Ask(TaskOrchestrationContext context, RetrainingPhases phases, TrainedModel model, TimeSpan timeout)
    {
        phases.Await(model);
        try
        {
            return await context.WaitForExternalEvent<Approval>(Approval.EventOf(model.FieldStrength), timeout);
        }
        catch (TaskCanceledException)
        {
            return null;
        }
        finally
        {
            phases.Answered(model);
        }
    }

    private static async Task<T> Step<T>(TaskOrchestrationContext context, string activity, object input)
        where T : class =>
        (await context.CallActivityAsync<StepResult<T>>(activity, input, Retries.Usual)).ValueOrThrow();

    private static Task<RetrainingOutcome> Fail(TaskOrchestrationContext context, RetrainingRequest request, PredictionError error) =>
        context.CallActivityAsync<RetrainingOutcome>(nameof(Activity.PublishRetrainingFailure), new RetrainingFailureInput(request, error), Retries.Usual);

    private sealed record SequenceTrained(string FieldStrength, string Sequence, BlobReference? Training, PredictionError? Error);
}
