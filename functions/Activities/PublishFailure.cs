using Microsoft.Azure.Functions.Worker;
using Radiomics.Pipeline;

namespace RadiomicsFunctions.Activities;

/// <summary>Writes the reason why there is no answer.</summary>
public sealed class PublishFailure(Publication publication)
{
    /// <summary>Runs the step.</summary>
    [Function(nameof(PublishFailure))]
    public Task<PredictionOutcome> Run([ActivityTrigger] FailureInput input) =>
        StepFault.OfAsync(() => publication.PublishFailureAsync(input.Request, input.Error, input.Progress));
}

/// <summary>Input of <see cref="PublishFailure"/>.</summary>
public sealed record FailureInput(PredictionRequest Request, PredictionError Error, PredictionProgress Progress);
