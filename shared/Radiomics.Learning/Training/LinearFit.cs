namespace Radiomics.Learning;

/// <summary>A fitted logistic regression with what has to be done to the values before.</summary>
internal sealed record LinearFit(IReadOnlyList<ModelFeature> Features, LinearForm Form)
{
    public double Score(double[] values) => Form.Score([.. Features.Select((feature, i) => feature.Standardise(values[i]))]);

    public double Probability(double[] values) => 1 / (1 + Math.Exp(-Score(values)));
}
