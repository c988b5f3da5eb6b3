using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;

namespace Radiomics.Learning;

/// <summary>Random forest (FastForest): each tree on a bag of the cases, each split on some of the features. Its score is the sum of the trees' leaf means of ±1 labels.</summary>
internal static class ForestLearner
{
    public static (ModelForm Form, ITransformer Transformer) Fit(MLContext context, TrainingView view, double[][] columns, ProtocolSettings settings)
    {
        var fitted = context.BinaryClassification.Trainers.FastForest(new FastForestBinaryTrainer.Options
        {
            LabelColumnName = TrainingView.Label,
            FeatureColumnName = TrainingView.Features,
            NumberOfTrees = settings.Trees,
            NumberOfLeaves = 8,
            MinimumExampleCountPerLeaf = 5,
            FeatureFractionPerSplit = Math.Min(1, 1 / Math.Sqrt(columns.Length) + 1e-9),
            MaximumBinCountPerFeature = 63,
            NumberOfThreads = 1,
            Seed = settings.Seed,
            FeatureSelectionSeed = settings.Seed,

            // Statistics for nobody; measuring memory would collect all garbage several times a fit.
            MemoryStatistics = false,
            ExecutionTime = false,
        }).Fit(view);
        var ensemble = fitted.Model.TrainedTreeEnsemble;
        return (TreeFormReader.Read(ensemble.Trees, ensemble.TreeWeights, ensemble.Bias, columns), fitted);
    }
}
