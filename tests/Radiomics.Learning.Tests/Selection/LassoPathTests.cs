namespace Radiomics.Learning.Tests;

public class LassoPathTests
{
    private const string Reference = """
        from sklearn.linear_model import LogisticRegression
        x, y = np.array(data['columns']).T, np.array(data['labels'])
        def fit(penalty):
            model = LogisticRegression(penalty='l1', solver='saga', tol=1e-10, max_iter=1000000, C=1 / (len(y) * penalty), random_state=0).fit(x, y)
            return [model.intercept_[0], *model.coef_[0]]
        result = [fit(penalty) for penalty in data['penalties']]
        """;

    [Theory]
    [InlineData(90, 20, 1, 1.0)]
    [InlineData(72, 40, 2, 1.0)]
    [InlineData(72, 20, 3, 3.0)]
    [InlineData(200, 12, 4, 0.3)]
    public void Coefficients_are_those_of_saga(int cases, int features, int seed, double signal)
    {
        var data = Tables.Correlated(cases, features, seed, signal);
        var (columns, labels) = (Tables.Standardised(data), Tables.Labels(data));
        var path = LassoPath.Penalties(columns, labels, 20, 0.01);
        double[] penalties = [path[1], path[4], path[7], path[10], path[13], path[16]];

        var expected = Sklearn.Run<double[][]>(Reference, new { columns, labels, penalties });

        var fits = LassoPath.Fit(columns, labels, penalties, TestContext.Current.CancellationToken);
        foreach (var (fit, reference) in fits.Zip(expected))
        {
            Assert.Equal(reference[0], fit.Intercept, 1e-4);
            Assert.All(fit.Coefficients.Zip(reference.Skip(1)), pair => Assert.Equal(pair.Second, pair.First, 1e-4));
        }

        Assert.Contains(fits[^1].Coefficients, coefficient => Math.Abs(coefficient) > 0.1);
    }

    [Theory]
    [InlineData(72, 20, 1, 1.0, 0.01)]
    [InlineData(72, 40, 2, 6.0, 0.01)]
    [InlineData(40, 80, 3, 1.0, 0.001)]
    [InlineData(30, 10, 4, 50.0, 0.0001)]
    public void Every_fit_meets_the_conditions_of_an_optimum(int cases, int features, int seed, double signal, double smallest)
    {
        var data = Tables.Correlated(cases, features, seed, signal);
        var (columns, labels) = (Tables.Standardised(data), Tables.Labels(data));
        var penalties = LassoPath.Penalties(columns, labels, 20, smallest);

        foreach (var fit in LassoPath.Fit(columns, labels, penalties, TestContext.Current.CancellationToken))
        {
            var residuals = Residuals(columns, labels, fit);
            Assert.Equal(0, residuals.Average(), 1e-8);
            for (var j = 0; j < features; j++)
            {
                var gradient = columns[j].Zip(residuals, (x, residual) => x * residual).Average();
                if (fit.Coefficients[j] != 0)
                    Assert.Equal(-fit.Penalty * Math.Sign(fit.Coefficients[j]), gradient, 1e-8);
                else
                    Assert.InRange(Math.Abs(gradient), 0, fit.Penalty + 1e-8);
            }
        }
    }

    [Fact]
    public void One_column_of_two_values_has_the_coefficient_that_calculus_gives()
    {
        // Three of four with x = 1 have the outcome, one of four with x = −1: the optimum is where the probability at x = 1 is 3/4 − λ.
        double[][] columns = [[1, 1, 1, 1, -1, -1, -1, -1]];
        bool[] labels = [true, true, true, false, true, false, false, false];

        var fit = Assert.Single(LassoPath.Fit(columns, labels, [0.05], TestContext.Current.CancellationToken));

        Assert.Equal(Math.Log(0.7 / 0.3), Assert.Single(fit.Coefficients), 1e-9);
        Assert.Equal(0, fit.Intercept, 1e-9);
    }

    [Fact]
    public void The_largest_penalty_is_the_least_that_selects_nothing()
    {
        var data = Tables.Correlated(72, 30, seed: 7);
        var (columns, labels) = (Tables.Standardised(data), Tables.Labels(data));
        var penalties = LassoPath.Penalties(columns, labels, 20, 0.01);

        var fits = LassoPath.Fit(columns, labels, [penalties[0], penalties[0] * 0.999], TestContext.Current.CancellationToken);

        Assert.False(fits[0].SelectsAny);
        Assert.True(fits[1].SelectsAny);
        Assert.Equal(0.01, penalties[^1] / penalties[0], 1e-12);
        Assert.Equal(penalties[5] / penalties[4], penalties[12] / penalties[11], 1e-12);
    }

    [Fact]
    public void Separable_classes_leave_every_coefficient_finite()
    {
        bool[] labels = [.. Enumerable.Range(0, 72).Select(i => i < 20)];
        double[] perfect = [.. labels.Select((label, i) => (label ? 10 : -10) + 0.01 * i)];
        var data = Tables.Data(labels, [("perfect", perfect), ("again", [.. perfect]), ("noise", Tables.Normal(new Random(1), 72))]);
        var columns = Tables.Standardised(data);

        var fits = LassoPath.Fit(columns, labels, LassoPath.Penalties(columns, labels, 20, 1e-4), TestContext.Current.CancellationToken);

        Assert.All(fits, fit => Assert.All(fit.Coefficients.Append(fit.Intercept), coefficient => Assert.InRange(coefficient, -100, 100)));
        Assert.All(labels.Zip(Residuals(columns, labels, fits[^1])), pair => Assert.InRange(pair.Second, -0.01, 0.01));
    }

    [Fact]
    public void A_penalty_has_the_same_fit_alone_as_on_a_path()
    {
        var data = Tables.Correlated(72, 20, seed: 8);
        var (columns, labels) = (Tables.Standardised(data), Tables.Labels(data));
        var penalties = LassoPath.Penalties(columns, labels, 20, 0.01);

        var path = LassoPath.Fit(columns, labels, penalties, TestContext.Current.CancellationToken);
        var alone = LassoPath.Fit(columns, labels, penalties[15..16], TestContext.Current.CancellationToken);

        Assert.All(path[15].Coefficients.Zip(alone[0].Coefficients), pair => Assert.Equal(pair.Second, pair.First, 1e-8));
    }

    private static double[] Residuals(double[][] columns, bool[] labels, LassoFit fit) =>
    [
        .. labels.Select((label, i) => 1 / (1 + Math.Exp(-fit.Intercept - columns.Select((column, j) => fit.Coefficients[j] * column[i]).Sum())) - (label ? 1 : 0)),
    ];
}
