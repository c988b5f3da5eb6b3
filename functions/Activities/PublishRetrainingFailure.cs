using Microsoft.Azure.Functions.Worker;
using Radiomics.Pipeline;

namespace RadiomicsFunctions.Activities;

/// <summary>Writes the reason why there are no models.</summary>
public sealed class PublishRetrainingFailure(RetrainingPublication publication)
{
    /// <summary>Runs the step.</summary>
    [Function(nameof(PublishRetrainingFailure))]
    public Task<RetrainingOutcome> Run([ActivityTrigger] RetrainingFailureInput input) =>
        StepFault.OfAsync(() => publication.PublishFailureAsync(input.Request, input.Error));
}

/// <summary>Input of <see cref="PublishRetrainingFailure"/>.</summary>
public sealed record RetrainingFailureInput(RetrainingRequest Request, PredictionError Error);
