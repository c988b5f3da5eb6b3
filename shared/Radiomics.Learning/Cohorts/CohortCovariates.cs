namespace Radiomics.Learning;

/// <summary>How covariates become columns: a number is one, a category one a level but the first (0 or 1, named <c>sex=M</c>). What is missing is missing in all of them.</summary>
public sealed class CohortCovariates
{
    private readonly IReadOnlyList<CovariateDeclaration> _declarations;
    private readonly SortedDictionary<string, string[]> _levels;

    private CohortCovariates(IReadOnlyList<CovariateDeclaration> declarations, SortedDictionary<string, string[]> levels)
    {
        (_declarations, _levels) = (declarations, levels);
        Names = [.. declarations.SelectMany(Columns)];
    }

    /// <summary>The columns.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>
    /// The columns of a cohort's covariates. Levels that only <paramref name="others"/> have come after its own, so that it has the same columns alone and pooled, but
    /// for those that are all 0.
    /// </summary>
    public static CohortCovariates Of(Cohort cohort, params IReadOnlyList<Cohort> others)
    {
        var levels = new SortedDictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var category in cohort.Covariates.Where(covariate => covariate.Type == CovariateType.Category))
        {
            string[] own = Levels(cohort, category);
            levels.Add(category.Name, [.. own, .. others.SelectMany(other => Levels(other, category)).Distinct(StringComparer.Ordinal).Except(own).Order(StringComparer.Ordinal)]);
        }

        return new(cohort.Covariates, levels);
    }

    /// <summary>The values of a study by column; null where missing, as is a covariate that <paramref name="cohort"/>, whose study it is, declares otherwise or not at all.</summary>
    public IReadOnlyDictionary<string, double?> Row(Cohort cohort, CohortRow row)
    {
        var values = new SortedDictionary<string, double?>(StringComparer.Ordinal);
        foreach (var declaration in _declarations)
        {
            var value = cohort.Covariates.Contains(declaration) ? row.Covariates.GetValueOrDefault(declaration.Name) : null;
            if (declaration.Type == CovariateType.Number)
            {
                values.Add(declaration.Name, value is not null && CohortRows.TryNumber(value, out var number) ? number : null);
                continue;
            }

            foreach (var level in _levels[declaration.Name].Skip(1))
            {
                values.Add(Column(declaration, level), value is null ? null : value == level ? 1 : 0);
            }
        }

        return values;
    }

    /// <summary>Covariates of a cohort, a row a study.</summary>
    public static FeatureMatrix Matrix(Cohort cohort)
    {
        var covariates = Of(cohort);
        return FeatureMatrix.From([.. cohort.Rows.Select(row => covariates.Row(cohort, row))], covariates.Names);
    }

    private static string[] Levels(Cohort cohort, CovariateDeclaration category) => cohort.Covariates.Contains(category)
        ? [.. cohort.Rows.Select(row => row.Covariates.GetValueOrDefault(category.Name)).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]
        : [];

    private static string Column(CovariateDeclaration category, string level) => $"{category.Name}={level}";

    private IEnumerable<string> Columns(CovariateDeclaration covariate) =>
        covariate.Type == CovariateType.Number ? [covariate.Name] : _levels[covariate.Name].Skip(1).Select(level => Column(covariate, level));
}
