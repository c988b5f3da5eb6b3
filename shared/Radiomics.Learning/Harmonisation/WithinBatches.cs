namespace Radiomics.Learning;

/// <summary>
/// Least squares of a feature on covariates with a mean a batch: what is left after taking the batch means off both sides (Frisch and Waugh). Prepared once
/// for all features that are present in the same cases.
/// </summary>
internal sealed class WithinBatches
{
    private const double Dependent = 1e-8;

    private readonly int _batches;
    private readonly double[][] _centered;
    private readonly double[][] _weights;

    /// <summary>For cases of these batches (numbers below <paramref name="batches"/>) and their covariates, a row a case.</summary>
    public WithinBatches(int[] batch, int batches, double[][] covariates)
    {
        Batch = batch;
        _batches = batches;
        var count = covariates.Length == 0 ? 0 : covariates[0].Length;
        Covariates = covariates;
        CovariateMeans = [.. Enumerable.Range(0, count).Select(c => covariates.Average(row => row[c]))];
        _centered = [.. Enumerable.Range(0, count).Select(c => Array.ConvertAll(covariates, row => row[c]))];
        var basis = new List<double[]>();
        var used = new List<int>();
        for (var c = 0; c < count; c++)
        {
            var size = Math.Sqrt(Dot(_centered[c], _centered[c]));
            Center(_centered[c], batch, batches);
            if (Orthogonalise(_centered[c], basis, size) is double[] direction)
            {
                basis.Add(direction);
                used.Add(c);
            }
        }

        Used = used;
        _weights = new double[count][];
        Array.Fill(_weights, []);

        // Directions against covariates are an upper triangle: solved from its last row up.
        for (var i = used.Count - 1; i >= 0; i--)
        {
            double[] weights = [.. basis[i]];
            foreach (var later in used.Skip(i + 1))
            {
                Subtract(weights, Dot(basis[i], _centered[later]), _weights[later]);
            }

            var pivot = Dot(basis[i], _centered[used[i]]);
            _weights[used[i]] = Array.ConvertAll(weights, weight => weight / pivot);
        }
    }

    /// <summary>Batch of each case.</summary>
    public int[] Batch { get; }

    /// <summary>Covariates, a row a case.</summary>
    public double[][] Covariates { get; }

    /// <summary>Mean of each covariate over the cases.</summary>
    public double[] CovariateMeans { get; }

    /// <summary>The covariates, in their order, that vary within batches beyond what those before them explain; the others get no effect.</summary>
    public IReadOnlyList<int> Used { get; }

    /// <summary>Effect of each covariate on a value a case, and the sum of squares that batches and covariates leave of it.</summary>
    public (double[] Effects, double Squares) Fit(double[] values)
    {
        double[] rest = [.. values];
        Center(rest, Batch, _batches);
        var effects = Array.ConvertAll(_weights, weights => weights.Length == 0 ? 0 : Dot(weights, rest));
        for (var c = 0; c < effects.Length; c++)
        {
            Subtract(rest, effects[c], _centered[c]);
        }

        return (effects, Dot(rest, rest));
    }

    /// <summary>Takes off the mean of each batch, in place.</summary>
    private static void Center(double[] column, int[] batch, int batches)
    {
        var sums = new double[batches];
        var counts = new int[batches];
        for (var i = 0; i < column.Length; i++)
        {
            sums[batch[i]] += column[i];
            counts[batch[i]]++;
        }

        for (var i = 0; i < column.Length; i++)
        {
            column[i] -= sums[batch[i]] / counts[batch[i]];
        }
    }

    /// <summary>The direction of a column after what orthonormal directions explain, of length 1; null if no more than rounding of <paramref name="size"/> is left.</summary>
    private static double[]? Orthogonalise(double[] column, IReadOnlyList<double[]> basis, double size)
    {
        double[] rest = [.. column];

        // Twice is enough (Kahan): the second pass takes off what rounding left of the first.
        for (var pass = 0; pass < 2; pass++)
        {
            foreach (var direction in basis)
            {
                Subtract(rest, Dot(rest, direction), direction);
            }
        }

        var length = Math.Sqrt(Dot(rest, rest));
        return length > Dependent * size ? Array.ConvertAll(rest, value => value / length) : null;
    }

    private static void Subtract(double[] from, double factor, double[] column)
    {
        for (var i = 0; i < from.Length; i++)
        {
            from[i] -= factor * column[i];
        }
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
