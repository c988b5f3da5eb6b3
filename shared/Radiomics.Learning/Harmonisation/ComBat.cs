using Radiomics.Extraction;

namespace Radiomics.Learning;

/// <summary>
/// Takes shifts and scales between batches (center and field strength) off features, shrunk over the features by parametric empirical Bayes (Johnson, Li and Rabinovic 2007).
/// What covariates explain is kept. Labels are not an argument, so that they can't be used.
/// </summary>
public sealed class ComBat
{
    private readonly string[] _features;
    private readonly CovariateDesign _design;
    private readonly Dictionary<string, int> _batches;
    private readonly FeatureModel?[] _models;

    private ComBat(string[] features, CovariateDesign design, Dictionary<string, int> batches, FeatureModel?[] models) =>
        (_features, _design, _batches, _models) = (features, design, batches, models);

    /// <summary>The batches it was fitted on, in ordinal order.</summary>
    public IReadOnlyList<string> Batches => [.. _batches.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Covariates whose effect can't be told from the batches' (they don't vary within any, or follow from the others), so that it is not kept.</summary>
    public IReadOnlyList<string> UnusedCovariates => _design.Unused;

    /// <summary>
    /// Fits on <paramref name="rows"/> alone. A missing value is left out of its feature; a missing covariate counts as the mean over the rows. Left alone are features without
    /// variance within the batches or with too few values to tell, and everything if there is one batch. A batch with a single case gets a shift but no scale.
    /// </summary>
    /// <param name="values">Features, a row a case.</param>
    /// <param name="batches">Batch of each case.</param>
    /// <param name="covariates">Covariates to be kept, a row a case, or null.</param>
    /// <param name="rows">The cases to fit on.</param>
    public static ComBat Fit(FeatureMatrix values, IReadOnlyList<string> batches, FeatureMatrix? covariates, int[] rows)
    {
        Require(values, batches, covariates);
        ArgumentOutOfRangeException.ThrowIfZero(rows.Length);
        var known = rows.Select(row => batches[row]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select((batch, index) => (batch, index)).ToDictionary(b => b.batch, b => b.index, StringComparer.Ordinal);
        int[] batchOfRow = [.. rows.Select(row => known[batches[row]])];
        var design = CovariateDesign.Fit(covariates, rows, batchOfRow, known.Count);
        var models = new FeatureModel?[values.Columns.Count];
        if (known.Count > 1)
        {
            var cases = new WithinBatches(batchOfRow, known.Count, Array.ConvertAll(rows, row => design.Row(covariates, row)));
            Parallel.For(0, models.Length, feature =>
                models[feature] = FeatureModel.Fit(Array.ConvertAll(rows, row => values.Columns[feature][row]), cases, known.Count));
            FeatureModel[] fitted = [.. models.OfType<FeatureModel>()];
            Parallel.For(0, known.Count, batch =>
            {
                var posterior = new BatchPosterior([.. fitted.Select(model => model.Batches[batch])]);
                foreach (var model in fitted)
                {
                    (model.Shift[batch], model.Variance[batch]) = posterior.Of(model.Batches[batch]);
                }
            });
        }

        return new([.. values.Names], design, known, models);
    }

    /// <summary>
    /// Harmonises every row; missing values stay missing. <see cref="RadiomicsException"/> <c>BatchUnknown</c> if a row's batch was not fitted;
    /// <see cref="ArgumentException"/> if features or covariates are not those of the fit.
    /// </summary>
    public FeatureMatrix Apply(FeatureMatrix values, IReadOnlyList<string> batches, FeatureMatrix? covariates)
    {
        Require(values, batches, covariates);
        if (!values.Names.SequenceEqual(_features, StringComparer.Ordinal))
        {
            throw new ArgumentException("The features are not those that the harmonisation was fitted on.", nameof(values));
        }

        _design.Require(covariates);
        if (batches.FirstOrDefault(batch => !_batches.ContainsKey(batch)) is string unknown)
        {
            throw new RadiomicsException("BatchUnknown",
                $"The harmonisation does not know {unknown}; it was fitted on {string.Join(", ", Batches)}. Retrain with cases of {unknown}, or use that center's own model.");
        }

        int[] batchOfRow = [.. batches.Select(batch => _batches[batch])];
        double[][] kept = [.. Enumerable.Range(0, values.Cases).Select(row => _design.Row(covariates, row))];
        return new(values.Cases, values.Names, [.. values.Columns.Select((column, feature) => _models[feature] is FeatureModel model
            ? [.. column.Select((value, row) => model.Harmonise(value, batchOfRow[row], kept[row]))]
            : (double[])[.. column])]);
    }

    private static void Require(FeatureMatrix values, IReadOnlyList<string> batches, FeatureMatrix? covariates)
    {
        if (batches.Count != values.Cases || covariates is not null && covariates.Cases != values.Cases)
        {
            throw new ArgumentException($"There are {values.Cases} cases, {batches.Count} batches and {covariates?.Cases} rows of covariates.", nameof(batches));
        }
    }
}
