namespace Radiomics.Learning;

/// <summary>
/// Minimum redundancy, maximum relevance in its F-statistic form (Ding &amp; Peng 2005, quotient; Zhao et al. 2019 "FCQ"): again and again the feature with the largest F of
/// its class means over its mean absolute correlation with the features taken before.
/// </summary>
internal static class Mrmr
{
    // A smaller mean correlation says nothing more, and would outweigh any relevance.
    private const double LeastRedundancy = 1e-3;

    /// <summary>The columns taken, in the order of taking; of two alike the first in <paramref name="columns"/>.</summary>
    /// <param name="columns">z-scores, a column a feature.</param>
    /// <param name="labels">Class of each case; both occur.</param>
    /// <param name="count">How many to take, at most.</param>
    public static int[] Select(double[][] columns, bool[] labels, int count)
    {
        var taken = new int[Math.Min(count, columns.Length)];
        var relevance = new double[columns.Length];
        var redundancy = new double[columns.Length];
        var left = new bool[columns.Length];
        var outcome = Outcome(labels);
        for (var j = 0; j < columns.Length; j++)
        {
            relevance[j] = FStatistic(columns[j], outcome);
            left[j] = true;
        }

        for (var step = 0; step < taken.Length; step++)
        {
            var best = -1;
            var bestScore = double.NegativeInfinity;
            for (var j = 0; j < columns.Length; j++)
            {
                if (!left[j])
                    continue;
                var score = step == 0 ? relevance[j] : relevance[j] / Math.Max(LeastRedundancy, redundancy[j] / step);
                if (score > bestScore)
                    (best, bestScore) = (j, score);
            }

            taken[step] = best;
            left[best] = false;
            for (var j = 0; j < columns.Length; j++)
            {
                if (left[j])
                    redundancy[j] += Math.Abs(Vectors.Dot<double>(columns[j], columns[best])) / labels.Length;
            }
        }

        return taken;
    }

    /// <summary>F of a one-way analysis of variance between the two classes.</summary>
    /// <param name="column">z-scores.</param>
    /// <param name="outcome">The labels' z-scores.</param>
    private static double FStatistic(double[] column, double[] outcome)
    {
        var r = Vectors.Dot<double>(column, outcome) / column.Length;
        return r * r * (column.Length - 2) / Math.Max(double.Epsilon, 1 - r * r);
    }

    private static double[] Outcome(bool[] labels)
    {
        var outcome = Array.ConvertAll(labels, label => label ? 1.0 : 0.0);
        Standardisation.Of(outcome).Apply(outcome);
        return outcome;
    }
}
