namespace Radiomics.Learning.Tests;

/// <summary>The same predictions, judged by scikit-learn.</summary>
public class SklearnMetricsTests
{
    private sealed record Metrics(
        double Auc, double Accuracy, double Recall, double Specificity, double Precision, double Npv, double Brier, int[] Confusion, double[] Fpr, double[] Tpr, double[] Observed,
        double[] Predicted, double Youden);

    private const string Script = """
        from sklearn.metrics import *
        from sklearn.calibration import calibration_curve
        y, p = np.array(data["labels"]), np.array(data["probabilities"])
        d = p >= data["threshold"]
        fpr, tpr, _ = roc_curve(y, p, drop_intermediate=False)
        observed, predicted = calibration_curve(y, p, n_bins=data["groups"], strategy="quantile")
        result = dict(auc=roc_auc_score(y, p), accuracy=accuracy_score(y, d), recall=recall_score(y, d), specificity=recall_score(~y, ~d),
                      precision=precision_score(y, d), npv=precision_score(~y, ~d), brier=brier_score_loss(y, p), confusion=confusion_matrix(y, d).ravel(),
                      fpr=fpr, tpr=tpr, youden=(tpr - fpr).max(), observed=observed, predicted=predicted)
        """;

    [Theory]
    [InlineData(90, 0, 10)]
    [InlineData(42, 0, 8)]
    [InlineData(360, 20, 10)]
    [InlineData(24, 5, 4)]
    public void Every_metric_is_that_of_sklearn(int cases, int levels, int groups)
    {
        var (probabilities, labels) = Samples.Noisy(cases, seed: cases, levels);
        var threshold = Roc.YoudenThreshold(probabilities, labels);

        var expected = Sklearn.Run<Metrics>(Script, new { labels, probabilities, threshold, groups });
        var evaluation = Evaluator.Evaluate(probabilities, labels, threshold);

        Equal(expected.Auc, evaluation.Auc);
        Equal(expected.Accuracy, evaluation.Accuracy);
        Equal(expected.Recall, evaluation.Sensitivity);
        Equal(expected.Specificity, evaluation.Specificity);
        Equal(expected.Precision, evaluation.PositivePredictiveValue!.Value);
        Equal(expected.Npv, evaluation.NegativePredictiveValue!.Value);
        Equal(expected.Brier, evaluation.Brier);
        Equal(expected.Confusion[3], evaluation.Sensitivity * evaluation.Positives);
        Equal(expected.Confusion[0], evaluation.Specificity * (cases - evaluation.Positives));
        Equal(expected.Youden, evaluation.Sensitivity + evaluation.Specificity - 1);
        Equal(expected.Fpr, evaluation.Roc.Select(point => point.FalsePositiveRate));
        Equal(expected.Tpr, evaluation.Roc.Select(point => point.TruePositiveRate));
        Equal(expected.Observed, evaluation.Calibration.Select(point => point.Observed));
        Equal(expected.Predicted, evaluation.Calibration.Select(point => point.Predicted));
    }

    private static void Equal(double expected, double actual) => Assert.Equal(expected, actual, 1e-9);

    private static void Equal(IReadOnlyList<double> expected, IEnumerable<double> actual) =>
        Assert.Equal(expected, actual, (a, b) => Math.Abs(a - b) <= 1e-9);
}
