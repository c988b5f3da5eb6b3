namespace Radiomics.Pipeline;

/// <summary>What the pinned model said.</summary>
/// <param name="Probability">In [0,1].</param>
/// <param name="Threshold">Probability from which on the decision is positive.</param>
public sealed record ModelScore(double Probability, double Threshold)
{
    /// <summary>The decision at the threshold.</summary>
    public PredictionDecision Decision => Probability >= Threshold ? PredictionDecision.Positive : PredictionDecision.Negative;
}
