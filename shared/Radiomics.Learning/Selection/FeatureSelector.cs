using Radiomics.Extraction;

namespace Radiomics.Learning;

/// <summary>Feature selection, every step fitted on the rows given and on nothing else.</summary>
internal static class FeatureSelector
{
    /// <summary>Selects what one kind of candidate may read; see the overload for several.</summary>
    public static Selection Fit(
        SequenceData data, int[] rows, FeatureSet featureSet, SelectionSettings settings, int innerFolds, int seed, CancellationToken cancellation = default) =>
        Fit(data, rows, [featureSet], settings, innerFolds, seed, cancellation)[featureSet];

    /// <summary>
    /// Selects for several kinds of candidates at once, the radiomic features once for all. Radiomic features go through all steps; covariates only through imputation
    /// and near-zero variance, and stand behind the radiomic features in a joint selection. A selection has no feature only where none has values, varies and is stable.
    /// </summary>
    /// <param name="data">The sequence; <see cref="SelectedFeature.Column"/> counts its radiomic columns first, then its covariates.</param>
    /// <param name="rows">Training cases; one may occur twice, as in a bootstrap.</param>
    /// <param name="featureSets">Kinds of candidates.</param>
    /// <param name="settings">The steps' limits.</param>
    /// <param name="innerFolds">Folds inside the rows by which the L1 penalty is chosen.</param>
    /// <param name="seed">Seed of these folds.</param>
    /// <param name="cancellation">Looked at between features and between penalties.</param>
    /// <exception cref="RadiomicsException"><c>CohortUnusable</c> without cases of both classes; <c>InvalidProtocol</c> for a pattern that can't be read.</exception>
    public static IReadOnlyDictionary<FeatureSet, Selection> Fit(
        SequenceData data, int[] rows, IReadOnlyList<FeatureSet> featureSets, SelectionSettings settings, int innerFolds, int seed, CancellationToken cancellation = default)
    {
        Selection? radiomics = null;
        Selection? covariates = null;
        var selections = new Dictionary<FeatureSet, Selection>();
        foreach (var featureSet in featureSets)
        {
            selections[featureSet] = featureSet switch
            {
                FeatureSet.Radiomics => Radiomics(),
                FeatureSet.Clinical => Covariates(),
                _ => Joint(Radiomics(), Covariates()),
            };
        }

        return selections;

        Selection Radiomics() => radiomics ??= OfRadiomics(data, rows, settings, innerFolds, seed, cancellation);
        Selection Covariates() => covariates ??= OfCovariates(data, rows, settings);
    }

    private static Selection OfRadiomics(SequenceData data, int[] rows, SelectionSettings settings, int innerFolds, int seed, CancellationToken cancellation)
    {
        var matrix = data.Radiomics;
        var labels = Array.ConvertAll(rows, row => data.Cases[row].Label);
        if (!labels.Contains(true) || !labels.Contains(false))
            throw new RadiomicsException("CohortUnusable", $"Features of {data.Sequence} can't be chosen: the {rows.Length} training cases at hand are all of one class. Add patients, or ask for fewer folds.");

        var included = IncludedNames.Match(matrix.Names, settings.Include);
        using var screening = new Screening(matrix, rows, settings);
        screening.Screen(included, data.Stability, labels);
        cancellation.ThrowIfCancellationRequested();
        var distinct = Redundancy.Reduce(screening.Features, screening.RankRows, rows.Length, settings.MaxCorrelation, cancellation);
        var relevant = Univariate(distinct, settings.MaxP);
        var columns = relevant.ConvertAll(feature => feature.Standardised(matrix, rows)).ToArray();
        var taken = Mrmr.Select(columns, labels, settings.MrmrFeatures);
        var penalised = Lasso(Array.ConvertAll(taken, j => columns[j]), labels);
        SelectedFeature[] chosen =
        [
            .. taken.Select((j, k) => relevant[j].Selected(firstColumn: 0, penalised[k]))
                .Where((feature, k) => feature.LassoCoefficient != 0 || (k == 0 && Array.TrueForAll(penalised, coefficient => coefficient == 0)))
                .OrderByDescending(feature => Math.Abs(feature.LassoCoefficient)).ThenBy(feature => feature.Name, StringComparer.Ordinal),
        ];
        SelectedFeature[] capped = [.. chosen.Take(settings.MaxFeatures)];
        return new Selection
        {
            Features = capped,
            Steps =
            [
                new("radiomic features", matrix.Columns.Count),
                new("include", included.Count(isIn => isIn)),
                new("imputation", screening.Imputed),
                new("near-zero variance", screening.Varying),
                new("stability", screening.Features.Count),
                new("redundancy", distinct.Count),
                new("univariate", relevant.Count),
                new("mRMR", taken.Length),
                new("L1", chosen.Length),
                new("largest coefficients", capped.Length),
            ],
        };

        double[] Lasso(double[][] candidates, bool[] classes)
        {
            if (candidates.Length == 0)
                return [];
            var folds = StratifiedFolds.Assign(Array.ConvertAll(rows, row => data.Cases[row]), innerFolds, seed);
            return PenaltyChoice.Fit(candidates, classes, folds, settings, cancellation).Coefficients;
        }
    }

    // The features with p at most maxP, or the best one, the smallest p first.
    private static List<ScreenedFeature> Univariate(List<ScreenedFeature> features, double maxP)
    {
        features = [.. features];
        features.Sort(ScreenedFeature.ByP);
        var passing = features.FindAll(feature => MannWhitney.P(feature.Z) <= maxP);
        return passing.Count > 0 ? passing : features[..Math.Min(1, features.Count)];
    }

    private static Selection OfCovariates(SequenceData data, int[] rows, SelectionSettings settings)
    {
        var matrix = data.Covariates;
        using var screening = new Screening(matrix, rows, settings);
        screening.Screen();
        return new Selection
        {
            Features = [.. screening.Features.Select(feature => feature.Selected(data.Radiomics.Columns.Count, coefficient: 0))],
            Steps =
            [
                new("covariates", matrix.Columns.Count),
                new("imputation of covariates", screening.Imputed),
                new("near-zero variance of covariates", screening.Varying),
            ],
        };
    }

    private static Selection Joint(Selection radiomics, Selection covariates) => new()
    {
        Features = [.. radiomics.Features, .. covariates.Features],
        Steps = [.. radiomics.Steps, .. covariates.Steps, new("joint", radiomics.Features.Count + covariates.Features.Count)],
    };
}
