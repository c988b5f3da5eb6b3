using Radiomics.Pipeline;

namespace Radiomics;

/// <summary>What must hold of every prediction, whatever its study.</summary>
internal static class PredictionTruth
{
    /// <summary>Asserts that the probability is the one that the explanation adds up to, and the decision the one that the threshold makes of it.</summary>
    public static void Check(Prediction prediction)
    {
        var explanation = prediction.Explanation!;
        var logOdds = explanation.Base + explanation.Contributions.Sum(feature => feature.Contribution);
        Assert.Equal(1 / (1 + Math.Exp(-logOdds)), prediction.Probability!.Value, 1e-12);
        Assert.NotEmpty(explanation.Contributions);
        Assert.Equal(prediction.Probability >= prediction.Threshold ? PredictionDecision.Positive : PredictionDecision.Negative, prediction.Decision);
    }
}
