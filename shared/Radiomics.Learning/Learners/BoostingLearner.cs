using Microsoft.ML;
using Microsoft.ML.Trainers.LightGbm;

namespace Radiomics.Learning;

/// <summary>Gradient boosting (LightGBM) of few-leaved trees, as small cohorts need. Its score is the log-odds.</summary>
internal static class BoostingLearner
{
    private const double Sigmoid = 1;

    public static (ModelForm Form, ITransformer Transformer) Fit(MLContext context, TrainingView view, double[][] columns, ProtocolSettings settings)
    {
        var fitted = context.BinaryClassification.Trainers.LightGbm(new LightGbmBinaryTrainer.Options
        {
            LabelColumnName = TrainingView.Label,
            FeatureColumnName = TrainingView.Features,
            NumberOfIterations = settings.Trees,
            NumberOfLeaves = 4,
            MinimumExampleCountPerLeaf = 5,
            LearningRate = 0.05,
            MaximumBinCountPerFeature = 63,
            Sigmoid = Sigmoid,
            UseCategoricalSplit = false,
            HandleMissingValue = false,
            NumberOfThreads = 1,
            Deterministic = true,
            ForceColumnWise = true,
            Silent = true,
            Seed = settings.Seed,
        }).Fit(view);
        var ensemble = fitted.Model.SubModel.TrainedTreeEnsemble;
        return (TreeFormReader.Read(ensemble.Trees, ensemble.TreeWeights, ensemble.Bias, columns), fitted);
    }
}
