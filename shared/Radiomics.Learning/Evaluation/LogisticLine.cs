namespace Radiomics.Learning;

/// <summary>Logistic regression on one variable, by Newton's method with backtracking.</summary>
internal static class LogisticLine
{
    private const int Iterations = 200;

    /// <summary>
    /// Slope and intercept of the log-odds in <paramref name="x"/>, by maximum likelihood for targets in [0,1]; a maximum must exist (targets inside (0,1), or classes
    /// that overlap). Slope 0 if x doesn't vary. x is standardised meanwhile, so that its size doesn't matter.
    /// </summary>
    public static (double Slope, double Intercept) Fit(double[] x, double[] targets)
    {
        var size = x.Max(Math.Abs);
        double[] scaled = [.. x.Select(value => size > 0 ? value / size : 0)];
        var mean = scaled.Average();
        var deviation = Math.Sqrt(scaled.Average(value => (value - mean) * (value - mean)));
        if (deviation < 1e-14)
        {
            return (0, LogOdds(targets.Average()));
        }

        double[] standard = [.. scaled.Select(value => (value - mean) / deviation)];
        var (slope, intercept) = (0.0, LogOdds(targets.Average()));
        var loss = Loss(standard, targets, slope, intercept);
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            double gradientSlope = 0, gradientIntercept = 0, h11 = 1e-12, h12 = 0, h22 = 1e-12;
            for (var i = 0; i < x.Length; i++)
            {
                var p = Sigmoid(slope * standard[i] + intercept);
                var residual = p - targets[i];
                var weight = p * (1 - p);
                gradientSlope += residual * standard[i];
                gradientIntercept += residual;
                h11 += weight * standard[i] * standard[i];
                h12 += weight * standard[i];
                h22 += weight;
            }

            var determinant = h11 * h22 - h12 * h12;
            var stepSlope = -(h22 * gradientSlope - h12 * gradientIntercept) / determinant;
            var stepIntercept = -(h11 * gradientIntercept - h12 * gradientSlope) / determinant;
            var descent = gradientSlope * stepSlope + gradientIntercept * stepIntercept;
            if (-descent < 1e-14 * (1 + loss))
            {
                // The loss can't tell any more; Newton's last step still doubles the digits.
                slope += stepSlope;
                intercept += stepIntercept;
                break;
            }

            var step = 1.0;
            var next = Loss(standard, targets, slope + stepSlope, intercept + stepIntercept);
            for (; next > loss + 1e-4 * step * descent && step > 1e-10; next = Loss(standard, targets, slope + step * stepSlope, intercept + step * stepIntercept))
            {
                step /= 2;
            }

            slope += step * stepSlope;
            intercept += step * stepIntercept;
            loss = next;
        }

        return (slope / deviation / size, intercept - slope * mean / deviation);
    }

    /// <summary>The shift of given log-odds that makes the mean probability the mean target; targets must not all be 0 or all be 1.</summary>
    public static double Intercept(double[] offsets, double[] targets)
    {
        var (low, high) = (LogOdds(targets.Average()) - offsets.Max(), LogOdds(targets.Average()) - offsets.Min());
        var shift = low / 2 + high / 2;
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            double excess = 0, weight = 0;
            for (var i = 0; i < offsets.Length; i++)
            {
                var p = Sigmoid(offsets[i] + shift);
                excess += p - targets[i];
                weight += p * (1 - p);
            }

            (low, high) = excess > 0 ? (low, shift) : (shift, high);
            var next = shift - excess / weight;
            next = next > low && next < high ? next : low / 2 + high / 2;
            if (Math.Abs(next - shift) <= 1e-15 * Math.Max(1, Math.Abs(shift)))
            {
                break;
            }

            shift = next;
        }

        return shift;
    }

    /// <summary>1 / (1 + e^−x), without overflow.</summary>
    public static double Sigmoid(double x) => x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x));

    /// <summary>ln(p / (1 − p)).</summary>
    public static double LogOdds(double p) => Math.Log(p / (1 - p));

    private static double Loss(double[] x, double[] targets, double slope, double intercept)
    {
        double sum = 0;
        for (var i = 0; i < x.Length; i++)
        {
            var z = slope * x[i] + intercept;
            sum += Math.Max(z, 0) + Math.Log(1 + Math.Exp(-Math.Abs(z))) - targets[i] * z;
        }

        return sum;
    }
}
