using Microsoft.Azure.Functions.Worker;
using Radiomics.Pipeline;

namespace RadiomicsFunctions.Activities;

/// <summary>Trains the candidates of one sequence at one field strength.</summary>
public sealed class TrainCandidate(CandidateStep candidates)
{
    /// <summary>Runs the step.</summary>
    [Function(nameof(TrainCandidate))]
    public Task<StepResult<BlobReference>> Run([ActivityTrigger] TrainInput input) =>
        StepResult.OfAsync(() => candidates.TrainAsync(input.Request, input.Plan, input.FieldStrength, input.Sequence));
}

/// <summary>Input of <see cref="TrainCandidate"/>.</summary>
public sealed record TrainInput(RetrainingRequest Request, RetrainingPlan Plan, string FieldStrength, string Sequence);
