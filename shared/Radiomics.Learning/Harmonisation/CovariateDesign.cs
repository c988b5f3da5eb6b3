namespace Radiomics.Learning;

/// <summary>The covariates of a harmonisation as columns that are independent of the batches and of each other.</summary>
internal sealed class CovariateDesign
{
    private const double Dependent = 1e-8;

    private readonly string[] _names;
    private readonly int[] _used;
    private readonly double[] _means;

    private CovariateDesign(string[] names, int[] used, double[] means) => (_names, _used, _means) = (names, used, means);

    /// <summary>Covariates left out, because batches and the other covariates explain them.</summary>
    public IReadOnlyList<string> Unused => [.. _names.Where((_, i) => !_used.Contains(i))];

    /// <summary>Chooses the covariates, in their order, that vary within batches beyond what those before them explain.</summary>
    public static CovariateDesign Fit(FeatureMatrix? covariates, int[] rows, int[] batchOfRow, int batches)
    {
        var names = covariates?.Names.ToArray() ?? [];
        double[] means = [.. names.Select((_, i) => rows.Select(row => covariates!.Columns[i][row]).Where(double.IsFinite).DefaultIfEmpty(0).Average())];
        var all = new CovariateDesign(names, [.. Enumerable.Range(0, names.Length)], means);
        double[][] byRow = [.. rows.Select(row => all.Row(covariates, row))];
        var basis = new List<double[]>();
        var used = new List<int>();
        for (var i = 0; i < names.Length; i++)
        {
            double[] column = [.. byRow.Select(row => row[i])];
            var size = Math.Sqrt(column.Sum(value => value * value));
            WithinBatches.Center(column, batchOfRow, batches);
            if (WithinBatches.Orthogonalise(column, basis, Dependent * size) is double[] direction)
            {
                basis.Add(direction);
                used.Add(i);
            }
        }

        return new(names, [.. used], means);
    }

    /// <summary>The used covariates of one row, less their means over the fitted rows; a missing one is 0.</summary>
    public double[] Row(FeatureMatrix? covariates, int row) =>
        [.. _used.Select(i => double.IsFinite(covariates!.Columns[i][row]) ? covariates.Columns[i][row] - _means[i] : 0)];

    /// <summary><see cref="ArgumentException"/> unless the covariates are those of the fit.</summary>
    public void Require(FeatureMatrix? covariates)
    {
        if (!(covariates?.Names ?? []).SequenceEqual(_names, StringComparer.Ordinal))
        {
            throw new ArgumentException("The covariates are not those that the harmonisation was fitted with.", nameof(covariates));
        }
    }
}
