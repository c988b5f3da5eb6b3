using System.Text.Json;
using Radiomics.Extraction;

namespace Radiomics.Learning.Tests;

public class FeatureSelectorTests
{
    private static readonly SelectionSettings Defaults = new();
    private static readonly double[] Noise = Tables.Normal(new Random(1), 40);
    private static readonly bool[] Labels = [.. Enumerable.Range(0, 40).Select(i => i % 5 < 2)];

    [Fact]
    public void A_planted_signal_is_found()
    {
        var random = new Random(3);
        bool[] labels = [.. Enumerable.Range(0, 80).Select(i => i % 2 == 0)];
        var data = Tables.Data(labels, Enumerable.Range(0, 300).Select(j =>
            ($"f{j:000}", Tables.Normal(random, 80).Select((noise, i) => noise + (j is 17 or 170 && labels[i] ? 2 : 0)).ToArray())));

        var selection = Fit(data);

        Assert.Equal(["f017", "f170"], selection.Features.Take(2).Select(feature => feature.Name).Order());
        Assert.All(selection.Features.Take(2), feature => Assert.True(feature.LassoCoefficient > 0.3));
    }

    [Fact]
    public void Nothing_outside_the_rows_changes_the_selection()
    {
        var data = Tables.Correlated(90, 200, seed: 12);
        int[] rows = [.. Tables.AllRows(data).Where(i => i % 5 != 0)];

        Assert.Equal(Fingerprint(data, rows), Fingerprint(Spoilt(data, row => row % 5 == 0), rows));
        Assert.NotEqual(Fingerprint(data, rows), Fingerprint(Spoilt(data, row => row is 1 or 2 or 3), rows));
    }

    [Fact]
    public void The_order_of_the_columns_plays_no_part()
    {
        var data = Tables.Correlated(72, 200, seed: 13);
        // Twins of every tenth feature: only the name tells them apart.
        var columns = data.Radiomics.Names.Zip(data.Radiomics.Columns).ToList();
        columns.AddRange(columns.Where((_, j) => j % 10 == 0).Select(twin => ("e" + twin.First, twin.Second.Select(value => -value).ToArray())).ToArray());
        var shuffled = columns.ToArray();
        new Random(4).Shuffle(shuffled);

        var first = Fit(Tables.Data(Tables.Labels(data), columns));
        var second = Fit(Tables.Data(Tables.Labels(data), shuffled));

        Assert.Equal(first.Features.Select(feature => feature with { Column = 0 }), second.Features.Select(feature => feature with { Column = 0 }));
        Assert.Equal(first.Steps, second.Steps);
        Assert.All(second.Features, feature => Assert.Equal(feature.Name, shuffled[feature.Column].First));
    }

    [Fact]
    public void Many_threads_at_once_select_what_one_selects()
    {
        var data = Tables.Correlated(72, 200, seed: 14);
        var rows = Tables.AllRows(data);
        var expected = Fingerprint(data, rows);
        var found = new string[16];

        Parallel.For(0, found.Length, i => found[i] = Fingerprint(data, rows));

        Assert.All(found, one => Assert.Equal(expected, one));
    }

    [Fact]
    public void Every_step_says_how_many_features_it_left()
    {
        double[] useful = [.. Noise.Select((noise, i) => noise + (Labels[i] ? 2 : 0))];
        var data = Tables.Data(
            Labels,
            [
                ("excluded", useful),
                ("missing", [.. useful.Select((value, i) => i % 4 == 0 ? double.NaN : value)]),
                ("constant", [.. useful.Select(_ => 0.1)]),
                ("unstable", useful),
                ("unmeasured", useful),
                ("x_useful", useful),
                ("x_twin", [.. useful.Select(value => 3 - value)]),
                ("x_useless", [.. Enumerable.Range(0, 40).Select(i => (double)(i / 5))]),
            ],
            stability: new Dictionary<string, double> { ["unstable"] = 0.74, ["x_useful"] = 0.75, ["x_twin"] = 0.749999, ["x_useless"] = 0.9, ["missing"] = 1, ["constant"] = 1 });

        var selection = Fit(data, Defaults with { Include = ["missing|constant|un.*", "x_.*"] });

        Assert.Equal(
            [
                new("radiomic features", 8), new("include", 7), new("imputation", 6), new("near-zero variance", 5), new("stability", 2), new("redundancy", 2),
                new("univariate", 1), new("mRMR", 1), new("L1", 1), new("largest coefficients", 1),
            ],
            selection.Steps);
        Assert.Equal("x_useful", Assert.Single(selection.Features).Name);
    }

