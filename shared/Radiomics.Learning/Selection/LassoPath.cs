namespace Radiomics.Learning;

/// <summary>
/// L1-penalised logistic regression along a path of penalties: minimises (1/n) Σ log-loss + λ ‖β‖₁ with an unpenalised intercept, which is scikit-learn's problem at
/// C = 1/(nλ). Quadratic approximation and coordinate descent with warm starts, as in Friedman, Hastie &amp; Tibshirani 2010.
/// </summary>
internal static class LassoPath
{
    /// <summary>The fits, in the order of the penalties.</summary>
    /// <param name="columns">z-scores, a column a feature.</param>
    /// <param name="labels">Class of each case; both occur.</param>
    /// <param name="penalties">Penalties, falling; each &gt; 0.</param>
    /// <param name="cancellation">Looked at before each penalty.</param>
    public static LassoFit[] Fit(double[][] columns, bool[] labels, double[] penalties, CancellationToken cancellation = default)
    {
        var solver = new LassoSolver(columns, labels);
        return Array.ConvertAll(penalties, penalty =>
        {
            cancellation.ThrowIfCancellationRequested();
            return solver.Solve(penalty);
        });
    }

    /// <summary>Penalties log-spaced from the least that selects nothing down to the share <paramref name="smallest"/> of it.</summary>
    public static double[] Penalties(double[][] columns, bool[] labels, int count, double smallest)
    {
        var share = (double)labels.Count(label => label) / labels.Length;
        var centred = Array.ConvertAll(labels, label => (label ? 1 : 0) - share);
        var largest = 0.0;
        foreach (var column in columns)
        {
            largest = Math.Max(largest, Math.Abs(Vectors.Dot<double>(column, centred)) / labels.Length);
        }

        // Above what rounding makes of it, and above 0 even where no column says anything of the labels.
        largest = Math.Max(largest * (1 + 1e-9), 1e-12);
        return [.. Enumerable.Range(0, count).Select(i => largest * Math.Pow(smallest, count == 1 ? 0 : (double)i / (count - 1)))];
    }
}
