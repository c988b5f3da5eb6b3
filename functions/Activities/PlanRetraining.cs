using Microsoft.Azure.Functions.Worker;
using Radiomics.Pipeline;

namespace RadiomicsFunctions.Activities;

/// <summary>Matches the cohort with the studies, pins profile and settings, and divides the work.</summary>
public sealed class PlanRetraining(RetrainingPlanning planning)
{
    /// <summary>Runs the step.</summary>
    [Function(nameof(PlanRetraining))]
    public Task<StepResult<RetrainingPlan>> Run([ActivityTrigger] RetrainingRequest input) =>
        StepResult.OfAsync(() => planning.PlanAsync(input));
}
