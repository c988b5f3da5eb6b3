using MathNet.Numerics.Distributions;

namespace Radiomics.Learning;

/// <summary>Intraclass correlation: the share of a feature's variance that lies between subjects (Shrout and Fleiss 1979).</summary>
public static class Icc
{
    /// <summary>Deviations below this share of the largest value are rounding.</summary>
    private const double Rounding = 1e-13;

    // Both tails together are 5 %.
    private const double Quantile = 0.975;

    private const double LargestSought = 1000;

    /// <summary>
    /// ICC(1,1), one-way random effects, single measurement, with the lower end of its two-sided 95 % confidence interval; <paramref name="values"/>[subject][replicate], the same
    /// number of replicates (at least two) for each. A subject with a value that isn't finite is left out. Where nothing can be shown (fewer than two subjects, or no variance
    /// at all) both are −1/(k−1), the least that there can be; both are 1 where replicates agree exactly.
    /// </summary>
    public static (double Icc, double LowerBound) OneWay(double[][] values)
    {
        var estimate = Of(IccForm.OneWayRandom, values);
        return (estimate.Value, estimate.Lower);
    }

    /// <summary>
    /// One form of the correlation with its two-sided 95 % confidence interval; <paramref name="values"/>[subject][replicate], the same number of replicates (at least two) for
    /// each. A subject with a value that isn't finite is left out. Where nothing can be shown (fewer than two subjects, or no variance but, with the two-way forms, what a
    /// replicate adds to all subjects) all three are −1/(k−1), the least that there can be; all are 1 where replicates agree exactly. The interval of ICC(2,1) is that of
    /// McGraw and Wong (Psychological Methods 1996;1:30).
    /// </summary>
    /// <exception cref="ArgumentException">Not equally many replicates, or fewer than two.</exception>
    public static IccEstimate Of(IccForm form, double[][] values)
    {
        var k = values.Length == 0 ? 2 : values[0].Length;
        if (k < 2 || values.Any(subject => subject.Length != k))
        {
            throw new ArgumentException("Each subject needs the same number of replicates, two at least.", nameof(values));
        }

        double[][] subjects = [.. values.Where(subject => subject.All(double.IsFinite))];
        var size = subjects.Length == 0 ? 0 : subjects.Max(subject => subject.Max(Math.Abs));
        var least = -1.0 / (k - 1);
        if (subjects.Length < 2 || size == 0)
        {
            return new(least, least, least);
        }

        // In units of the largest value, so that squares neither overflow nor vanish.
        var squares = MeanSquares.Of([.. subjects.Select(subject => Array.ConvertAll(subject, value => value / size))]);
        if (squares.Between + (form == IccForm.OneWayRandom ? squares.Within : squares.Residual) < Rounding * Rounding)
        {
            return new(least, least, least);
        }

        if ((form == IccForm.TwoWayMixed ? squares.Residual : squares.Within) < Rounding * Rounding)
        {
            return new(1, 1, 1);
        }

        return form switch
        {
            IccForm.OneWayRandom => ByRatio(squares.Between / squares.Within, subjects.Length - 1, subjects.Length * (k - 1), k),
            IccForm.TwoWayMixed => ByRatio(squares.Between / squares.Residual, subjects.Length - 1, (subjects.Length - 1) * (k - 1), k),
            _ => Agreement(squares, subjects.Length, k),
        };
    }

    /// <summary>(F − 1)/(F + k − 1) of a ratio of mean squares, and of the ends of that ratio's interval.</summary>
    private static IccEstimate ByRatio(double ratio, int between, int within, int k)
    {
        return new(Of(ratio), Of(ratio / Critical(between, within)), Of(ratio * Critical(within, between)));

        double Of(double f) => double.IsPositiveInfinity(f) ? 1 : (f - 1) / (f + k - 1);
    }

    /// <summary>ICC(2,1), whose interval takes Satterthwaite's degrees of freedom.</summary>
    private static IccEstimate Agreement(MeanSquares squares, int n, int k)
    {
        var (between, replicates, residual) = (squares.Between, squares.Replicates, squares.Residual);
        var value = (between - residual) / (between + (k - 1) * residual + k * (replicates - residual) / n);
        var a = k * value / (n * (1 - value));
        var b = 1 + k * value * (n - 1) / (n * (1 - value));
        var sum = a * replicates + b * residual;

        // One at least: weights of both signs, as a negative correlation has them, could leave none.
        var freedom = Math.Max(1, sum * sum / (a * replicates * (a * replicates) / (k - 1) + b * residual * (b * residual) / ((n - 1.0) * (k - 1))));
        var others = k * replicates + (k * n - k - n) * residual;
        var low = Critical(n - 1, freedom);
        var high = Critical(freedom, n - 1);
        return new(
            value,
            n * (between - low * residual) / (low * others + n * between),
            n * (high * between - residual) / (others + n * high * between));
    }

    /// <summary>The quantile of F. The library looks for it up to 1000 only; where it lies beyond, as with many degrees of freedom over one, that of the inverse ratio is found.</summary>
    private static double Critical(double above, double below) => FisherSnedecor.CDF(above, below, LargestSought) > Quantile
        ? FisherSnedecor.InvCDF(above, below, Quantile)
        : 1 / FisherSnedecor.InvCDF(below, above, 1 - Quantile);
}
