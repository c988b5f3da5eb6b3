namespace Radiomics.Learning;

/// <summary>A linear score: intercept + Σ coefficient · standardised value. Contributions are exact.</summary>
public sealed record LinearForm : ModelForm
{
    /// <summary>Score at the mean of every feature.</summary>
    public required double Intercept { get; init; }

    /// <summary>Change of the score for one standard deviation, a feature each.</summary>
    public required IReadOnlyList<double> Coefficients { get; init; }

    /// <inheritdoc/>
    public override double Base => Intercept;

    /// <inheritdoc/>
    public override double Score(ReadOnlySpan<double> standardised)
    {
        var score = Intercept;
        for (var i = 0; i < Coefficients.Count; i++)
        {
            score += Coefficients[i] * standardised[i];
        }

        return score;
    }

    /// <inheritdoc/>
    public override double[] Contributions(ReadOnlySpan<double> standardised)
    {
        var contributions = new double[Coefficients.Count];
        for (var i = 0; i < contributions.Length; i++)
        {
            contributions[i] = Coefficients[i] * standardised[i];
        }

        return contributions;
    }

    internal override bool Fits(int features) => double.IsFinite(Intercept) && Coefficients?.Count == features && Coefficients.All(double.IsFinite);
}
