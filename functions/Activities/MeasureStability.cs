using Microsoft.Azure.Functions.Worker;
using Radiomics.Pipeline;

namespace RadiomicsFunctions.Activities;

/// <summary>Measures on a batch of training studies how stable features are under perturbation.</summary>
public sealed class MeasureStability(StabilityMeasurement measurement)
{
    /// <summary>Runs the step.</summary>
    [Function(nameof(MeasureStability))]
    public Task<StepResult<BatchResult>> Run([ActivityTrigger] BatchInput input) =>
        StepResult.OfAsync(() => measurement.MeasureAsync(input.Request, input.Plan, input.Batch));
}
