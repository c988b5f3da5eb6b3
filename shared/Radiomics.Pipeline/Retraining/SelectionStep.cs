namespace Radiomics.Pipeline;

/// <summary>Fifth step, once per field strength: the winner by cross-validation, trained, tested once and packed.</summary>
public sealed class SelectionStep
{
    /// <summary>Selects and stores a model.</summary>
    /// <exception cref="Extraction.RadiomicsException">No model can be made of these candidates.</exception>
    public Task<TrainedModel> SelectAsync(RetrainingRequest request, RetrainingPlan plan, string fieldStrength, IReadOnlyList<BlobReference> trainings) => throw new InvalidOperationException();
}
