using Microsoft.Azure.Functions.Worker;
using Radiomics.Pipeline;

namespace RadiomicsFunctions.Activities;

/// <summary>Chooses the winner of a field strength and packs it.</summary>
public sealed class SelectModel(SelectionStep selection)
{
    /// <summary>Runs the step.</summary>
    [Function(nameof(SelectModel))]
    public Task<StepResult<TrainedModel>> Run([ActivityTrigger] SelectInput input) =>
        StepResult.OfAsync(() => selection.SelectAsync(input.Request, input.Plan, input.FieldStrength, input.Trainings));
}

/// <summary>Input of <see cref="SelectModel"/>.</summary>
public sealed record SelectInput(RetrainingRequest Request, RetrainingPlan Plan, string FieldStrength, IReadOnlyList<BlobReference> Trainings);
