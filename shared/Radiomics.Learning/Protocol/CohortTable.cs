using System.Globalization;

namespace Radiomics.Learning;

/// <summary>The cohort as the card shows it: counts, and covariates by split and label.</summary>
internal static class CohortTable
{
    /// <summary>Counts of one part.</summary>
    public static CohortPartCard Part(IReadOnlyList<LearningCase> cases) => new(
        cases.Count,
        cases.Select(c => c.Patient).Distinct(StringComparer.Ordinal).Count(),
        cases.Count(c => c.Label));

    /// <summary>
    /// A card for each declared covariate: <c>n / mean ± sd</c> of a number, counts of a category's levels. The first level, which has no column of its own,
    /// is the row of those who have none of the others.
    /// </summary>
    public static IReadOnlyList<CovariateCard> Covariates(ModelRequest request, SequenceData training, HeldOutTest test)
    {
        return [.. request.Covariates.Select(Card).Where(card => card.Rows.Count > 0)];

        CovariateCard Card(CovariateDeclaration covariate)
        {
            var levels = training.Covariates.Names.Where(name => name.StartsWith($"{covariate.Name}=", StringComparison.Ordinal)).ToArray();
            return new(
                covariate.Name,
                covariate.Unit,
                covariate.Type == CovariateType.Category
                    ? [Row("(first level)", values => $"{Known(values).Count(row => row.Sum() == 0)}", levels), .. levels.Select(Level)]
                    : training.Covariates.Names.Contains(covariate.Name) ? [Row(null, Describe, covariate.Name)] : []);

            CovariateRow Level(string column) => Row(column[(covariate.Name.Length + 1)..], values => $"{Known(values).Count(row => row[0] == 1)}", column);
        }

        CovariateRow Row(string? level, Func<IReadOnlyList<double[]>, string> text, params string[] columns) => new(
            level,
            text(Values(training.Cases, training.Covariates, true, columns)),
            text(Values(training.Cases, training.Covariates, false, columns)),
            text(Values(test.Cases, test.Covariates, true, columns)),
            text(Values(test.Cases, test.Covariates, false, columns)));
    }

    private static double[][] Values(IReadOnlyList<LearningCase> cases, FeatureMatrix covariates, bool label, string[] columns)
    {
        var values = columns.Select(name => covariates.Columns[covariates.Names.ToList().IndexOf(name)]).ToArray();
        return [.. Enumerable.Range(0, cases.Count).Where(i => cases[i].Label == label).Select(i => values.Select(column => column[i]).ToArray())];
    }

    private static IEnumerable<double[]> Known(IReadOnlyList<double[]> rows) => rows.Where(row => !row.Any(double.IsNaN));

    private static string Describe(IReadOnlyList<double[]> rows)
    {
        double[] known = [.. Known(rows).Select(row => row[0])];
        if (known.Length == 0)
        {
            return "0";
        }

        var mean = known.Average();
        return known.Length == 1
            ? $"1 / {Digits(mean, 4)}"
            : $"{known.Length} / {Digits(mean, 4)} ± {Digits(Math.Sqrt(known.Sum(value => (value - mean) * (value - mean)) / (known.Length - 1)), 3)}";
    }

    // So many significant digits, but never fewer than those before the point, and no exponent.
    private static string Digits(double value, int digits)
    {
        var decimals = value == 0 ? 0 : Math.Clamp(digits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 9);
        return value.ToString($"F{decimals}", CultureInfo.InvariantCulture);
    }
}
