namespace Radiomics.Learning;

/// <summary>
/// Ranks of one feature's values, computed once for both tests that need them: twice the mid-rank less (n + 1), which are whole numbers around 0. Their sums
/// are exact in <c>float</c> up to 368 cases, and right to about 10⁻⁶ beyond.
/// </summary>
internal static class Ranks
{
    /// <summary>Writes the rank of each value and returns Σ (t³ − t) over its groups of t equal values.</summary>
    /// <param name="sorted">Values in rising order.</param>
    /// <param name="order">Place of each of them among the cases.</param>
    /// <param name="ranks">Rank by case.</param>
    public static double Write(ReadOnlySpan<double> sorted, ReadOnlySpan<int> order, Span<float> ranks)
    {
        var n = sorted.Length;
        var ties = 0.0;
        for (var from = 0; from < n;)
        {
            var to = from + 1;
            while (to < n && sorted[to] == sorted[from])
            {
                to++;
            }

            float rank = from + to - n;
            for (var i = from; i < to; i++)
            {
                ranks[order[i]] = rank;
            }

            double equal = to - from;
            ties += equal * equal * equal - equal;
            from = to;
        }

        return ties;
    }

    /// <summary>Σ rank², from the ties alone.</summary>
    public static double SquaredNorm(int cases, double ties) => ((double)cases * cases * cases - cases - ties) / 3;
}
