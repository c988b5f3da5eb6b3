using Radiomics.Extraction;

namespace Radiomics.Learning.Tests;

public class ComBatTests
{
    /// <summary>Johnson, Li and Rabinovic 2007, equation by equation, one feature after the other; least squares by numpy's SVD on the whole design.</summary>
    private const string Script = """
        nan = float("nan")
        y = np.array([[nan if v is None else v for v in c] for c in data["values"]]).T
        batch = np.array(data["batches"])
        names = sorted(set(batch))
        x = np.array(data["covariates"]).T if data["covariates"] else np.zeros((len(y), 0))
        fit = np.isin(np.arange(len(y)), data["rows"])
        out = y.copy()
        features = y.shape[1]
        z, alpha, sigma, kept = np.full_like(y, nan), np.zeros(features), np.zeros(features), np.zeros_like(y)
        for g in range(features):
            use = fit & ~np.isnan(y[:, g])
            design = np.c_[np.array([batch == b for b in names]).T.astype(float), x]
            beta = np.linalg.lstsq(design[use], y[use, g], rcond=None)[0]
            share = np.array([(batch[use] == b).mean() for b in names])
            alpha[g] = share @ beta[:len(names)]
            sigma[g] = np.sqrt(np.mean((y[use, g] - design[use] @ beta) ** 2))
            kept[:, g] = alpha[g] + x @ beta[len(names):]
            z[:, g] = (y[:, g] - kept[:, g]) / sigma[g]
        for b in names:
            train, all_ = fit & (batch == b), batch == b
            gamma, delta = np.nanmean(z[train], 0), np.nanvar(z[train], 0, ddof=1)
            gbar, tau2, m, s2 = gamma.mean(), gamma.var(ddof=1), delta.mean(), delta.var(ddof=1)
            a, c = 2 + m * m / s2, m + m ** 3 / s2
            for g in range(features):
                v = z[train, g][~np.isnan(z[train, g])]
                n, gs, ds = len(v), gamma[g], delta[g]
                for _ in range(500):
                    gs = (n * tau2 * gamma[g] + ds * gbar) / (n * tau2 + ds)
                    ds = (c + ((v - gs) ** 2).sum() / 2) / (a + n / 2 - 1)
                out[all_, g] = sigma[g] * (z[all_, g] - gs) / np.sqrt(ds) + kept[all_, g]
        result = [[None if np.isnan(v) else v for v in c] for c in out.T]
        """;

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Every_value_is_that_of_the_published_equations(bool withCovariates, bool withMissing)
    {
        var cohort = new Pooled(seed: 3);
        var values = cohort.Values;
        if (withMissing)
        {
            values.Columns[0][4] = values.Columns[0][50] = values.Columns[3][7] = double.NaN;
        }

        var covariates = withCovariates ? cohort.Covariates : null;
        int[] rows = [.. Enumerable.Range(0, values.Cases).Where(i => i % 4 != 3)];
        var expected = Sklearn.Run<double?[][]>(Script, new
        {
            values = values.Columns.Select(column => column.Select(v => double.IsNaN(v) ? (double?)null : v)),
            cohort.Batches,
            covariates = covariates?.Columns,
            rows,
        });

        var actual = ComBat.Fit(values, cohort.Batches, covariates, rows).Apply(values, cohort.Batches, covariates);

        for (var feature = 0; feature < expected.Length; feature++)
        {
            for (var row = 0; row < values.Cases; row++)
            {
                Assert.Equal(expected[feature][row] ?? double.NaN, actual.Columns[feature][row], 1e-8 * cohort.Scale(feature));
            }
        }
    }

    [Fact]
    public void Shifts_and_scales_between_batches_disappear()
    {
        var cohort = new Pooled(seed: 5, cases: 3000, effect: 0);
        var harmonised = cohort.Harmonised();

        for (var feature = 0; feature < Pooled.Features; feature++)
        {
            var (before, after) = (cohort.ByBatch(cohort.Values, feature), cohort.ByBatch(harmonised, feature));
            Assert.True(Spread(before.Select(b => b.Mean)) > 1.5 * cohort.Scale(feature));
            Assert.True(Spread(after.Select(b => b.Mean)) < 0.15 * cohort.Scale(feature));
            Assert.True(Ratio(before.Select(b => b.Deviation)) > 1.5);
            Assert.True(Ratio(after.Select(b => b.Deviation)) < 1.15);
        }

        static double Spread(IEnumerable<double> values) => values.Max() - values.Min();
        static double Ratio(IEnumerable<double> values) => values.Max() / values.Min();
    }

