namespace Radiomics.Pipeline;

/// <summary>Third step, once per batch: features of perturbed volumes and ROIs, without labels.</summary>
public sealed class StabilityMeasurement
{
    /// <summary>Extracts the perturbed features of a batch, or finds them.</summary>
    public Task<BatchResult> MeasureAsync(RetrainingRequest request, RetrainingPlan plan, int batch) => throw new InvalidOperationException();
}
