using Microsoft.Azure.Functions.Worker;
using Radiomics.Pipeline;

namespace RadiomicsFunctions.Activities;

/// <summary>Writes the answer.</summary>
public sealed class PublishPrediction(Publication publication)
{
    /// <summary>Runs the step.</summary>
    [Function(nameof(PublishPrediction))]
    public Task<StepResult<PredictionOutcome>> Run([ActivityTrigger] PublishInput input) =>
        StepResult.OfAsync(() => publication.PublishAsync(input.Request, input.Plan, input.Study, input.Sequences, input.Score));
}

/// <summary>Input of <see cref="PublishPrediction"/>.</summary>
public sealed record PublishInput(
    PredictionRequest Request,
    PredictionPlan Plan,
    StudyReference Study,
    IReadOnlyList<SequenceResult> Sequences,
    ModelScore? Score);