    [Fact]
    public void What_a_covariate_explains_is_kept_and_lost_without_it()
    {
        // The covariate is higher in one batch: without it, its effect there is taken for the batch's.
        var cohort = new Pooled(seed: 6, cases: 3000, effect: 3);
        var kept = Slope(cohort.Harmonised());
        var lost = Slope(ComBat.Fit(cohort.Values, cohort.Batches, null, cohort.All).Apply(cohort.Values, cohort.Batches, null));

        Assert.Equal(3, kept, 0.15);
        Assert.True(lost < 2.6, $"{lost}");

        double Slope(FeatureMatrix values)
        {
            var (x, y) = (cohort.Covariates.Columns[0], values.Columns[1]);
            var (mx, my) = (x.Average(), y.Average());
            return x.Zip(y, (a, b) => (a - mx) * (b - my)).Sum() / x.Sum(a => (a - mx) * (a - mx)) / cohort.Scale(1);
        }
    }

    [Fact]
    public void Cases_outside_the_fitted_rows_change_nothing()
    {
        var cohort = new Pooled(seed: 7);
        int[] rows = [.. cohort.All.Where(i => i % 3 != 0)];
        var expected = ComBat.Fit(cohort.Values, cohort.Batches, cohort.Covariates, rows).Apply(cohort.Values, cohort.Batches, cohort.Covariates);

        var values = new FeatureMatrix(cohort.Values.Cases, cohort.Values.Names, [.. cohort.Values.Columns.Select(column => column.Select((v, i) => i % 3 == 0 ? 1e6 : v).ToArray())]);
        string[] batches = [.. cohort.Batches.Select((batch, i) => i % 3 == 0 ? "elsewhere" : batch)];
        var covariates = new FeatureMatrix(values.Cases, cohort.Covariates.Names, [[.. cohort.Covariates.Columns[0].Select((v, i) => i % 3 == 0 ? -1e6 : v)]]);
        var actual = ComBat.Fit(values, batches, covariates, rows).Apply(cohort.Values, cohort.Batches, cohort.Covariates);

        Assert.Equal(expected.Columns, actual.Columns);
    }

    [Fact]
    public void The_order_of_features_and_cases_does_not_matter()
    {
        var cohort = new Pooled(seed: 8);
        int[] order = [.. cohort.All];
        new Random(2).Shuffle(order);
        var shuffled = new FeatureMatrix(order.Length, [.. cohort.Values.Names.Reverse()], [.. cohort.Values.Rows(order).Columns.Reverse()]);
        string[] batches = [.. order.Select(i => cohort.Batches[i])];
        var covariates = cohort.Covariates.Rows(order);

        var expected = cohort.Harmonised();
        var actual = ComBat.Fit(shuffled, batches, covariates, cohort.All).Apply(shuffled, batches, covariates);

        for (var feature = 0; feature < Pooled.Features; feature++)
        {
            Assert.All(order.Index(), at =>
                Assert.Equal(expected.Columns[feature][at.Item], actual.Columns[Pooled.Features - 1 - feature][at.Index], 1e-9 * cohort.Scale(feature)));
        }
    }

