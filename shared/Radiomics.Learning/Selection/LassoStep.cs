namespace Radiomics.Learning;

/// <summary>The minimum of the penalised quadratic approximation over the active columns.</summary>
/// <param name="Intercept">Change of the intercept.</param>
/// <param name="InterceptGradient">Derivative of the loss by the intercept.</param>
/// <param name="Changes">Change of each active coefficient.</param>
/// <param name="Gradients">Derivative of the loss by each active coefficient.</param>
internal sealed record LassoStep(double Intercept, double InterceptGradient, double[] Changes, double[] Gradients)
{
    private const int MaxSweeps = 10_000;
    private const double Converged = 1e-10;
    private const double Flat = 1e-14;

    /// <summary>Finds it from where the coefficients and the loss are.</summary>
    public static LassoStep Find(double[][] columns, List<int> active, double[] coefficients, LogisticLoss loss, double penalty)
    {
        var count = active.Count;
        var gradients = new double[count];
        var tilt = new double[count];
        var weight = Vectors.Sum(loss.Weights);
        var intercept = Vectors.Sum(loss.Residuals);
        var curvature = Curvature(columns, active, loss, weight, tilt);

        // The intercept is put where it is best for any change of the others, which leaves a problem in them alone.
        var slopes = new double[count];
        var start = new double[count];
        for (var a = 0; a < count; a++)
        {
            gradients[a] = Vectors.Dot<double>(columns[active[a]], loss.Residuals);
            slopes[a] = gradients[a] - tilt[a] * intercept / weight;
            start[a] = coefficients[active[a]];
        }

        var end = (double[])start.Clone();
        Descend(curvature, slopes, end, penalty);
        var changes = new double[count];
        for (var a = 0; a < count; a++)
        {
            changes[a] = end[a] - start[a];
        }

        return new(-(intercept + Vectors.Dot<double>(tilt, changes)) / weight, intercept, changes, gradients);
    }

    // Second derivatives by two active coefficients with the intercept at its best; writes those by a coefficient and the intercept into tilt.
    private static double[] Curvature(double[][] columns, List<int> active, LogisticLoss loss, double weight, double[] tilt)
    {
        var count = active.Count;
        var curvature = new double[count * count];
        var weighted = new double[loss.Weights.Length];
        for (var a = 0; a < count; a++)
        {
            var column = columns[active[a]];
            Vectors.Multiply(column, loss.Weights, weighted);
            tilt[a] = Vectors.Sum(weighted);
            for (var b = 0; b <= a; b++)
            {
                curvature[a * count + b] = curvature[b * count + a] = Vectors.Dot<double>(weighted, columns[active[b]]) - tilt[a] * tilt[b] / weight;
            }
        }

        return curvature;
    }

    // Coordinate descent: all coefficients once, then those that aren't 0 until they rest, and again until a sweep over all changes nothing.
    private static void Descend(double[] curvature, double[] slopes, double[] coefficients, double penalty)
    {
        var (count, all) = (coefficients.Length, true);
        for (var sweep = 0; sweep < MaxSweeps; sweep++)
        {
            var largest = 0.0;
            for (var a = 0; a < count; a++)
            {
                var (old, bend) = (coefficients[a], curvature[a * count + a]);
                if ((!all && old == 0) || bend < Flat)
                    continue;
                var free = bend * old - slopes[a];
                var value = Math.Abs(free) <= penalty ? 0 : (free - Math.CopySign(penalty, free)) / bend;
                if (value == old)
                    continue;
                coefficients[a] = value;
                Vectors.Add(slopes, value - old, curvature.AsSpan(a * count, count));
                largest = Math.Max(largest, Math.Abs(value - old));
            }

            if (largest > Converged)
                all = false;
            else if (all)
                return;
            else
                all = true;
        }
    }
}
