using Microsoft.ML;
using Microsoft.ML.Trainers;

namespace Radiomics.Learning;

/// <summary>L2-penalised logistic regression (LBFGS from zero weights). Its score is the log-odds.</summary>
internal static class LogisticLearner
{
    public static (ModelForm Form, ITransformer Transformer) Fit(MLContext context, TrainingView view, ProtocolSettings settings)
    {
        var fitted = context.BinaryClassification.Trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options
        {
            LabelColumnName = TrainingView.Label,
            FeatureColumnName = TrainingView.Features,
            L1Regularization = 0,
            L2Regularization = settings.L2,
            NumberOfThreads = 1,
        }).Fit(view);
        var model = fitted.Model.SubModel;
        return (new LinearForm { Intercept = model.Bias, Coefficients = [.. model.Weights.Select(weight => (double)weight)] }, fitted);
    }
}
