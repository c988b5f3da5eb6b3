using Microsoft.ML.Trainers.FastTree;

namespace Radiomics.Learning;

/// <summary>ML.NET's trees in our form, with the number of training cases in each leaf.</summary>
internal static class TreeFormReader
{
    public static TreeForm Read(IReadOnlyList<RegressionTreeBase> trees, IReadOnlyList<double> weights, double bias, double[][] columns)
    {
        double[][] rows = [.. Enumerable.Range(0, columns[0].Length).Select(row => columns.Select(column => column[row]).ToArray())];
        return new() { Bias = bias, Features = columns.Length, Trees = [.. trees.Select((tree, i) => Read(tree, weights[i], rows))] };
    }

    private static RegressionTree Read(RegressionTreeBase tree, double weight, double[][] rows)
    {
        var read = new RegressionTree
        {
            Feature = [.. tree.NumericalSplitFeatureIndexes.Take(tree.NumberOfNodes)],
            Threshold = [.. tree.NumericalSplitThresholds.Take(tree.NumberOfNodes)],
            Left = [.. tree.LeftChild.Take(tree.NumberOfNodes)],
            Right = [.. tree.RightChild.Take(tree.NumberOfNodes)],
            Leaf = [.. tree.LeafValues.Take(tree.NumberOfLeaves).Select(value => weight * value)],
            Coverage = [],
        };
        var coverage = new int[read.Leaf.Count];
        foreach (var row in rows)
        {
            coverage[read.LeafOf(row)]++;
        }

        return read with { Coverage = coverage };
    }
}
