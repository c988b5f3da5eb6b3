using Microsoft.Azure.Functions.Worker;
using Radiomics.Pipeline;

namespace RadiomicsFunctions.Activities;

/// <summary>Writes the record.</summary>
public sealed class PublishRetraining(RetrainingPublication publication)
{
    /// <summary>Runs the step.</summary>
    [Function(nameof(PublishRetraining))]
    public Task<StepResult<RetrainingOutcome>> Run([ActivityTrigger] PublishRetrainingInput input) =>
        StepResult.OfAsync(() => publication.PublishAsync(input.Request, input.Plan, input.Groups));
}

/// <summary>Input of <see cref="PublishRetraining"/>.</summary>
public sealed record PublishRetrainingInput(RetrainingRequest Request, RetrainingPlan Plan, IReadOnlyList<RetrainedGroup> Groups);
