namespace Radiomics.Learning;

/// <summary>Features that are the same for nearly all training cases.</summary>
internal static class NearZeroVariance
{
    private const double Rounding = 1e-10;

    /// <summary>Whether the most frequent value covers a larger share than <paramref name="maxSame"/>, or the values differ by rounding only (10⁻¹⁰ of the largest magnitude).</summary>
    /// <param name="sorted">Values of the training cases in rising order.</param>
    /// <param name="maxSame">Largest share of one value.</param>
    public static bool Is(ReadOnlySpan<double> sorted, double maxSame)
    {
        var (lowest, highest) = (sorted[0], sorted[^1]);
        if (!(highest - lowest > Rounding * Math.Max(Math.Abs(lowest), Math.Abs(highest))))
            return true;
        var (most, run) = (1, 1);
        for (var i = 1; i < sorted.Length; i++)
        {
            run = sorted[i] == sorted[i - 1] ? run + 1 : 1;
            most = Math.Max(most, run);
        }

        return most > maxSame * sorted.Length;
    }
}
