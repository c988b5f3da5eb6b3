using MathNet.Numerics.Statistics;

namespace Radiomics.Learning;

/// <summary>Shift and variance of the features in one batch, drawn towards each other (Johnson 2007, section 3.2).</summary>
internal sealed class BatchPosterior
{
    private const int Iterations = 10_000;
    private const double Converged = 1e-12;

    private readonly double? _shiftVariance;
    private readonly double _shiftMean;
    private readonly double _variance;
    private readonly double _varianceSpread;

    /// <summary>The priors of one batch, by the method of moments over its features.</summary>
    public BatchPosterior(IReadOnlyList<BatchMoments> features)
    {
        double[] shifts = [.. features.Where(feature => feature.Count > 0).Select(feature => feature.Mean)];
        double[] variances = [.. features.Where(feature => feature.Count > 1).Select(feature => feature.Variance)];
        _shiftMean = shifts.Length > 0 ? shifts.Average() : 0;
        _shiftVariance = shifts.Length > 1 ? ArrayStatistics.Variance(shifts) : null;
        _variance = variances.Length > 0 ? variances.Average() : 0;
        _varianceSpread = variances.Length > 1 ? ArrayStatistics.Variance(variances) : 0;
    }

    /// <summary>
    /// Posterior of a normal shift and an inverse-gamma variance, iterated to convergence. A batch in which no feature has a variance keeps its scale (1); with
    /// one feature there is nothing to shrink towards, and its own mean and variance are taken. A feature without values in the batch gets the prior's.
    /// </summary>
    public (double Shift, double Variance) Of(BatchMoments feature)
    {
        if (_shiftVariance is not double spread)
        {
            return (feature.Mean, _variance > 0 ? _variance : 1);
        }

        var weight = feature.Count * spread;
        double Shift(double variance) => (weight * feature.Mean + variance * _shiftMean) / (weight + variance);
        if (_variance <= 0)
        {
            return (Shift(1), 1);
        }

        if (_varianceSpread <= 1e-24 * _variance * _variance)
        {
            return (Shift(_variance), _variance);
        }

        // Inverse gamma with the mean and variance of the features' variances.
        var ratio = _variance * _variance / _varianceSpread;
        var (shape, scale) = (ratio + 2, _variance * (ratio + 1));
        var (shift, variance) = (feature.Mean, _variance);
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            var nextShift = Shift(variance);
            var squares = feature.Squares + feature.Count * (feature.Mean - nextShift) * (feature.Mean - nextShift);
            var nextVariance = (scale + squares / 2) / (shape + feature.Count / 2.0 - 1);
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
