using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Radiomics.Pipeline;
using RadiomicsFunctions.Orchestrations;
using RadiomicsFunctions.Turns;

namespace RadiomicsFunctions.Activities;

/// <summary>The steps of <see cref="RetrainCenter"/>, in its order.</summary>
public sealed class RetrainCenterActivities(
    RetrainingPlanning planning,
    CohortExtraction extraction,
    StabilityMeasurement measurement,
    CandidateStep candidates,
    SelectionStep selection,
    Promotion promotion,
    RetrainingPublication publication,
    TurnKeeper turns)
{
    /// <summary>Matches the cohort with the studies, pins profile and settings, and divides the work.</summary>
    [Function(nameof(PlanRetraining))]
    public Task<StepResult<RetrainingPlan>> PlanRetraining([ActivityTrigger] RetrainingRequest input) =>
        StepResult.OfAsync(() => planning.PlanAsync(input));

    /// <summary>Extracts, or finds, the features of a batch of studies.</summary>
    [Function(nameof(ExtractCohort))]
    public Task<StepResult<BatchResult>> ExtractCohort([ActivityTrigger] BatchInput input) =>
        StepResult.OfAsync(() => extraction.ExtractAsync(input.Request, input.Plan, input.Batch));

    /// <summary>Measures on a batch of training studies how stable features are under perturbation.</summary>
    [Function(nameof(MeasureStability))]
    public Task<StepResult<BatchResult>> MeasureStability([ActivityTrigger] BatchInput input) =>
        StepResult.OfAsync(() => measurement.MeasureAsync(input.Request, input.Plan, input.Batch));

    /// <summary>Trains the candidates of one sequence at one field strength.</summary>
    [Function(nameof(TrainCandidate))]
    public Task<StepResult<BlobReference>> TrainCandidate([ActivityTrigger] TrainInput input) =>
        StepResult.OfAsync(() => candidates.TrainAsync(input.Request, input.Plan, input.FieldStrength, input.Sequence));

    /// <summary>Chooses the winner of a field strength and packs it.</summary>
    [Function(nameof(SelectModel))]
    public Task<StepResult<TrainedModel>> SelectModel([ActivityTrigger] SelectInput input) =>
        StepResult.OfAsync(() => selection.SelectAsync(input.Request, input.Plan, input.FieldStrength, input.Trainings));

    /// <summary>Makes a model the current one, or says why not.</summary>
    [Function(nameof(PromoteModel))]
    public Task<StepResult<PromotionResult>> PromoteModel([ActivityTrigger] PromoteInput input) =>
        StepResult.OfAsync(() => promotion.PromoteAsync(input.Request, input.Plan, input.Model, input.Approval));

    /// <summary>Writes the record.</summary>
    [Function(nameof(PublishRetraining))]
    public Task<StepResult<RetrainingOutcome>> PublishRetraining([ActivityTrigger] PublishRetrainingInput input) =>
        StepResult.OfAsync(() => publication.PublishAsync(input.Request, input.Plan, input.Groups));

    /// <summary>Writes the reason why there are no models, and gives the turn back.</summary>
    [Function(nameof(PublishRetrainingFailure))]
    public async Task<RetrainingOutcome> PublishRetrainingFailure([ActivityTrigger] RetrainingFailureInput input, [DurableClient] DurableTaskClient client)
    {
        var outcome = await StepFault.OfAsync(() => publication.PublishFailureAsync(input.Request, input.Error));
        if (input.Request.TakesTurns is true)
        {
            await turns.LeaveAsync(client, TurnRequest.For(input.Request));
        }

        return outcome;
    }
}

/// <summary>Input of <see cref="RetrainCenterActivities.ExtractCohort"/> and <see cref="RetrainCenterActivities.MeasureStability"/>.</summary>
public sealed record BatchInput(RetrainingRequest Request, RetrainingPlan Plan, int Batch);

/// <summary>Input of <see cref="RetrainCenterActivities.TrainCandidate"/>.</summary>
public sealed record TrainInput(RetrainingRequest Request, RetrainingPlan Plan, string FieldStrength, string Sequence);

/// <summary>Input of <see cref="RetrainCenterActivities.SelectModel"/>.</summary>
public sealed record SelectInput(RetrainingRequest Request, RetrainingPlan Plan, string FieldStrength, IReadOnlyList<BlobReference> Trainings);

/// <summary>Input of <see cref="RetrainCenterActivities.PromoteModel"/>.</summary>
/// <param name="Request">What was asked for.</param>
/// <param name="Plan">What was planned.</param>
/// <param name="Model">The new model.</param>
/// <param name="Approval">Somebody's answer; null if nobody was asked, or nobody answered in time.</param>
public sealed record PromoteInput(RetrainingRequest Request, RetrainingPlan Plan, TrainedModel Model, Approval? Approval);

/// <summary>Input of <see cref="RetrainCenterActivities.PublishRetraining"/>.</summary>
public sealed record PublishRetrainingInput(RetrainingRequest Request, RetrainingPlan Plan, IReadOnlyList<RetrainedGroup> Groups);

/// <summary>Input of <see cref="RetrainCenterActivities.PublishRetrainingFailure"/>.</summary>
public sealed record RetrainingFailureInput(RetrainingRequest Request, PredictionError Error);
