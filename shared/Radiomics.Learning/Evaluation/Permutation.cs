namespace Radiomics.Learning;

/// <summary>Permutation tests.</summary>
public static class Permutation
{
    /// <summary>
    /// One-sided p that a statistic is as large as observed if labels don't matter: (1 + number of permutations that reach it) / (1 + number of permutations), never 0
    /// (Phipson and Smyth 2010).
    /// </summary>
    public static double PValue(double observed, IReadOnlyList<double> permuted) => (1.0 + permuted.Count(value => value >= observed)) / (1.0 + permuted.Count);
}
