using Radiomics.Extraction;

namespace Radiomics.Learning;

/// <summary>Picks features by how well each alone separates the training cases, leaving out what repeats a better one.</summary>
internal static class FeatureSelection
{
    /// <summary>Indices of the chosen features, best first; sees only the given cases.</summary>
    /// <exception cref="RadiomicsException"><c>CohortUnusable</c>: no feature varies.</exception>
    public static int[] Select(FeatureTable cohort, int[] cases, TrainingRequest request)
    {
        bool[] labels = [.. cases.Select(c => cohort.Labels[c])];
        var candidates = Enumerable.Range(0, cohort.Names.Length)
            .Select(f => (Feature: f, Column: Standardised(cohort.Column(f, cases))))
            .Where(c => c.Column is not null)
            .Select(c => (c.Feature, Column: c.Column!, Separation: Math.Abs(Roc.Auc(c.Column!, labels) - 0.5)))
            .OrderByDescending(c => c.Separation)
            .ThenBy(c => c.Feature);
        var chosen = new List<(int Feature, double[] Column)>();
        foreach (var (feature, column, _) in candidates)
        {
            if (chosen.Count < request.MaxFeatures && chosen.All(c => Math.Abs(Correlation(c.Column, column)) <= request.MaxCorrelation))
            {
                chosen.Add((feature, column));
            }
        }

        FeatureTable.Require(chosen.Count > 0, "No feature varies between the cases.");
        return [.. chosen.Select(c => c.Feature)];
    }

    /// <summary>Mean and population standard deviation.</summary>
    public static (double Mean, double Deviation) Spread(double[] column)
    {
        var mean = column.Average();
        return (mean, Math.Sqrt(column.Average(v => (v - mean) * (v - mean))));
    }

    /// <summary>Mean 0, deviation 1; null where nothing varies but rounding.</summary>
    private static double[]? Standardised(double[] column)
    {
        var (mean, deviation) = Spread(column);
        return deviation > 1e-9 * Math.Abs(mean) && double.IsFinite(deviation) ? [.. column.Select(v => (v - mean) / deviation)] : null;
    }

    private static double Correlation(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Average();
}