    [Fact]
    public void A_batch_that_was_not_fitted_is_named()
    {
        var cohort = new Pooled(seed: 9);
        var combat = ComBat.Fit(cohort.Values, cohort.Batches, cohort.Covariates, [.. cohort.All.Where(i => cohort.Batches[i] != "B/1.5T")]);

        var error = Assert.Throws<RadiomicsException>(() => combat.Apply(cohort.Values, cohort.Batches, cohort.Covariates));

        Assert.Equal("BatchUnknown", error.Code);
        Assert.Contains("does not know B/1.5T; it was fitted on A/1.5T, A/3.0T.", error.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void One_batch_is_left_as_it_is()
    {
        var cohort = new Pooled(seed: 10);
        string[] batches = [.. cohort.All.Select(_ => "A/3.0T")];

        Assert.Equal(cohort.Values.Columns, ComBat.Fit(cohort.Values, batches, cohort.Covariates, cohort.All).Apply(cohort.Values, batches, cohort.Covariates).Columns);
    }

    [Fact]
    public void A_batch_with_one_case_is_shifted_but_not_scaled()
    {
        var cohort = new Pooled(seed: 11);
        int[] rows = [.. cohort.All.Where(i => cohort.Batches[i] != "B/1.5T" || i == cohort.First("B/1.5T"))];
        var combat = ComBat.Fit(cohort.Values, cohort.Batches, null, rows);
        var harmonised = combat.Apply(cohort.Values, cohort.Batches, null);

        int[] there = [.. cohort.All.Where(i => cohort.Batches[i] == "B/1.5T")];
        Assert.All(Enumerable.Range(0, Pooled.Features), feature =>
        {
            double[] shifts = [.. there.Select(i => harmonised.Columns[feature][i] - cohort.Values.Columns[feature][i])];
            Assert.All(shifts, shift => Assert.Equal(shifts[0], shift, 1e-9 * cohort.Scale(feature)));
            Assert.NotEqual(0, shifts[0]);
            Assert.True(double.IsFinite(shifts[0]));
        });
    }

    [Fact]
    public void Features_without_variance_and_missing_values_are_left_alone()
    {
        var cohort = new Pooled(seed: 12);
        string[] names = ["constant", "constant_by_batch", "never", .. cohort.Values.Names];
        double[][] columns =
        [
            [.. cohort.All.Select(_ => 0.1)],
            [.. cohort.Batches.Select(batch => batch == "A/3.0T" ? 5.1 : 7.3)],
            [.. cohort.All.Select(_ => double.NaN)],
            .. cohort.Values.Columns.Select(column => column.ToArray()),
        ];
        columns[4][3] = double.NaN;
        var values = new FeatureMatrix(cohort.All.Length, names, columns);

        var harmonised = ComBat.Fit(values, cohort.Batches, cohort.Covariates, cohort.All).Apply(values, cohort.Batches, cohort.Covariates);

        Assert.Equal(columns[..3], harmonised.Columns.Take(3));
        Assert.True(double.IsNaN(harmonised.Columns[4][3]));
        Assert.Equal(1 + cohort.All.Length, harmonised.Columns.Sum(column => column.Count(double.IsNaN)));
        Assert.Equal(cohort.Harmonised().Columns[5], harmonised.Columns[8], (a, b) => Math.Abs(a - b) < 0.01 * cohort.Scale(5));
    }

    [Fact]
    public void A_feature_missing_in_all_of_a_batch_is_finite_there_when_it_comes()
    {
        var cohort = new Pooled(seed: 13);
        int[] there = [.. cohort.All.Where(i => cohort.Batches[i] == "B/1.5T")];
        var values = new FeatureMatrix(cohort.All.Length, cohort.Values.Names, [.. cohort.Values.Columns.Select(column => column.ToArray())]);
        foreach (var i in there)
        {
            values.Columns[2][i] = double.NaN;
        }

        var harmonised = ComBat.Fit(values, cohort.Batches, cohort.Covariates, cohort.All).Apply(cohort.Values, cohort.Batches, cohort.Covariates);

        Assert.All(harmonised.Columns[2], value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public void A_covariate_that_only_tells_the_batch_or_repeats_another_is_left_out_and_named()
    {
        var cohort = new Pooled(seed: 14);
        var age = cohort.Covariates.Columns[0];
        var covariates = new FeatureMatrix(cohort.All.Length, ["age", "scanner", "months"],
            [age, [.. cohort.Batches.Select(batch => batch == "A/3.0T" ? 1.0 : 0)], [.. age.Select(a => 12 * a + 3)]]);
        var combat = ComBat.Fit(cohort.Values, cohort.Batches, covariates, cohort.All);

        Assert.Equal(["scanner", "months"], combat.UnusedCovariates);
        Assert.Equal(cohort.Harmonised().Columns, combat.Apply(cohort.Values, cohort.Batches, covariates).Columns);
    }

    [Fact]
    public void A_missing_covariate_counts_as_the_mean()
    {
        var cohort = new Pooled(seed: 15);
        double[] withGap = [.. cohort.Covariates.Columns[0]];
        withGap[4] = double.NaN;
        double[] filled = [.. withGap];
        filled[4] = withGap.Where(double.IsFinite).Average();
        FeatureMatrix Harmonised(double[] ages)
        {
            var covariates = new FeatureMatrix(ages.Length, ["age"], [ages]);
            return ComBat.Fit(cohort.Values, cohort.Batches, covariates, cohort.All).Apply(cohort.Values, cohort.Batches, covariates);
        }

        Assert.All(Harmonised(filled).Columns.Zip(Harmonised(withGap).Columns).Index(), pair =>
            Assert.Equal(pair.Item.First, pair.Item.Second, (a, b) => Math.Abs(a - b) < 1e-9 * cohort.Scale(pair.Index)));
    }

    [Fact]
    public void A_single_feature_takes_its_own_mean_and_variance()
    {
        var values = new FeatureMatrix(6, ["f"], [[1, 2, 3, 14, 18, 22]]);
        string[] batches = ["a", "a", "a", "b", "b", "b"];

        var harmonised = ComBat.Fit(values, batches, null, [0, 1, 2, 3, 4, 5]).Apply(values, batches, null).Columns[0];

        // Grand mean 10; pooled variance (2·1 + 2·16)/6 = 17/3; each batch's own variance is divided out.
        var deviation = Math.Sqrt(17.0 / 3);
        Assert.Equal([10 - deviation, 10, 10 + deviation, 10 - deviation, 10, 10 + deviation], harmonised, (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Fact]
    public void Other_features_or_covariates_than_fitted_are_refused()
    {
        var cohort = new Pooled(seed: 16);
        var combat = ComBat.Fit(cohort.Values, cohort.Batches, cohort.Covariates, cohort.All);
        var other = new FeatureMatrix(cohort.All.Length, ["x"], [cohort.Values.Columns[0]]);

        Assert.Throws<ArgumentException>(() => combat.Apply(other, cohort.Batches, cohort.Covariates));
        Assert.Throws<ArgumentException>(() => combat.Apply(cohort.Values, cohort.Batches, null));
        Assert.Throws<ArgumentException>(() => combat.Apply(cohort.Values, ["A/3.0T"], cohort.Covariates));
    }
}
