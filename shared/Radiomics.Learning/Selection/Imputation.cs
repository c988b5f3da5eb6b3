namespace Radiomics.Learning;

/// <summary>Missing values become the median of the values that are there; where too many are missing, the feature is of no use.</summary>
internal static class Imputation
{
    /// <summary>Puts the median in the place of each NaN and returns it; null, with the values as they were, where a larger share than <paramref name="maxMissing"/> is missing, or all are.</summary>
    /// <param name="values">Values of the training cases; NaN is missing.</param>
    /// <param name="sorted">Room for as many values; afterwards the values, imputed ones too, in rising order.</param>
    /// <param name="order">Room for as many indices; afterwards the place in <paramref name="values"/> of each value in <paramref name="sorted"/>.</param>
    /// <param name="maxMissing">Largest share of missing values.</param>
    public static double? Fill(Span<double> values, Span<double> sorted, Span<int> order, double maxMissing)
    {
        var missing = Sort(values, sorted, order);
        if (missing == values.Length || missing > maxMissing * values.Length)
            return null;
        var present = sorted[missing..];
        var median = Median(present);
        if (missing > 0)
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = double.IsNaN(values[i]) ? median : values[i];
            }

            Sort(values, sorted, order);
        }

        return median;
    }

    private static double Median(ReadOnlySpan<double> sorted)
    {
        var upper = sorted[sorted.Length / 2];
        return sorted.Length % 2 == 1 ? upper : (sorted[sorted.Length / 2 - 1] + upper) / 2;
    }

    // NaN sorts before all numbers; returns how many there are.
    private static int Sort(ReadOnlySpan<double> values, Span<double> sorted, Span<int> order)
    {
        var missing = 0;
        for (var i = 0; i < values.Length; i++)
        {
            sorted[i] = values[i];
            order[i] = i;
            missing += double.IsNaN(values[i]) ? 1 : 0;
        }

        sorted.Sort(order);
        return missing;
    }
}
