using MathNet.Numerics.Distributions;

namespace Radiomics.Learning;

/// <summary>Intraclass correlation: the share of a feature's variance that lies between subjects (Shrout and Fleiss 1979).</summary>
public static class Icc
{
    /// <summary>
    /// ICC(1,1), one-way random effects, single measurement, with the lower end of its two-sided 95 % confidence interval; <paramref name="values"/>[subject][replicate], the same
    /// number of replicates (at least two) for each. A subject with a value that isn't finite is left out. Where nothing can be shown (fewer than two subjects, or no variance
    /// at all) both are −1/(k−1), the least that there can be; both are 1 where replicates agree exactly.
    /// </summary>
    public static (double Icc, double LowerBound) OneWay(double[][] values)
    {
        var k = values.Length == 0 ? 2 : values[0].Length;
        if (k < 2 || values.Any(subject => subject.Length != k))
        {
            throw new ArgumentException("Each subject needs the same number of replicates, two at least.", nameof(values));
        }

        double[][] subjects = [.. values.Where(subject => subject.All(double.IsFinite))];
        var n = subjects.Length;
        var size = n == 0 ? 0 : subjects.Max(subject => subject.Max(Math.Abs));
        var least = -1.0 / (k - 1);
        if (n < 2 || size == 0)
        {
            return (least, least);
        }

        // In units of the largest value, so that squares neither overflow nor vanish.
        double[] means = [.. subjects.Select(subject => subject.Average(value => value / size))];
        var mean = means.Average();
        var between = k * means.Sum(m => (m - mean) * (m - mean)) / (n - 1);
        var within = subjects.Select((subject, i) => subject.Sum(value => (value / size - means[i]) * (value / size - means[i]))).Sum() / (n * (k - 1.0));
        if (between + within < Rounding * Rounding)
        {
            return (least, least);
        }

        if (within < Rounding * Rounding)
        {
            return (1, 1);
        }

        var ratio = between / within;
        var bound = ratio / FisherSnedecor.InvCDF(n - 1, n * (k - 1), 0.975);
        return (Of(ratio), Of(bound));

        double Of(double f) => (f - 1) / (f + k - 1);
    }

    /// <summary>Deviations below this share of the largest value are rounding.</summary>
    private const double Rounding = 1e-13;
}
