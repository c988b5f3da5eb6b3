namespace Radiomics.Learning.Tests;

public class ScoringModelTests
{
    private static readonly ModelFeature[] _features = [new("a", 10, 9, 2), new("b", -1, -1, 4, Covariate: true)];

    private static readonly ScoringModel _linear = Model(new LinearForm { Intercept = 0.25, Coefficients = [0.5, -1.5] });

    // a ≤ 0.5 ? (b ≤ 0 ? −1 : 2) : 3, seen by 6, 3 and 1 cases: means 0 on the left, 0.3 in all.
    private static readonly ScoringModel _trees = Model(new TreeForm
    {
        Bias = 0.1,
        Features = 2,
        Trees = [new() { Feature = [0, 1], Threshold = [0.5f, 0], Left = [1, ~0], Right = [~1, ~2], Leaf = [-1, 3, 2], Coverage = [6, 1, 3] }],
    });

    [Fact]
    public void A_linear_score_is_calibrated_and_its_contributions_are_exact()
    {
        var scoring = _linear.Score([13, 1]);
        var logit = 0.8 * (0.25 + 0.5 * 2 - 1.5 * 0.5) - 0.3;
        Assert.Equal(1 / (1 + Math.Exp(-logit)), scoring.Probability, 12);
        Assert.Equal([0.8 * 0.5 * 2, -0.8 * 1.5 * 0.5], scoring.Contributions.Select(c => c.Contribution), (x, y) => Math.Abs(x - y) < 1e-12);
        Assert.Equal(logit, scoring.Base + scoring.Contributions.Sum(c => c.Contribution), 12);
        Assert.Equal([2.0, 0.5], scoring.Contributions.Select(c => c.Standardised));
    }

    [Theory]
    [InlineData(9, -5, -1, -0.3, -1)]
    [InlineData(9, 3, 2, -0.3, 2)]
    [InlineData(13, 3, 3, 2.7, 0)]
    public void A_tree_gives_each_split_what_it_changes_of_the_training_mean(double a, double b, double leaf, double fromA, double fromB)
    {
        var scoring = _trees.Score([a, b]);
        Assert.Equal(0.1 + leaf, scoring.Score, 12);
        Assert.Equal(0.8 * (0.1 + 0.3) - 0.3, scoring.Base, 12);
        Assert.Equal([0.8 * fromA, 0.8 * fromB], scoring.Contributions.Select(c => c.Contribution), (x, y) => Math.Abs(x - y) < 1e-12);
        var logit = Math.Log(scoring.Probability / (1 - scoring.Probability));
        Assert.Equal(logit, scoring.Base + scoring.Contributions.Sum(c => c.Contribution), 9);
    }

    [Fact]
    public void A_probability_at_the_threshold_is_positive()
    {
        var at = _linear.Score([13, 1]).Probability;
        Assert.True((_linear with { Threshold = at }).Score([13, 1]).Positive);
        Assert.False((_linear with { Threshold = at + 1e-12 }).Score([13, 1]).Positive);
    }

    [Fact]
    public void An_undefined_value_counts_as_the_median_and_is_named()
    {
        var scoring = _linear.Score([null, 1]);
        Assert.Equal(_linear.Score([10, 1]).Probability, scoring.Probability);
        Assert.Null(scoring.Contributions[0].Value);
        Assert.Contains("'a'", Assert.Single(scoring.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_out_of_range_is_warned_of()
    {
        var scoring = _linear.Score([1000, 1]);
        Assert.Equal(["a"], scoring.Distance.OutOfRange);
        Assert.Equal(scoring.Distance.Warning, Assert.Single(scoring.Warnings));
    }

    private static ScoringModel Model(ModelForm form) => new()
    {
        Learner = form is LinearForm ? Learner.LogisticRegression : Learner.FastForest,
        FeatureSet = FeatureSet.Joint,
        Features = _features,
        Form = form,
        Calibration = new(0.8, -0.3),
        Threshold = 0.5,
        Distribution = TrainingDistribution.Fit(
            _features,
            [[.. Enumerable.Range(0, 50).Select(i => i * 0.4)], [.. Enumerable.Range(0, 50).Select(i => (i * 7 % 50 - 25) * 0.5)]]),
    };
}
