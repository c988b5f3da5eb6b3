using Microsoft.Azure.Functions.Worker;
using Radiomics.Pipeline;

namespace RadiomicsFunctions.Activities;

/// <summary>Extracts, or finds, the features of a batch of studies.</summary>
public sealed class ExtractCohort(CohortExtraction extraction)
{
    /// <summary>Runs the step.</summary>
    [Function(nameof(ExtractCohort))]
    public Task<StepResult<BatchResult>> Run([ActivityTrigger] BatchInput input) =>
        StepResult.OfAsync(() => extraction.ExtractAsync(input.Request, input.Plan, input.Batch));
}

/// <summary>Input of <see cref="ExtractCohort"/> and <see cref="MeasureStability"/>.</summary>
public sealed record BatchInput(RetrainingRequest Request, RetrainingPlan Plan, int Batch);
