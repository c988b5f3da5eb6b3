namespace Radiomics.Learning.Tests;

public class PenaltyChoiceTests
{
    private static readonly (int Cases, double[] Deviance)[] Folds = [(10, [1.4, 1.2, 0.9, 1.0]), (10, [1.4, 1.1, 1.1, 1.2]), (10, [1.4, 1.3, 1.0, 1.1])];

    [Theory]
    [InlineData(0, 2)]
    // Means 1.4, 1.2, 1.0, 1.1; the standard error at the best is √(0.02/3/2) = 0.0577.
    [InlineData(1, 2)]
    [InlineData(3.4, 2)]
    [InlineData(3.5, 1)]
    [InlineData(7, 0)]
    public void The_largest_penalty_within_the_standard_errors_of_the_best_is_chosen(double standardErrors, int expected) =>
        Assert.Equal(expected, PenaltyChoice.ByRule(Folds, standardErrors));

    [Fact]
    public void Folds_count_by_their_cases() =>
        Assert.Equal(1, PenaltyChoice.ByRule([(1, [1.0, 2.0]), (9, [2.0, 1.5])], standardErrors: 0));

    [Fact]
    public void Where_the_rule_selects_nothing_the_largest_penalty_that_selects_anything_is_taken()
    {
        var data = Tables.Correlated(60, 10, seed: 4, signal: 0);
        var (columns, labels) = (Tables.Standardised(data), Tables.Labels(data));
        int[] folds = [.. Enumerable.Range(0, 60).Select(i => i % 5)];
        var settings = new SelectionSettings { StandardErrors = 10 };

        var fit = PenaltyChoice.Fit(columns, labels, folds, settings, TestContext.Current.CancellationToken);

        Assert.Equal(LassoPath.Penalties(columns, labels, settings.Penalties, settings.SmallestPenalty)[1], fit.Penalty);
        Assert.True(fit.SelectsAny);
    }

    [Fact]
    public void A_fold_whose_rest_lacks_a_class_is_left_out()
    {
        double[][] columns = [Tables.Normal(new Random(1), 20)];
        bool[] labels = [.. Enumerable.Range(0, 20).Select(i => i is 0 or 5)];

        // Both cases with the outcome are in fold 0.
        var fit = PenaltyChoice.Fit(columns, labels, [.. Enumerable.Range(0, 20).Select(i => i % 5)], new SelectionSettings(), TestContext.Current.CancellationToken);

        Assert.True(double.IsFinite(fit.Intercept));
        Assert.True(fit.SelectsAny);
    }

    [Fact]
    public void A_strong_signal_gets_a_smaller_penalty_than_noise()
    {
        var (signal, noise) = (Share(2), Share(0));

        Assert.True(signal < noise / 2, $"{signal} {noise}");

        static double Share(double strength)
        {
            var data = Tables.Correlated(100, 12, seed: 6, strength);
            var (columns, labels) = (Tables.Standardised(data), Tables.Labels(data));
            var fit = PenaltyChoice.Fit(columns, labels, [.. Enumerable.Range(0, 100).Select(i => i % 5)], new SelectionSettings(), TestContext.Current.CancellationToken);
            return fit.Penalty / LassoPath.Penalties(columns, labels, 20, 0.01)[0];
        }
    }
}
