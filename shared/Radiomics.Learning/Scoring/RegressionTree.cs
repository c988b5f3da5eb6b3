using System.Text.Json.Serialization;

namespace Radiomics.Learning;

/// <summary>
/// A binary tree. Node 0 is the root; a child c ≥ 0 is the node c, a child below 0 is the leaf ~c. A value up to the threshold (inclusive) goes left. Without nodes
/// there is one leaf.
/// </summary>
public sealed record RegressionTree
{
    private double[]? _means;

    /// <summary>Feature that each node asks.</summary>
    public required IReadOnlyList<int> Feature { get; init; }

    /// <summary>Largest standardised value, in single precision as ML.NET compares them, that goes left, a node each.</summary>
    public required IReadOnlyList<float> Threshold { get; init; }

    /// <summary>Left child of each node.</summary>
    public required IReadOnlyList<int> Left { get; init; }

    /// <summary>Right child of each node.</summary>
    public required IReadOnlyList<int> Right { get; init; }

    /// <summary>Value of each leaf.</summary>
    public required IReadOnlyList<double> Leaf { get; init; }

    /// <summary>Training cases that fell into each leaf, &gt; 0.</summary>
    public required IReadOnlyList<int> Coverage { get; init; }

    /// <summary>Mean value of the training cases.</summary>
    [JsonIgnore]
    public double Mean => MeanBelow(Feature.Count > 0 ? 0 : ~0);

    /// <summary>The leaf that a case falls into.</summary>
    public int LeafOf(ReadOnlySpan<double> standardised)
    {
        var at = Feature.Count > 0 ? 0 : ~0;
        while (at >= 0)
        {
            at = Next(at, standardised);
        }

        return ~at;
    }

    /// <summary>Value of the leaf that a case falls into.</summary>
    public double Value(ReadOnlySpan<double> standardised) => Leaf[LeafOf(standardised)];

    /// <summary>Adds to each feature what its splits on the way change of the mean below.</summary>
    public void Attribute(ReadOnlySpan<double> standardised, Span<double> contributions)
    {
        if (Feature.Count == 0)
        {
            return;
        }

        var at = 0;
        while (at >= 0)
        {
            var next = Next(at, standardised);
            contributions[Feature[at]] += MeanBelow(next) - MeanBelow(at);
            at = next;
        }
    }

    /// <summary>Whether every path ends in a leaf: children come after their parents, each node and leaf has one parent, all numbers are finite.</summary>
    internal bool IsSound(int features)
    {
        if (Feature is null || Threshold is null || Left is null || Right is null || Leaf is null || Coverage is null)
        {
            return false;
        }

        var nodes = Feature.Count;
        return Threshold.Count == nodes && Left.Count == nodes && Right.Count == nodes && Leaf.Count == nodes + 1 && Coverage.Count == nodes + 1
            && Feature.All(feature => feature >= 0 && feature < features)
            && Threshold.All(float.IsFinite)
            && Leaf.All(double.IsFinite)
            && Coverage.All(cases => cases > 0)
            && Enumerable.Range(0, nodes).All(node => (Left[node] < 0 || Left[node] > node) && (Right[node] < 0 || Right[node] > node))
            && (nodes == 0 || Left.Concat(Right).Append(0).Order().SequenceEqual(Enumerable.Range(~nodes, 2 * nodes + 1)));
    }

    private int Next(int node, ReadOnlySpan<double> standardised) => (float)standardised[Feature[node]] <= Threshold[node] ? Left[node] : Right[node];

    private double MeanBelow(int child) => child < 0 ? Leaf[~child] : (_means ??= Means())[child];

    private double[] Means()
    {
        var means = new double[Feature.Count];
        var cases = new long[Feature.Count];
        for (var node = means.Length - 1; node >= 0; node--)
        {
            var (left, right) = (CasesBelow(Left[node], cases), CasesBelow(Right[node], cases));
            var (leftMean, rightMean) = (Left[node] < 0 ? Leaf[~Left[node]] : means[Left[node]], Right[node] < 0 ? Leaf[~Right[node]] : means[Right[node]]);
            cases[node] = left + right;
            means[node] = (left * leftMean + right * rightMean) / (left + right);
        }

        return means;
    }

    private long CasesBelow(int child, long[] cases) => child < 0 ? Coverage[~child] : cases[child];
}
