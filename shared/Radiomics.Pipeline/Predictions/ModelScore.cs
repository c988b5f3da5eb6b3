namespace Radiomics.Pipeline;

/// <summary>What the pinned model said.</summary>
/// <param name="Probability">In [0,1].</param>
/// <param name="Threshold">Probability from which on the decision is positive.</param>
/// <param name="Explanation">Why; null only in histories of versions that gave none.</param>
public sealed record ModelScore(double Probability, double Threshold, PredictionExplanation? Explanation = null)
{
    /// <summary>The decision at the threshold.</summary>
    public PredictionDecision Decision => Probability >= Threshold ? PredictionDecision.Positive : PredictionDecision.Negative;
}
