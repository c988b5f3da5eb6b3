using Microsoft.Azure.Functions.Worker;
using Radiomics.Pipeline;

namespace RadiomicsFunctions.Activities;

/// <summary>Asks the pinned model.</summary>
public sealed class Predict(Scoring scoring)
{
    /// <summary>Runs the step.</summary>
    [Function(nameof(Predict))]
    public Task<StepResult<ModelScore>> Run([ActivityTrigger] PredictInput input) =>
        StepResult.OfAsync(() => scoring.ScoreAsync(input.Request, input.Plan, input.FieldStrength, input.Features));
}

/// <summary>Input of <see cref="Predict"/>.</summary>
public sealed record PredictInput(PredictionRequest Request, PredictionPlan Plan, string FieldStrength, BlobReference Features);
