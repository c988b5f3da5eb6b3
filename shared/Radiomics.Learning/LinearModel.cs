using System.Text.Json.Serialization;

namespace Radiomics.Learning;

/// <summary>
/// A standardising logistic regression (<c>model.json</c> of a package): probability = 1 / (1 + exp(−(intercept + Σ coefficient·(x − mean)/deviation))).
/// The coefficients are those that ML.NET fitted; the score is computed here so that it needs neither a lock nor ML.NET's start-up.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record LinearModel
{
    /// <summary>Log-odds at the mean of every feature.</summary>
    public required double Intercept { get; init; }

    /// <summary>Probability from which on the decision is positive.</summary>
    public required double Threshold { get; init; }

    /// <summary>The terms, in the order of the fitted vector.</summary>
    public required IReadOnlyList<LinearTerm> Terms { get; init; }

    /// <summary>Probability in [0,1] for feature values in the order of <see cref="Terms"/>.</summary>
    public double Probability(ReadOnlySpan<double> values)
    {
        var logOdds = Intercept;
        for (var i = 0; i < Terms.Count; i++)
        {
            logOdds += Terms[i].Coefficient * Terms[i].Standardise(values[i]);
        }

        return 1 / (1 + Math.Exp(-logOdds));
    }
}

/// <summary>One feature of a <see cref="LinearModel"/>.</summary>
/// <param name="Feature">IBSI tag.</param>
/// <param name="Mean">Mean over the training cases.</param>
/// <param name="Deviation">Standard deviation over the training cases, &gt; 0.</param>
/// <param name="Coefficient">Change of the log-odds for one standard deviation.</param>
public sealed record LinearTerm(string Feature, double Mean, double Deviation, double Coefficient)
{
    /// <summary>Distance from the mean in standard deviations.</summary>
    public double Standardise(double value) => (value - Mean) / Deviation;
}
