namespace Radiomics.Pipeline;

/// <summary>Second step, once per batch: features that aren't there yet.</summary>
public sealed class CohortExtraction
{
    /// <summary>Extracts the features of a batch, or finds them. A study whose features can't be had is a finding, not a failure.</summary>
    public Task<BatchResult> ExtractAsync(RetrainingRequest request, RetrainingPlan plan, int batch) => throw new InvalidOperationException();
}
