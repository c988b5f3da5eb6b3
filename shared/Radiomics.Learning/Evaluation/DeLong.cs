using MathNet.Numerics;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace Radiomics.Learning;

/// <summary>
/// Uncertainty of the AUC without a model of the scores (DeLong, DeLong and Clarke-Pearson 1988), by midranks in O(n log n) (Sun and Xu 2014).
/// Both classes must occur, else <c>CohortUnusable</c>; a score that isn't finite is an <see cref="ArgumentException"/>.
/// </summary>
public static class DeLong
{
    /// <summary>AUC and the variance of its estimate; null if a class has a single case, from which no variance can be told.</summary>
    public static (double Auc, double? Variance) Auc(IReadOnlyList<double> scores, IReadOnlyList<bool> labels)
    {
        var (positives, negatives) = Outcomes.Count(scores, labels);
        var wins = Wins(scores, labels);
        return (wins.Positives.Sum() / ((double)positives * negatives), Variance(wins.Positives, wins.Negatives));
    }

    /// <summary>
    /// 95 % confidence interval, cut to [0,1]. Where the classes are separated the variance is estimated as 0, which would claim certainty from a few cases:
    /// then the open end is the exact (Clopper–Pearson) bound for as many successes in a row as the smaller class has cases. [0,1] if a class has a single case.
    /// </summary>
    public static Interval Interval(IReadOnlyList<double> scores, IReadOnlyList<bool> labels)
    {
        var (auc, variance) = Auc(scores, labels);
        if (variance is not double known)
        {
            return new(0, 1);
        }

        var (positives, negatives) = Outcomes.Count(labels);
        var bound = Math.Pow(Tail, 1.0 / Math.Min(positives, negatives));
        var half = Normal.InvCDF(0, 1, 1 - Tail) * Math.Sqrt(known);
        return auc switch
        {
            1 => new(bound, 1),
            0 => new(0, 1 - bound),
            _ => new(Math.Max(0, auc - half), Math.Min(1, auc + half)),
        };
    }

    /// <summary>
    /// Compares two scores of the same cases. If the difference has no variance: p is 1 (two-sided) and 0.5 for no difference, and for a difference the smallest p that
    /// any permutation of the labels can give, one over the number of ways to choose the positives. With a single case in a class nothing can be shown: every p is 1.
    /// </summary>
    public static PairedAuc Paired(IReadOnlyList<double> scoresA, IReadOnlyList<double> scoresB, IReadOnlyList<bool> labels)
    {
        var (positives, negatives) = Outcomes.Count(scoresA, labels);
        Outcomes.Count(scoresB, labels);
        var a = Wins(scoresA, labels);
        var b = Wins(scoresB, labels);

        // The variance of the difference is that of the differences of the components: no covariance that could leave a rounding residue.
        double[] byPositives = [.. a.Positives.Zip(b.Positives, (x, y) => x - y)];
        double[] byNegatives = [.. a.Negatives.Zip(b.Negatives, (x, y) => x - y)];
        var difference = byPositives.Sum() / ((double)positives * negatives);
        switch (Variance(byPositives, byNegatives))
        {
            case null:
                return new(difference, null, null, 1, 1);
            case 0 when difference == 0:
                return new(0, 0, 0, 1, 0.5);
            case 0:
                var least = Math.Exp(-SpecialFunctions.BinomialLn(positives + negatives, positives));
                return new(difference, 0, null, Math.Min(1, 2 * least), difference > 0 ? least : 1 - least);
            case double variance:
                var error = Math.Sqrt(variance);
                var z = difference / error;
                return new(difference, error, z, 2 * Normal.CDF(0, 1, -Math.Abs(z)), Normal.CDF(0, 1, -z));
        }
    }

    private const double Tail = 0.025;

    /// <summary>For each positive the number of negatives below it, for each negative the number of positives above it, ties counting half: exact multiples of ½.</summary>
    private static (double[] Positives, double[] Negatives) Wins(IReadOnlyList<double> scores, IReadOnlyList<bool> labels)
    {
        double[] ofPositives = [.. scores.Where((_, i) => labels[i])];
        double[] ofNegatives = [.. scores.Where((_, i) => !labels[i])];
        var together = Midranks([.. ofPositives, .. ofNegatives]);
        var amongPositives = Midranks(ofPositives);
        var amongNegatives = Midranks(ofNegatives);
        return (
            [.. amongPositives.Select((rank, i) => together[i] - rank)],
            [.. amongNegatives.Select((rank, i) => ofPositives.Length - (together[ofPositives.Length + i] - rank))]);
    }

    private static double? Variance(double[] byPositives, double[] byNegatives)
    {
        if (byPositives.Length < 2 || byNegatives.Length < 2)
        {
            return null;
        }

        return ArrayStatistics.Variance(byPositives) / byPositives.Length / ((double)byNegatives.Length * byNegatives.Length)
            + ArrayStatistics.Variance(byNegatives) / byNegatives.Length / ((double)byPositives.Length * byPositives.Length);
    }

    private static double[] Midranks(double[] values) => ArrayStatistics.RanksInplace([.. values]);
}

/// <summary>Two AUCs of the same cases compared (DeLong 1988).</summary>
/// <param name="Difference">AUC of A less that of B.</param>
/// <param name="StandardError">Standard error of the difference; null if a class has a single case.</param>
/// <param name="Z">Difference in standard errors; null where the difference has no variance, or none that can be told.</param>
/// <param name="TwoSidedP">Against A and B being equally good.</param>
/// <param name="OneSidedP">Against A being no better than B: small if A is better.</param>
public sealed record PairedAuc(double Difference, double? StandardError, double? Z, double TwoSidedP, double OneSidedP);