    [Fact]
    public void A_selected_feature_carries_median_mean_and_deviation_of_the_rows()
    {
        double[] values = [1, 2, 3, 4, 10, 11, 12, double.NaN, 1e6];
        bool[] labels = [false, false, false, false, true, true, true, true, false];

        var feature = Assert.Single(Fit(Tables.Data(labels, [("a", values)]), rows: [0, 1, 2, 3, 4, 5, 6, 7]).Features);

        // With the median 4 in its place: 1 2 3 4 10 11 12 4.
        Assert.Equal(4, feature.Imputation);
        Assert.Equal(47 / 8.0, feature.Mean, 1e-12);
        Assert.Equal(Math.Sqrt(411 / 8.0 - 47 * 47 / 64.0), feature.Deviation, 1e-12);
        Assert.Equal((4 - feature.Mean) / feature.Deviation, feature.Standardise(double.NaN));
    }

    [Fact]
    public void Where_all_are_useless_something_is_still_selected()
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var selection = Fit(Tables.Correlated(50, 40, seed, signal: 0));

            Assert.InRange(selection.Features.Count, 1, Defaults.MaxFeatures);
            Assert.All(selection.Features, feature => Assert.True(double.IsFinite(feature.LassoCoefficient) && feature.Deviation > 0));
        }
    }

    [Fact]
    public void A_feature_that_says_exactly_nothing_is_selected_where_there_is_no_other()
    {
        var feature = Assert.Single(Fit(Tables.Data([true, false, true, false, true, false, true, false], [("even", [1, 1, 2, 2, 3, 3, 4, 4])])).Features);

        Assert.Equal("even", feature.Name);
        Assert.Equal(0, feature.LassoCoefficient, 1e-6);
    }

    [Fact]
    public void Where_nothing_varies_nothing_is_selected()
    {
        var selection = Fit(Tables.Data(Labels, [("a", [.. Noise.Select(_ => 7.0)]), ("b", [.. Noise.Select(_ => double.NaN)])]));

        Assert.Empty(selection.Features);
        Assert.Equal(0, selection.Steps[^1].Left);
    }

    [Fact]
    public void A_value_too_large_to_average_leaves_its_feature_out()
    {
        double[] infinite = [.. Noise.Select((value, i) => i == 3 ? double.PositiveInfinity : value)];
        double[] huge = [.. Noise.Select(value => value * 1e200)];

        Assert.Equal("a", Assert.Single(Fit(Tables.Data(Labels, [("a", Noise), ("b", infinite), ("c", huge)])).Features).Name);
    }

    [Fact]
    public void A_perfect_feature_is_selected_with_finite_numbers()
    {
        var perfect = Labels.Select((label, i) => (label ? 5 : -5) + 0.1 * Noise[i]).ToArray();
        var random = new Random(2);
        var data = Tables.Data(Labels, [("perfect", perfect), .. Enumerable.Range(0, 30).Select(j => ($"f{j}", Tables.Normal(random, 40)))]);

        var selection = Fit(data);

        Assert.Equal("perfect", selection.Features[0].Name);
        Assert.InRange(selection.Features[0].LassoCoefficient, 1, 100);
    }

    [Fact]
    public void No_more_than_the_largest_coefficients_are_kept()
    {
        var data = Tables.Correlated(120, 60, seed: 5, signal: 2);
        var wide = Fit(data, Defaults with { StandardErrors = 0, MaxFeatures = 60 });
        Assert.True(wide.Features.Count > 3);

        var narrow = Fit(data, Defaults with { StandardErrors = 0, MaxFeatures = 3 });

        Assert.Equal(wide.Features.Take(3), narrow.Features);
        Assert.Equal(wide.Features.Select(feature => Math.Abs(feature.LassoCoefficient)).OrderDescending(), wide.Features.Select(feature => Math.Abs(feature.LassoCoefficient)));
        Assert.Equal(new SelectionStep("L1", wide.Features.Count), narrow.Steps[^2]);
    }

    [Fact]
    public void A_case_that_occurs_twice_is_no_danger()
    {
        var data = Tables.Correlated(60, 50, seed: 6);
        var random = new Random(7);

        var selection = Fit(data, rows: [.. Enumerable.Range(0, 60).Select(_ => random.Next(60))]);

        Assert.InRange(selection.Features.Count, 1, Defaults.MaxFeatures);
    }

    [Fact]
    public void Fewer_cases_of_a_class_than_folds_are_no_danger()
    {
        var data = Tables.Data([.. Enumerable.Range(0, 40).Select(i => i < 2)], [("a", Noise), ("b", Tables.Normal(new Random(8), 40))]);

        Assert.NotEmpty(Fit(data).Features);
    }

    [Fact]
    public void Cases_of_one_class_are_too_few()
    {
        var data = Tables.Data([.. Labels.Select(_ => true)], [("a", Noise)]);

        Assert.Equal("CohortUnusable", Assert.Throws<RadiomicsException>(() => Fit(data)).Code);
    }

    [Fact]
    public void A_pattern_admits_whole_names_only()
    {
        double[] other = Tables.Normal(new Random(9), 40);
        var data = Tables.Data(Labels, [("ab", Noise), ("abc", other), ("xab", other)]);

        Assert.Equal(1, Fit(data, Defaults with { Include = ["ab"] }).Steps[1].Left);
        Assert.Equal(2, Fit(data, Defaults with { Include = ["ab", "x.*"] }).Steps[1].Left);
        Assert.Equal(2, Fit(data, Defaults with { Include = ["ab|xab"] }).Steps[1].Left);
    }

    [Theory]
    [InlineData("(a")]
    [InlineData("(?=a).*")]
    [InlineData("b)|(?:a")]
    public void A_pattern_that_cannot_be_used_is_named(string pattern)
    {
        var refusal = Assert.Throws<RadiomicsException>(() => Fit(Tables.Data(Labels, [("a", Noise)]), Defaults with { Include = [pattern] }));

        Assert.Equal("InvalidProtocol", refusal.Code);
        Assert.Contains(pattern, refusal.Detail);
    }

    [Fact]
    public void Covariates_are_put_in_unasked_if_they_vary()
    {
        double[] useful = [.. Noise.Select((noise, i) => noise + (Labels[i] ? 2 : 0))];
        double[] age = Tables.Normal(new Random(10), 40);
        var data = Tables.Data(
            Labels,
            [("useful", useful), ("constant", [.. Noise.Select(_ => 1.0)])],
            [("rare", [.. Noise.Select((_, i) => i == 0 ? 1.0 : 0.0)]), ("age", age), ("ferritin", [.. age.Select((value, i) => i < 9 ? double.NaN : value)]), ("again", age)]);

        var all = FeatureSelector.Fit(data, Tables.AllRows(data), [FeatureSet.Joint, FeatureSet.Clinical, FeatureSet.Radiomics], Defaults, 5, 1, TestContext.Current.CancellationToken);

        Assert.Equal([("useful", 0)], all[FeatureSet.Radiomics].Features.Select(feature => (feature.Name, feature.Column)));
        Assert.Equal([("age", 3), ("again", 5)], all[FeatureSet.Clinical].Features.Select(feature => (feature.Name, feature.Column)));
        Assert.Equal([("useful", 0), ("age", 3), ("again", 5)], all[FeatureSet.Joint].Features.Select(feature => (feature.Name, feature.Column)));
        Assert.All(all[FeatureSet.Clinical].Features, feature => Assert.Equal(0, feature.LassoCoefficient));
        Assert.Equal(new SelectionStep("joint", 3), all[FeatureSet.Joint].Steps[^1]);
        foreach (var (featureSet, selection) in all)
        {
            Assert.Equal(JsonSerializer.Serialize(selection), JsonSerializer.Serialize(FeatureSelector.Fit(data, Tables.AllRows(data), featureSet, Defaults, 5, 1, TestContext.Current.CancellationToken)));
        }
    }

    [Fact]
    public void A_cancelled_selection_stops()
    {
        var data = Tables.Correlated(40, 20, seed: 1);

        Assert.Throws<OperationCanceledException>(() => FeatureSelector.Fit(data, Tables.AllRows(data), FeatureSet.Radiomics, Defaults, 5, 1, new CancellationToken(canceled: true)));
    }

    private static Selection Fit(SequenceData data, SelectionSettings? settings = null, int[]? rows = null) =>
        FeatureSelector.Fit(data, rows ?? Tables.AllRows(data), FeatureSet.Radiomics, settings ?? Defaults, innerFolds: 5, seed: 1, TestContext.Current.CancellationToken);

    private static string Fingerprint(SequenceData data, int[] rows) => JsonSerializer.Serialize(Fit(data, rows: rows));

    // Other values and the other label in some rows.
    private static SequenceData Spoilt(SequenceData data, Func<int, bool> isSpoilt) => data with
    {
        Cases = [.. data.Cases.Select((one, row) => isSpoilt(row) ? one with { Label = !one.Label } : one)],
        Radiomics = new FeatureMatrix(
            data.Cases.Count,
            data.Radiomics.Names,
            [.. data.Radiomics.Columns.Select((column, j) => column.Select((value, row) => !isSpoilt(row) ? value : (row + j) % 3 == 0 ? double.NaN : 1e3 * (j % 7) - value).ToArray())]),
    };
}
