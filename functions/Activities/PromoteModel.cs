using Microsoft.Azure.Functions.Worker;
using Radiomics.Pipeline;

namespace RadiomicsFunctions.Activities;

/// <summary>Makes a model the current one, or says why not.</summary>
public sealed class PromoteModel(Promotion promotion)
{
    /// <summary>Runs the step.</summary>
    [Function(nameof(PromoteModel))]
    public Task<StepResult<PromotionResult>> Run([ActivityTrigger] PromoteInput input) =>
        StepResult.OfAsync(() => promotion.PromoteAsync(input.Request, input.Plan, input.Model, input.Approval));
}

/// <summary>Input of <see cref="PromoteModel"/>.</summary>
/// <param name="Request">What was asked for.</param>
/// <param name="Plan">What was planned.</param>
/// <param name="Model">The new model.</param>
/// <param name="Approval">Somebody's answer; null if nobody was asked, or nobody answered in time.</param>
public sealed record PromoteInput(RetrainingRequest Request, RetrainingPlan Plan, TrainedModel Model, Approval? Approval);
