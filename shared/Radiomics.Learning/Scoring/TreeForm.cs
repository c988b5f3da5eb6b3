using System.Text.Json.Serialization;

namespace Radiomics.Learning;

/// <summary>A sum of regression trees. Contributions follow each tree's path: what a split changes of the mean that training cases have below a node goes to its feature.</summary>
public sealed record TreeForm : ModelForm
{
    /// <summary>What is added to the trees' sum.</summary>
    public required double Bias { get; init; }

    /// <summary>Number of features.</summary>
    public required int Features { get; init; }

    /// <summary>The trees.</summary>
    public required IReadOnlyList<RegressionTree> Trees { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override double Base => Bias + Trees.Sum(tree => tree.Mean);

    /// <inheritdoc/>
    public override double Score(ReadOnlySpan<double> standardised)
    {
        var score = Bias;
        foreach (var tree in Trees)
        {
            score += tree.Value(standardised);
        }

        return score;
    }

    /// <inheritdoc/>
    public override double[] Contributions(ReadOnlySpan<double> standardised)
    {
        var contributions = new double[Features];
        foreach (var tree in Trees)
        {
            tree.Attribute(standardised, contributions);
        }

        return contributions;
    }

    internal override bool Fits(int features) => double.IsFinite(Bias) && Features == features && Trees is not null && Trees.All(tree => tree.IsSound(features));
}
