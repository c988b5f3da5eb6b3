using Microsoft.Azure.Functions.Worker;
using Radiomics.Pipeline;

namespace RadiomicsFunctions.Activities;

/// <summary>Pins profile and models.</summary>
public sealed class PlanPrediction(PredictionPlanning planning)
{
    /// <summary>Runs the step.</summary>
    [Function(nameof(PlanPrediction))]
    public Task<StepResult<PredictionPlan>> Run([ActivityTrigger] PredictionRequest input) =>
        StepResult.OfAsync(() => planning.PlanAsync(input));
}
