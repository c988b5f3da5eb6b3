namespace Radiomics.Learning;

/// <summary>Least squares with a mean a batch: what is left after taking the batch means off both sides (Frisch and Waugh).</summary>
internal static class WithinBatches
{
    /// <summary>Takes off the mean of each batch, in place; returns the means (0 for a batch without values).</summary>
    public static double[] Center(double[] column, int[] batchOfValue, int batches)
    {
        var sums = new double[batches];
        var counts = new int[batches];
        for (var i = 0; i < column.Length; i++)
        {
            sums[batchOfValue[i]] += column[i];
            counts[batchOfValue[i]]++;
        }

        double[] means = [.. sums.Select((sum, batch) => counts[batch] == 0 ? 0 : sum / counts[batch])];
        for (var i = 0; i < column.Length; i++)
        {
            column[i] -= means[batchOfValue[i]];
        }

        return means;
    }

    /// <summary>The direction of a column after what orthonormal directions explain, of length 1; null if no more than <paramref name="least"/> is left.</summary>
    public static double[]? Orthogonalise(double[] column, IReadOnlyList<double[]> basis, double least)
    {
        double[] rest = [.. column];

        // Twice is enough (Kahan): the second pass takes off what rounding left of the first.
        for (var pass = 0; pass < 2; pass++)
        {
            foreach (var direction in basis)
            {
                var share = Dot(rest, direction);
                for (var i = 0; i < rest.Length; i++)
                {
                    rest[i] -= share * direction[i];
                }
            }
        }

        var length = Math.Sqrt(Dot(rest, rest));
        return length > least ? [.. rest.Select(value => value / length)] : null;
    }

    /// <summary>
    /// Coefficients of centered columns for a centered outcome, by orthogonalisation; 0 for a column that those before it explain.
    /// </summary>
    public static double[] Solve(double[][] columns, double[] outcome)
    {
        var basis = new List<double[]>();
        var used = new List<int>();
        for (var i = 0; i < columns.Length; i++)
        {
            if (Orthogonalise(columns[i], basis, 1e-8 * Math.Sqrt(Dot(columns[i], columns[i]))) is double[] direction)
            {
                basis.Add(direction);
                used.Add(i);
            }
        }

        // Back substitution: directions against columns are upper triangular.
        var coefficients = new double[columns.Length];
        for (var i = used.Count - 1; i >= 0; i--)
        {
            var rest = Dot(basis[i], outcome);
            for (var j = i + 1; j < used.Count; j++)
            {
                rest -= Dot(basis[i], columns[used[j]]) * coefficients[used[j]];
            }

            coefficients[used[i]] = rest / Dot(basis[i], columns[used[i]]);
        }

        return coefficients;
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
