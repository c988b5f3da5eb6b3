namespace Radiomics.Learning.Tests;

public class DeLongTests
{
    private sealed record Reference(double Auc, double Variance, double Difference, double Error, double TwoSided, double OneSided);

    /// <summary>The definition itself: the kernel of every pair, its means by row and column, and their covariance matrices.</summary>
    private const string Script = """
        from scipy.stats import norm
        y = np.array(data["labels"])
        def kernel(s):
            s = np.array(s)
            d = s[y][:, None] - s[~y][None, :]
            return (d > 0) + 0.5 * (d == 0)
        ka, kb = kernel(data["a"]), kernel(data["b"])
        m, n = ka.shape
        s = np.cov(ka.mean(1), kb.mean(1)) / m + np.cov(ka.mean(0), kb.mean(0)) / n
        difference = ka.mean() - kb.mean()
        error = np.sqrt(s[0, 0] + s[1, 1] - 2 * s[0, 1])
        result = dict(auc=ka.mean(), variance=s[0, 0], difference=difference, error=error,
                      twoSided=2 * norm.sf(abs(difference / error)), oneSided=norm.sf(difference / error))
        """;

    [Theory]
    [InlineData(60, 0)]
    [InlineData(200, 8)]
    [InlineData(9, 3)]
    public void Variance_and_paired_test_are_those_of_all_pairs(int cases, int levels)
    {
        var (a, labels) = Samples.Noisy(cases, seed: 1, levels);
        var (b, _) = Samples.Noisy(cases, seed: 2, levels, strength: 0.6);

        var expected = Sklearn.Run<Reference>(Script, new { a, b, labels });
        var (auc, variance) = DeLong.Auc(a, labels);
        var paired = DeLong.Paired(a, b, labels);

        Assert.Equal(expected.Auc, auc, 1e-12);
        Assert.Equal(expected.Variance, variance!.Value, 1e-12);
        Assert.Equal(expected.Difference, paired.Difference, 1e-12);
        Assert.Equal(expected.Error, paired.StandardError!.Value, 1e-12);
        Assert.Equal(expected.TwoSided, paired.TwoSidedP, 1e-9);
        Assert.Equal(expected.OneSided, paired.OneSidedP, 1e-9);
    }

    [Fact]
    public void The_variance_of_four_cases_can_be_followed_by_hand()
    {
        // The positives beat 2 and 1 of 2 negatives, the negatives lose to 2 and 1 of 2 positives: each side varies by 1/8, over two cases.
        Assert.Equal((0.75, 0.125), DeLong.Auc([0.8, 0.4, 0.6, 0.2], [true, true, false, false]));
    }

    [Fact]
    public void The_interval_covers_the_true_area_19_times_in_20()
    {
        const int trials = 2000;
        const double truth = 0.7602499; // Φ(1/√2): two normals one deviation apart
        var random = new Random(17);
        var covered = 0;
        for (var trial = 0; trial < trials; trial++)
        {
            bool[] labels = [.. Enumerable.Range(0, 100).Select(i => i % 2 == 0)];
            var interval = DeLong.Interval([.. labels.Select(label => Samples.Normal(random) + (label ? 1 : 0))], labels);
            covered += interval.Low <= truth && truth <= interval.High ? 1 : 0;
        }

        Assert.InRange((double)covered / trials, 0.925, 0.965);
    }

    [Fact]
    public void Equally_good_scores_differ_significantly_once_in_20_times_and_the_better_is_found()
    {
        const int trials = 1000;
        var random = new Random(18);
        int equal = 0, better = 0;
        bool[] labels = [.. Enumerable.Range(0, 120).Select(i => i % 2 == 0)];
        double[] Scores(double strength) => [.. labels.Select(label => Samples.Normal(random) + (label ? strength : 0))];
        for (var trial = 0; trial < trials; trial++)
        {
            equal += DeLong.Paired(Scores(1), Scores(1), labels).OneSidedP < 0.05 ? 1 : 0;
            better += DeLong.Paired(Scores(2), Scores(1), labels).OneSidedP < 0.05 ? 1 : 0;
        }

        Assert.InRange((double)equal / trials, 0.03, 0.07);
        Assert.True(better > 0.9 * trials, $"{better}");
    }

    [Fact]
    public void The_test_says_which_of_the_two_is_better()
    {
        var (a, labels) = Samples.Noisy(90, seed: 3, strength: 2);
        var (b, _) = Samples.Noisy(90, seed: 4, strength: 0.3);
        var ab = DeLong.Paired(a, b, labels);
        var ba = DeLong.Paired(b, a, labels);

        Assert.True(ab.Difference > 0 && ab.OneSidedP < 0.01);
        Assert.Equal(1, ab.OneSidedP + ba.OneSidedP, 1e-12);
        Assert.Equal(ab.TwoSidedP, ba.TwoSidedP, 1e-15);
        Assert.Equal(ab.TwoSidedP, 2 * ab.OneSidedP, 1e-12);
    }

    [Fact]
    public void Scores_that_rank_alike_are_equally_good_without_a_variance()
    {
        var (a, labels) = Samples.Noisy(50, seed: 7);

        Assert.Equal(new PairedAuc(0, 0, 0, 1, 0.5), DeLong.Paired(a, [.. a.Select(p => Math.Exp(5 * p))], labels));
    }

    [Fact]
    public void Separated_classes_have_an_interval_that_admits_how_few_they_are()
    {
        bool[] labels = [false, false, false, false, true, true, true];
        var perfect = DeLong.Interval([1, 2, 3, 4, 5, 6, 7], labels);
        var reversed = DeLong.Interval([7, 6, 5, 4, 3, 2, 1], labels);

        // Three successes in three: the exact binomial bound solves p³ = 0.025.
        Assert.Equal(0.2924018, perfect.Low, 1e-6);
        Assert.Equal(1, perfect.High);
        Assert.Equal(0, reversed.Low);
        Assert.Equal(1 - perfect.Low, reversed.High, 1e-12);
    }

    [Fact]
    public void A_perfect_score_against_a_constant_one_is_as_significant_as_a_permutation_can_be()
    {
        bool[] labels = [true, true, true, false, false];
        var paired = DeLong.Paired([5, 4, 3, 2, 1], [0, 0, 0, 0, 0], labels);

        Assert.Equal(0.5, paired.Difference);
        Assert.Equal(0, paired.StandardError);
        Assert.Null(paired.Z);
        Assert.Equal(0.1, paired.OneSidedP, 1e-12);
        Assert.Equal(0.2, paired.TwoSidedP, 1e-12);
        Assert.Equal(0.9, DeLong.Paired([0, 0, 0, 0, 0], [5, 4, 3, 2, 1], labels).OneSidedP, 1e-12);
    }

    [Fact]
    public void A_class_of_one_case_shows_nothing()
    {
        bool[] labels = [true, false, false, false];

        Assert.Equal((1.0, null), DeLong.Auc([4, 1, 2, 3], labels));
        Assert.Equal(new Interval(0, 1), DeLong.Interval([4, 1, 2, 3], labels));
        Assert.Equal(new PairedAuc(1, null, null, 1, 1), DeLong.Paired([4, 1, 2, 3], [0, 1, 2, 3], labels));
    }

    [Fact]
    public void The_interval_stays_inside_0_and_1()
    {
        var interval = DeLong.Interval([1, 2, 3, 5, 4, 6, 7, 8], [false, false, false, false, true, true, true, true]);

        Assert.Equal(1, interval.High);
        Assert.InRange(interval.Low, 0.5, 0.9);
    }
}
