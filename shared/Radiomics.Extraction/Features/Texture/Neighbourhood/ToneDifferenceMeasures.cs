namespace Radiomics.Extraction;

/// <summary>What is measured of a neighbourhood grey tone difference matrix; NaN where a formula has no value.</summary>
internal sealed class ToneDifferenceMeasures
{
    private const double MaximumCoarseness = 1e6;

    public double Coarseness { get; private init; } = double.NaN;

    public double Contrast { get; private init; } = double.NaN;

    public double Busyness { get; private init; } = double.NaN;

    public double Complexity { get; private init; } = double.NaN;

    public double Strength { get; private init; } = double.NaN;

    /// <summary>Of a matrix.</summary>
    public static ToneDifferenceMeasures Of(ToneDifferenceMatrix matrix)
    {
        var (levels, counts, p, s) = Present(matrix);
        if (levels.Length == 0)
        {
            return new();
        }

        double voxels = 0, mean = 0, levelMean = 0, differences = 0, weighted = 0;
        for (var i = 0; i < levels.Length; i++)
        {
            voxels += counts[i];
            mean += p[i] * levels[i];
            levelMean += levels[i];
            differences += s[i];
            weighted += p[i] * s[i];
        }

        levelMean /= levels.Length;
        // Both double sums over (i1 − i2)² come down to squares around a mean.
        double variance = 0, spread = 0;
        for (var i = 0; i < levels.Length; i++)
        {
            variance += p[i] * (levels[i] - mean) * (levels[i] - mean);
            spread += (levels[i] - levelMean) * (levels[i] - levelMean);
        }

        double n = levels.Length;
        var squares = 2 * (n * (variance + (mean - levelMean) * (mean - levelMean)) + spread);
        return new()
        {
            Coarseness = Math.Min(1 / weighted, MaximumCoarseness),
            Contrast = n == 1 ? 0 : 2 * variance / (n * (n - 1)) * differences / voxels,
            Busyness = n == 1 ? 0 : BusynessOf(levels, counts, voxels, weighted),
            Complexity = ComplexitySum(levels, counts, s) / voxels,
            Strength = differences == 0 ? 0 : squares / differences,
        };
    }

    /// <summary>Levels with n_i &gt; 0: n_i, p_i and s_i.</summary>
    private static (int[] Levels, int[] Counts, double[] P, double[] S) Present(ToneDifferenceMatrix matrix)
    {
        int present = 0, voxels = 0;
        foreach (var count in matrix.Counts)
        {
            present += count > 0 ? 1 : 0;
            voxels += count;
        }

        var (levels, counts) = (new int[present], new int[present]);
        var (p, s) = (new double[present], new double[present]);
        var to = 0;
        for (var i = 0; i < matrix.Counts.Length; i++)
        {
            if (matrix.Counts[i] > 0)
            {
                (levels[to], counts[to]) = (matrix.Levels[i], matrix.Counts[i]);
                (p[to], s[to]) = ((double)matrix.Counts[i] / voxels, matrix.Differences[i]);
                to++;
            }
        }

        return (levels, counts, p, s);
    }

    /// <summary>The sum over all pairs of |i1·p1 − i2·p2| follows from the products in ascending order; as i·n they are integers.</summary>
    private static double BusynessOf(int[] levels, int[] counts, double voxels, double weighted)
    {
        var products = new long[levels.Length];
        for (var i = 0; i < products.Length; i++)
        {
            products[i] = (long)levels[i] * counts[i];
        }

        var order = Order(products.Length, (a, b) => products[a].CompareTo(products[b]));
        double sum = 0;
        for (var i = 1; i < products.Length; i++)
        {
            // The gap lies between i products below and the others above.
            sum += (double)(products[order[i]] - products[order[i - 1]]) * i * (products.Length - i);
        }

        return sum == 0 ? double.NaN : weighted / (2 * sum / voxels);
    }

    /// <summary>
    /// The sum over all pairs of |i1 − i2|·(p1·s1 + p2·s2)/(p1 + p2). The divisor depends on the two counts n only, so levels are grouped by count, and of two
    /// groups one passage in the order of levels is enough, with sums of what lies below: even 65,535 levels take no time.
    /// </summary>
    private static double ComplexitySum(int[] levels, int[] counts, double[] s)
    {
        var order = Order(levels.Length, (a, b) => counts[a] != counts[b] ? counts[a].CompareTo(counts[b]) : a.CompareTo(b));
        var groups = new List<(int Begin, int End)>();
        for (var begin = 0; begin < order.Length;)
        {
            var end = begin + 1;
            while (end < order.Length && counts[order[end]] == counts[order[begin]])
            {
                end++;
            }

            groups.Add((begin, end));
            begin = end;
        }

        double sum = 0;
        for (var a = 0; a < groups.Count; a++)
        {
            var first = order.AsSpan(groups[a].Begin..groups[a].End);
            for (var b = 0; b <= a; b++)
            {
                var second = order.AsSpan(groups[b].Begin..groups[b].End);
                double divisor = counts[first[0]] + counts[second[0]];
                sum += (a == b ? 1 : 2) * PairSum(first, second, levels, counts, s) / divisor;
            }
        }

        return sum;
    }

    /// <summary>Indices in ascending order; the runtime has a sort of integers ready, and would have to compile others in every process.</summary>
    private static int[] Order(int count, Comparison<int> compare)
    {
        var order = new int[count];
        for (var i = 0; i < count; i++)
        {
            order[i] = i;
        }

        Array.Sort(order, compare);
        return order;
    }

    /// <summary>The sum over all pairs of one level of each group of |i1 − i2|·(n1·s1 + n2·s2).</summary>
    private static double PairSum(ReadOnlySpan<int> first, ReadOnlySpan<int> second, int[] levels, int[] counts, double[] s)
    {
        double levelsAll = 0, weightAll = 0, productAll = 0;
        foreach (var k in second)
        {
            var weight = counts[k] * s[k];
            levelsAll += levels[k];
            weightAll += weight;
            productAll += levels[k] * weight;
        }

        double levelsBelow = 0, weightBelow = 0, productBelow = 0, sum = 0;
        var below = 0;
        foreach (var i in first)
        {
            for (; below < second.Length && levels[second[below]] <= levels[i]; below++)
            {
                var k = second[below];
                var weight = counts[k] * s[k];
                levelsBelow += levels[k];
                weightBelow += weight;
                productBelow += levels[k] * weight;
            }

            double level = levels[i];
            var differences = level * (2 * below - second.Length) - 2 * levelsBelow + levelsAll;
            var weighted = level * (2 * weightBelow - weightAll) - 2 * productBelow + productAll;
            sum += counts[i] * s[i] * differences + weighted;
        }

        return sum;
    }
}
