using MathNet.Numerics;

namespace Radiomics.Learning;

/// <summary>The Mann–Whitney U test by its normal approximation, with correction for ties and for continuity.</summary>
internal static class MannWhitney
{
    /// <summary>|U − E(U)| less ½, over the standard deviation of U; 0 where that is negative. The larger, the smaller p.</summary>
    /// <param name="ranks">As <see cref="Ranks"/> writes them.</param>
    /// <param name="ties">Σ (t³ − t).</param>
    /// <param name="labels">Class of each case; both occur.</param>
    public static double Z(ReadOnlySpan<float> ranks, double ties, ReadOnlySpan<bool> labels)
    {
        var (sum, positives, n) = (0.0, 0.0, (double)labels.Length);
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i])
            {
                sum += ranks[i];
                positives++;
            }
        }

        var variance = positives * (n - positives) / 12 * (n + 1 - ties / (n * (n - 1)));
        return Math.Max(0, (Math.Abs(sum) - 1) / 2) / Math.Sqrt(variance);
    }

    /// <summary>Two-sided p of <see cref="Z"/>.</summary>
    public static double P(double z) => SpecialFunctions.Erfc(z / Constants.Sqrt2);
}
