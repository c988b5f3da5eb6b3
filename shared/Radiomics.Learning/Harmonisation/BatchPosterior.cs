using MathNet.Numerics.Statistics;

namespace Radiomics.Learning;

/// <summary>Shift and variance of one feature in one batch, drawn towards those of the other features in that batch (Johnson 2007, section 3.2).</summary>
internal static class BatchPosterior
{
    private const int Iterations = 10_000;
    private const double Converged = 1e-12;

    /// <summary>
    /// Posterior of a normal shift and an inverse-gamma variance, iterated to convergence. A batch in which no feature has a variance keeps its scale (1); with one feature
    /// there is nothing to shrink towards, and its own mean and variance are taken.
    /// </summary>
    /// <param name="values">The feature's standardised values in the batch; none where they are all missing, which gives the prior.</param>
    /// <param name="shiftPrior">Mean and variance of the shifts over the features; null with a single feature.</param>
    /// <param name="variances">Variances of all features in the batch that have at least two values.</param>
    public static (double Shift, double Variance) Of(double[] values, (double Mean, double Variance)? shiftPrior, double[] variances)
    {
        var n = values.Length;
        var mean = n > 0 ? values.Average() : 0;
        double Squares(double shift) => values.Sum(value => (value - shift) * (value - shift));
        var average = variances.Length > 0 ? variances.Average() : 0;
        if (shiftPrior is not { } prior)
        {
            return (mean, average > 0 ? average : 1);
        }

        double Shift(double variance) => (n * prior.Variance * mean + variance * prior.Mean) / (n * prior.Variance + variance);
        if (average <= 0)
        {
            return (Shift(1), 1);
        }

        var spread = variances.Length > 1 ? ArrayStatistics.Variance(variances) : 0;
        if (spread <= 1e-24 * average * average)
        {
            return (Shift(average), average);
        }

        // Inverse gamma with the mean and variance of the features' variances.
        var shape = average * average / spread + 2;
        var scale = average * (average * average / spread + 1);
        var (shift, variance) = (mean, n > 1 && Squares(mean) > 0 ? Squares(mean) / (n - 1) : average);
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            var nextShift = Shift(variance);
            var nextVariance = (scale + Squares(nextShift) / 2) / (shape + n / 2.0 - 1);
            var change = Math.Max(Math.Abs(nextShift - shift), Math.Abs(nextVariance - variance) / variance);
            (shift, variance) = (nextShift, nextVariance);
            if (change < Converged)
            {
                break;
            }
        }

        return (shift, variance);
    }
}
