namespace Radiomics.Learning.Tests;

public class TrainingDistributionTests
{
    private sealed record Reference(double Shrinkage, double[] Distances, double Own);

    private const string Script = """
        from sklearn.covariance import ledoit_wolf
        x = np.array(data["rows"])
        shrunk, weight = ledoit_wolf(x)
        def distance(train, row, weight):
            s = np.cov(train.T, bias=True)
            s = (1 - weight) * s + weight * np.trace(s) / len(s) * np.eye(len(s))
            d = row - train.mean(axis=0)
            return float(np.sqrt(d @ np.linalg.inv(s) @ d))
        loo = sorted(distance(np.delete(x, i, axis=0), x[i], weight) for i in range(len(x)))
        result = dict(shrinkage=weight, distances=loo, own=distance(x, np.array(data["patient"]), weight))
        """;

    [Fact]
    public void Shrinkage_and_distances_are_those_of_sklearn_and_numpy()
    {
        var columns = Columns(cases: 40, features: 5, seed: 1);
        double?[] patient = [1, -2, 0.5, 3, 0];
        var rows = Enumerable.Range(0, 40).Select(i => columns.Select(c => c[i]).ToArray()).ToArray();
        var distribution = TrainingDistribution.Fit(Raw(5), columns);
        var expected = Sklearn.Run<Reference>(Script, new { rows, patient });

        Assert.Equal(expected.Shrinkage, distribution.Shrinkage, 1e-10);
        Assert.Equal(expected.Distances, distribution.Distances, (a, b) => Math.Abs(a - b) < 1e-8);
        Assert.Equal(expected.Own, Distance(distribution, patient).Mahalanobis, 1e-8);
    }

    [Fact]
    public void A_patient_in_the_middle_is_inside_and_one_far_off_is_outside_and_told_so()
    {
        var distribution = TrainingDistribution.Fit(Raw(3), Columns(60, 3, seed: 2));
        var inside = Distance(distribution, [0, 0, 0]);
        Assert.False(inside.Outside);
        Assert.Null(inside.Warning);
        Assert.Equal(0, inside.Percentile);

        var outside = Distance(distribution, [9, 0, 0]);
        Assert.True(outside.Outside);
        Assert.Equal(["f0"], outside.OutOfRange);
        Assert.Equal(100, outside.Percentile);
        Assert.Contains("f0", outside.Warning, StringComparison.Ordinal);
    }

    [Fact]
    public void A_combination_that_nobody_had_is_outside_although_every_feature_is_in_range()
    {
        var columns = Columns(80, 2, seed: 3);
        columns[1] = [.. columns[0].Select((v, i) => v + 0.1 * columns[1][i])];
        var odd = Distance(TrainingDistribution.Fit(Raw(2), columns), [1.2, -1.2]);
        Assert.Empty(odd.OutOfRange);
        Assert.True(odd.Percentile > 99);
        Assert.True(odd.Outside);
        Assert.NotNull(odd.Warning);
    }

    [Theory]
    [InlineData(1, 30)]
    [InlineData(4, 30)]
    [InlineData(3, 2)]
    public void Copies_of_one_feature_single_features_and_few_cases_have_finite_distances(int copies, int cases)
    {
        var column = Columns(cases, 1, seed: 4)[0];
        var distribution = TrainingDistribution.Fit(Raw(copies), [.. Enumerable.Repeat(column, copies)]);
        Assert.All(distribution.Distances, d => Assert.True(double.IsFinite(d)));
        var values = Enumerable.Repeat<double?>(0.3, copies).ToArray();
        Assert.True(double.IsFinite(Distance(distribution, values).Mahalanobis));
        values[0] = -5;
        Assert.True(double.IsFinite(Distance(distribution, values).Mahalanobis));
    }

    [Fact]
    public void Percentiles_are_linearly_interpolated_and_leave_missing_values_out()
    {
        double[] column = [.. Enumerable.Range(0, 101).Select(i => (double)i), double.NaN, double.NaN];
        var feature = TrainingDistribution.Fit(Raw(1), [column]).Features[0];
        Assert.Equal(new FeatureDistribution("f0", 2, 0, 1, 5, 25, 50, 75, 95, 99, 100), feature);
    }

    private static TrainingDistance Distance(TrainingDistribution distribution, double?[] values) =>
        distribution.Distance(values, [.. values.Select(v => v ?? 0)]);

    /// <summary>Features whose standardised value is their value.</summary>
    private static ModelFeature[] Raw(int count) => [.. Enumerable.Range(0, count).Select(i => new ModelFeature($"f{i}", 0, 0, 1))];

    private static double[][] Columns(int cases, int features, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, features).Select(_ => Enumerable.Range(0, cases).Select(_ => random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5).Select(v => 2 * v).ToArray())];
    }
}
