namespace Radiomics.Learning;

/// <summary>Which covariates a harmonisation keeps, and their values in a row.</summary>
internal sealed class CovariateDesign
{
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
        return new(names, [.. new WithinBatches(batchOfRow, batches, Array.ConvertAll(rows, row => all.Row(covariates, row))).Used], means);
    }

    /// <summary>The used covariates of one row, less their means over the fitted rows; a missing one is 0.</summary>
    public double[] Row(FeatureMatrix? covariates, int row) =>
        Array.ConvertAll(_used, i => double.IsFinite(covariates!.Columns[i][row]) ? covariates.Columns[i][row] - _means[i] : 0);

    /// <summary><see cref="ArgumentException"/> unless the covariates are those of the fit.</summary>
    public void Require(FeatureMatrix? covariates)
    {
        if (!(covariates?.Names ?? []).SequenceEqual(_names, StringComparer.Ordinal))
        {
            throw new ArgumentException("The covariates are not those that the harmonisation was fitted with.", nameof(covariates));
        }
    }
}
