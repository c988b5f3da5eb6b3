namespace Radiomics.Learning;

/// <summary>Trains the demonstration models on synthetic cases.</summary>
public static class DemonstrationTraining
{
    /// <summary>Trains a model and packs it; the same cohort and request give the same bytes.</summary>
    public static ModelPackageBytes Train(IReadOnlyList<LabelledFeatures> data, TrainingRequest request) => throw new NotSupportedException();
}
