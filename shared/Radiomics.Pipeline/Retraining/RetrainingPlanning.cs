namespace Radiomics.Pipeline;

/// <summary>First step: fixes cohort, profile, studies, splits and what is to be extracted.</summary>
public sealed class RetrainingPlanning
{
    /// <summary>Plans a retraining; run again, it gives the first run's plan.</summary>
    /// <exception cref="Extraction.RadiomicsException"><c>UnknownCenter</c>, <c>CohortUnknown</c>, <c>CohortInvalid</c>, <c>CohortTooSmall</c>.</exception>
    public Task<RetrainingPlan> PlanAsync(RetrainingRequest request) => throw new InvalidOperationException();
}
