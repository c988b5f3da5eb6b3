namespace Radiomics.Learning.Tests;

public class PlattCalibrationTests
{
    private sealed record Reference(double[] Sklearn, double[] Newton);

    [Theory]
    [InlineData(90, 0)]
    [InlineData(30, 6)]
    public void Slope_and_intercept_are_those_of_sklearn_and_of_plain_newton_iterations(int cases, int levels)
    {
        var (probabilities, labels) = Samples.Noisy(cases, seed: 8, levels);
        double[] scores = [.. probabilities.Select(p => 40 * p + 7)];

        var expected = Sklearn.Run<Reference>("""
            from sklearn.calibration import _sigmoid_calibration
            y, s = np.array(data["labels"]), np.array(data["scores"])
            a, b = _sigmoid_calibration(s, y)
            n1, n0 = y.sum(), (~y).sum()
            t = np.where(y, (n1 + 1) / (n1 + 2), 1 / (n0 + 2))
            design, w = np.c_[s - s.mean(), np.ones(len(s))], np.zeros(2)
            for _ in range(60):
                q = 1 / (1 + np.exp(-design @ w))
                w += np.linalg.solve(design.T * (q * (1 - q)) @ design, design.T @ (t - q))
            result = dict(sklearn=[-a, -b], newton=[w[0], w[1] - w[0] * s.mean()])
            """, new { labels, scores });
        var calibration = PlattCalibration.Fit(scores, labels);

        Assert.Equal(expected.Newton[0], calibration.Slope, 1e-9);
        Assert.Equal(expected.Newton[1], calibration.Intercept, 1e-9);
        Assert.Equal(expected.Sklearn[0], calibration.Slope, 1e-4);
        Assert.Equal(expected.Sklearn[1], calibration.Intercept, 2e-3);
    }

    [Fact]
    public void Separated_classes_keep_probabilities_away_from_0_and_1()
    {
        var calibration = PlattCalibration.Fit([1, 2, 3, 11, 12, 13], [false, false, false, true, true, true]);

        // Three of a class: Platt's targets are 1/5 and 4/5.
        Assert.InRange(calibration.Probability(2), 0.15, 0.25);
        Assert.InRange(calibration.Probability(12), 0.75, 0.85);
        Assert.Equal(0.5, calibration.Probability(7), 1e-9);
    }

    [Fact]
    public void The_mean_probability_is_the_mean_target()
    {
        var (scores, labels) = Samples.Noisy(60, seed: 9);
        var calibration = PlattCalibration.Fit(scores, labels);

        Assert.Equal((20 * 21.0 / 22 + 40 * 1.0 / 42) / 60, scores.Average(calibration.Probability), 1e-12);
    }

    [Fact]
    public void A_score_that_ranks_the_wrong_way_is_not_turned_round()
    {
        var calibration = PlattCalibration.Fit([3, 2, 2.5, 1], [false, false, true, true]);
        Assert.Equal(0, calibration.Slope);
        Assert.Equal(0.5, calibration.Probability(3), 1e-12);
    }

    [Fact]
    public void Equal_scores_say_nothing_but_the_share_of_positives()
    {
        var calibration = PlattCalibration.Fit([4, 4, 4, 4], [false, false, false, true]);

        Assert.Equal(0, calibration.Slope);
        Assert.Equal((3 * 0.2 + 2.0 / 3) / 4, calibration.Probability(4), 1e-12);
    }

    [Theory]
    [InlineData(1e300)]
    [InlineData(1e-300)]
    [InlineData(1)]
    public void The_size_of_scores_does_not_matter(double size)
    {
        var (scores, labels) = Samples.Noisy(45, seed: 10);
        var plain = PlattCalibration.Fit(scores, labels);
        var sized = PlattCalibration.Fit([.. scores.Select(score => score * size)], labels);

        Assert.All(scores, score => Assert.Equal(plain.Probability(score), sized.Probability(score * size), 1e-9));
    }

    [Fact]
    public void A_probability_far_out_is_still_one() => Assert.Equal((1.0, 0.0), (new PlattCalibration(1, 0).Probability(1e4), new PlattCalibration(1, 0).Probability(-1e4)));
}
