namespace Radiomics.Pipeline;

/// <summary>Last step: writes the record, or the reason why there is none.</summary>
public sealed class RetrainingPublication
{
    /// <summary>Writes the record and its audit event.</summary>
    public Task<RetrainingOutcome> PublishAsync(RetrainingRequest request, RetrainingPlan plan, IReadOnlyList<RetrainedGroup> groups) => throw new InvalidOperationException();

    /// <summary>Writes the failed record and its audit event.</summary>
    public Task<RetrainingOutcome> PublishFailureAsync(RetrainingRequest request, PredictionError error) => throw new InvalidOperationException();
}
