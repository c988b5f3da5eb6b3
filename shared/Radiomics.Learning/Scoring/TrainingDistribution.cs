namespace Radiomics.Learning;

/// <summary>
/// Where the training cases lie: ranges and percentiles in the features' own units, and the Mahalanobis geometry of the standardised, imputed values. The covariance is
/// shrunk towards a multiple of the identity (Ledoit and Wolf 2004), so that its inverse always exists. The cases' own distances are leave-one-out:
/// each from mean and covariance of the others, with the same shrinkage.
/// </summary>
public sealed record TrainingDistribution
{
    /// <summary>Percentile of the distance from which on (inclusive) a patient counts as outside.</summary>
    public const double OutsidePercentile = 97.5;

    /// <summary>A feature each, in the order of the model.</summary>
    public required IReadOnlyList<FeatureDistribution> Features { get; init; }

    /// <summary>Mean of the standardised values.</summary>
    public required IReadOnlyList<double> Center { get; init; }

    /// <summary>Weight of the identity in the covariance, in [0,1].</summary>
    public required double Shrinkage { get; init; }

    /// <summary>Inverse of the shrunk covariance, row by row.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Precision { get; init; }

    /// <summary>Leave-one-out distances of the training cases, ascending.</summary>
    public required IReadOnlyList<double> Distances { get; init; }

    /// <summary>Describes the training cases.</summary>
    /// <param name="features">The model's features.</param>
    /// <param name="columns">A column a feature in its own unit, NaN where missing; all of the same length.</param>
    public static TrainingDistribution Fit(IReadOnlyList<ModelFeature> features, IReadOnlyList<double[]> columns)
    {
        var cases = columns[0].Length;
        double[][] rows = [.. Enumerable.Range(0, cases).Select(c => features.Select((f, i) => f.Standardise(double.IsNaN(columns[i][c]) ? null : columns[i][c])).ToArray())];
        var shape = ShrunkCovariance.Fit(rows);
        return new()
        {
            Features = [.. features.Select((feature, i) => Describe(feature, columns[i]))],
            Center = shape.Mean,
            Shrinkage = shape.Shrinkage,
            Precision = shape.Precision(),
            Distances = [.. Enumerable.Range(0, cases).Select(c => shape.Without(rows[c]).Distance(rows[c])).Order()],
        };
    }

    /// <summary>How far a case lies: its values in their own units (null where undefined), and standardised.</summary>
    public TrainingDistance Distance(IReadOnlyList<double?> values, ReadOnlySpan<double> standardised)
    {
        var mahalanobis = ShrunkCovariance.Distance(standardised, Center, Precision);
        var nearer = Distances.Count(d => d < mahalanobis);
        var percentile = 100 * (nearer + Distances.Count(d => d == mahalanobis) / 2.0) / Distances.Count;
        string[] outOfRange = [.. Features.Where((f, i) => values[i] < f.Minimum || values[i] > f.Maximum).Select(f => f.Name)];
        var outside = outOfRange.Length > 0 || percentile >= OutsidePercentile;
        return new(mahalanobis, percentile, outOfRange, outside, outside ? Sentence(percentile, outOfRange) : null);
    }

    internal bool Fits(IReadOnlyList<ModelFeature> features) =>
        Features.Select(f => f.Name).SequenceEqual(features.Select(f => f.Name), StringComparer.Ordinal)
        && Features.All(f => double.IsFinite(f.Minimum) && f.Minimum <= f.Maximum)
        && Center.Count == features.Count && Center.All(double.IsFinite)
        && Precision.Count == features.Count && Precision.All(row => row.Count == features.Count && row.All(double.IsFinite))
        && Distances.Count > 0 && Distances.All(d => d >= 0);

    private static string Sentence(double percentile, string[] outOfRange)
    {
        var far = FormattableString.Invariant($"farther from the training cases' mean than {Math.Floor(percentile):0} % of them");
        return outOfRange.Length == 0
            ? $"This study lies {far}; the model has seen few like it, and its probability may be wrong."
            : $"This study lies outside the range of the training cases in {string.Join(", ", outOfRange)}{(percentile >= OutsidePercentile ? $", and {far}" : "")}; "
                + "the model has not seen its like, and its probability may be wrong.";
    }

    private static FeatureDistribution Describe(ModelFeature feature, double[] column)
    {
        double[] values = [.. column.Where(v => !double.IsNaN(v)).Order()];
        var missing = column.Length - values.Length;
        if (values.Length == 0)
        {
            values = [feature.Imputation];
        }

        double At(double share)
        {
            var position = share * (values.Length - 1);
            var below = (int)position;
            return below + 1 < values.Length ? values[below] + (position - below) * (values[below + 1] - values[below]) : values[below];
        }

        return new(feature.Name, missing, values[0], At(0.01), At(0.05), At(0.25), At(0.5), At(0.75), At(0.95), At(0.99), values[^1]);
    }
}

/// <summary>One feature over the training cases, in its own unit; missing values don't count.</summary>
/// <param name="Name">IBSI tag or covariate.</param>
/// <param name="Missing">Training cases without a value.</param>
/// <param name="Minimum">Smallest value.</param>
/// <param name="Percentile1">1st percentile.</param>
/// <param name="Percentile5">5th percentile.</param>
/// <param name="Percentile25">25th percentile.</param>
/// <param name="Median">50th percentile.</param>
/// <param name="Percentile75">75th percentile.</param>
/// <param name="Percentile95">95th percentile.</param>
/// <param name="Percentile99">99th percentile.</param>
/// <param name="Maximum">Largest value.</param>
public sealed record FeatureDistribution(
    string Name,
    int Missing,
    double Minimum,
    double Percentile1,
    double Percentile5,
    double Percentile25,
    double Median,
    double Percentile75,
    double Percentile95,
    double Percentile99,
    double Maximum);
