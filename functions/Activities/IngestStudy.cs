using Microsoft.Azure.Functions.Worker;
using Radiomics.Pipeline;

namespace RadiomicsFunctions.Activities;

/// <summary>Makes de-identified volumes of the upload.</summary>
public sealed class IngestStudy(StudyIngest ingest)
{
    /// <summary>Runs the step.</summary>
    [Function(nameof(IngestStudy))]
    public Task<StepResult<StudyReference>> Run([ActivityTrigger] IngestInput input) =>
        StepResult.OfAsync(() => ingest.IngestAsync(input.Request, input.Plan));
}

/// <summary>Input of <see cref="IngestStudy"/>.</summary>
public sealed record IngestInput(PredictionRequest Request, PredictionPlan Plan);
