namespace Radiomics.Learning;

/// <summary>By how much an AUC on the training cases flatters (Harrell, Lee and Mark 1996).</summary>
public static class Optimism
{
    /// <summary>
    /// Refits on bootstrap resamples; the optimism is the mean of AUC on the resample less AUC on the original cases. <paramref name="refit"/> gets the resample's case numbers
    /// (repeated where drawn more than once), fits everything anew, and is called from several threads at once. With <paramref name="patients"/>, whole patients are resampled.
    /// Every resample has both classes; <c>CohortUnusable</c> if the cases have not. The result depends on the seed alone.
    /// </summary>
    public static OptimismEstimate Estimate(
        int cases,
        IReadOnlyList<bool> labels,
        int bootstraps,
        int seed,
        Func<int[], (double OnResample, double OnOriginal)> refit,
        IReadOnlyList<string>? patients = null,
        CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bootstraps, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(cases, labels.Count);
        var groups = Resampling.Groups(labels, patients, perClass: 1);
        var differences = Resampling.Each(bootstraps, cancellation, index =>
        {
            var (onResample, onOriginal) = refit(Resampling.Draw(labels, groups, seed, index, andLeftOut: false));
            return onResample - onOriginal;
        });
        return new(differences.Average(), bootstraps);
    }
}

/// <summary>An optimism.</summary>
/// <param name="Mean">To be taken off the apparent AUC.</param>
/// <param name="Bootstraps">Number of resamples it is the mean of.</param>
public sealed record OptimismEstimate(double Mean, int Bootstraps);
