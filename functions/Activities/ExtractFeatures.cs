using Microsoft.Azure.Functions.Worker;
using Radiomics.Pipeline;

namespace RadiomicsFunctions.Activities;

/// <summary>Makes a feature vector of one sequence.</summary>
public sealed class ExtractFeatures(SequenceExtraction extraction)
{
    /// <summary>Runs the step.</summary>
    [Function(nameof(ExtractFeatures))]
    public Task<StepResult<BlobReference>> Run([ActivityTrigger] ExtractInput input) =>
        StepResult.OfAsync(() => extraction.ExtractAsync(input.Request, input.Plan, input.Study, input.Sequence));
}

/// <summary>Input of <see cref="ExtractFeatures"/>.</summary>
public sealed record ExtractInput(PredictionRequest Request, PredictionPlan Plan, StudyReference Study, string Sequence);
