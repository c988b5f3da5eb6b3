using Radiomics.Extraction;

namespace Radiomics.Learning.Tests;

public class RocTests
{
    [Fact]
    public void The_area_counts_ties_half() => Assert.Equal(3.5 / 4, Roc.Auc([0.1, 0.4, 0.4, 0.8], [false, false, true, true]));

    [Fact]
    public void The_area_of_a_constant_score_is_one_half() => Assert.Equal(0.5, Roc.Auc([1, 1, 1], [true, false, false]));

    [Fact]
    public void The_area_does_not_depend_on_the_order_of_cases_even_among_ties()
    {
        var (scores, labels) = Samples.Noisy(200, seed: 5, levels: 7);
        int[] order = [.. Enumerable.Range(0, 200)];
        new Random(1).Shuffle(order);

        Assert.Equal(Roc.Auc(scores, labels), Roc.Auc([.. order.Select(i => scores[i])], [.. order.Select(i => labels[i])]));
    }

    [Fact]
    public void The_area_is_that_of_all_pairs()
    {
        var (scores, labels) = Samples.Noisy(80, seed: 6, levels: 12);
        var pairs = from i in Enumerable.Range(0, 80) where labels[i] from j in Enumerable.Range(0, 80) where !labels[j] select scores[i].CompareTo(scores[j]);

        Assert.Equal(pairs.Average(order => (order + 1) / 2.0), Roc.Auc(scores, labels), 1e-14);
    }

    [Fact]
    public void The_threshold_lies_halfway_in_the_gap_that_separates() =>
        Assert.Equal(0.5, Roc.YoudenThreshold([0.1, 0.3, 0.7, 0.9], [false, false, true, true]), 12);

    [Fact]
    public void Of_equally_good_thresholds_the_one_closest_to_one_half_is_taken()
    {
        // From 0.15 on: 1 + ½ − 1; from 0.4 on: ½ + 1 − 1.
        bool[] labels = [false, true, false, true];
        Assert.Equal(0.4, Roc.YoudenThreshold([0.1, 0.2, 0.3, 0.5], labels), 12);
        Assert.Equal(0.65, Roc.YoudenThreshold([0.6, 0.7, 0.8, 0.9], labels), 12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    public void No_threshold_is_better_than_the_one_taken(int levels)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var (scores, labels) = Samples.Noisy(60, seed, levels);
            var threshold = Roc.YoudenThreshold(scores, labels);
            double Youden(double t) => At(scores, labels, t).Sensitivity + At(scores, labels, t).Specificity;

            Assert.Equal(scores.Max(Youden), Youden(threshold), 1e-12);
        }
    }

    [Fact]
    public void A_score_at_the_threshold_counts_as_positive() =>
        Assert.Equal((1.0, 1.0), At([0.4, 0.5], [false, true], 0.5));

    [Fact]
    public void Scores_next_to_each_other_and_scores_that_fill_the_range_of_doubles_are_still_separated()
    {
        var next = Math.BitIncrement(0.3);
        Assert.Equal((1.0, 1.0), At([0.3, next], [false, true], Roc.YoudenThreshold([0.3, next], [false, true])));

        double[] huge = [-double.MaxValue, -1e300, 1e300, double.MaxValue];
        Assert.Equal((1.0, 1.0), At(huge, [false, false, true, true], Roc.YoudenThreshold(huge, [false, false, true, true])));
        double[] large = [1e308, double.MaxValue];
        Assert.Equal((1.0, 1.0), At(large, [false, true], Roc.YoudenThreshold(large, [false, true])));
    }

    [Fact]
    public void The_curve_has_a_point_a_distinct_score() =>
        Assert.Equal([new(0, 0), new(0, 0.5), new(0.5, 1), new(1, 1)], Roc.Curve([0.1, 0.4, 0.4, 0.8], [false, false, true, true]));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void One_class_alone_is_a_cohort_that_can_not_be_used(bool label)
    {
        Action[] measures =
        [
            () => Roc.Auc([1, 2], [label, label]),
            () => Roc.YoudenThreshold([1, 2], [label, label]),
            () => Roc.Curve([1, 2], [label, label]),
            () => DeLong.Interval([1, 2], [label, label]),
            () => DeLong.Paired([1, 2], [2, 1], [label, label]),
            () => Evaluator.Evaluate([0.1, 0.2], [label, label], 0.5),
            () => PlattCalibration.Fit([1, 2], [label, label]),
            () => SelectionBias.Correct([[1, 2]], [label, label], 10, 1),
            () => Optimism.Estimate(2, [label, label], 10, 1, _ => (0, 0)),
        ];
        Assert.All(measures, measure => Assert.Equal("CohortUnusable", Assert.Throws<RadiomicsException>(measure).Code));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_score_that_is_not_finite_is_refused(double score)
    {
        Assert.Throws<ArgumentException>(() => Roc.Auc([score, 1], [true, false]));
        Assert.Throws<ArgumentException>(() => DeLong.Interval([score, 1], [true, false]));
        Assert.Throws<ArgumentException>(() => PlattCalibration.Fit([score, 1], [true, false]));
        Assert.Throws<ArgumentException>(() => Evaluator.Evaluate([score, 1], [true, false], 0.5));
        Assert.Throws<ArgumentException>(() => Roc.Auc([1], [true, false]));
    }

    private static (double Sensitivity, double Specificity) At(double[] scores, bool[] labels, double threshold)
    {
        double Share(bool label) => Enumerable.Range(0, scores.Length).Where(i => labels[i] == label).Average(i => scores[i] >= threshold == label ? 1.0 : 0.0);
        return (Share(true), Share(false));
    }
}
