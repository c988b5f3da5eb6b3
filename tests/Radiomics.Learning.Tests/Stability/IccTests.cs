namespace Radiomics.Learning.Tests;

public class IccTests
{
    private sealed record Reference(double Icc, double Bound);

    /// <summary>Shrout and Fleiss 1979, table 2: six targets, four judges.</summary>
    private static double[][] ShroutFleiss => [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]];

    [Fact]
    public void The_published_example_gives_the_published_correlation()
    {
        var (icc, bound) = Icc.OneWay(ShroutFleiss);

        // Their table 4: ICC(1,1) = 0.17; mean squares 11.24 and 6.26.
        Assert.Equal(0.17, icc, 0.005);
        Assert.Equal((11.2417 - 6.2639) / (11.2417 + 3 * 6.2639), icc, 1e-4);

        // As statistics packages report this example's interval: −0.13 to 0.72.
        Assert.Equal(-0.133, bound, 0.0005);
    }

    [Theory]
    [InlineData(IccForm.OneWayRandom, 0.17, -0.13, 0.72)]
    [InlineData(IccForm.TwoWayRandom, 0.29, 0.02, 0.76)]
    [InlineData(IccForm.TwoWayMixed, 0.71, 0.34, 0.95)]
    public void All_three_forms_of_the_published_example_are_the_published_ones(IccForm form, double icc, double lower, double upper)
    {
        // Correlations: Shrout and Fleiss, table 4. Intervals: as R's psych::ICC prints them for this example.
        var estimate = Icc.Of(form, ShroutFleiss);
        Assert.Equal(icc, estimate.Value, 0.005);
        Assert.Equal(lower, estimate.Lower, 0.005);
        Assert.Equal(upper, estimate.Upper, 0.005);
    }

    [Fact]
    public void The_published_example_has_the_published_mean_squares()
    {
        // Shrout and Fleiss, table 3: between targets 11.24, within 6.26, between judges 32.49, residual 1.02.
        var squares = MeanSquares.Of(ShroutFleiss);
        Assert.Equal(11.24, squares.Between, 0.005);
        Assert.Equal(6.26, squares.Within, 0.005);
        Assert.Equal(32.49, squares.Replicates, 0.005);
        Assert.Equal(1.02, squares.Residual, 0.005);
    }

    [Fact]
    public void What_a_replicate_adds_to_all_subjects_counts_for_agreement_but_not_for_consistency()
    {
        double[][] shifted = [[1, 11], [2, 12], [3, 13.5], [4, 14]];
        Assert.True(Icc.Of(IccForm.TwoWayMixed, shifted).Value > 0.95);
        Assert.True(Icc.Of(IccForm.TwoWayRandom, shifted).Value < 0.1);
        Assert.Equal(new IccEstimate(1, 1, 1), Icc.Of(IccForm.TwoWayMixed, [[1, 11], [2, 12], [3, 13]]));
    }

    [Fact]
    public void An_interval_may_take_a_quantile_of_F_beyond_a_thousand()
    {
        // Forty subjects, and a second replicate that lies far off for all of them: one degree of freedom is left. As numpy and scipy have McGraw and Wong's formulas.
        var estimate = Icc.Of(IccForm.TwoWayRandom, [.. Enumerable.Range(0, 40).Select(i => new[] { i, i + 100 + (i % 2 == 0 ? -0.1 : 0.1) })]);
        Assert.Equal(0.026615791835156603, estimate.Value, 1e-9);
        Assert.Equal(2.6694185035957377e-05, estimate.Lower, 1e-9);
        Assert.Equal(0.12937969338096977, estimate.Upper, 1e-9);

        // Two subjects with seventeen replicates: F(32, 1) at the other end.
        var few = Icc.Of(IccForm.OneWayRandom, [[.. Enumerable.Range(0, 17).Select(i => (double)i)], [.. Enumerable.Range(0, 17).Select(i => i + 5.0)]]);
        Assert.Equal(0.9979688934060251, few.Upper, 1e-9);
    }

    [Theory]
    [InlineData(IccForm.TwoWayRandom)]
    [InlineData(IccForm.TwoWayMixed)]
    public void Replicates_that_differ_alike_in_subjects_that_do_not_show_nothing(IccForm form) =>
        Assert.Equal(new IccEstimate(-0.5, -0.5, -0.5), Icc.Of(form, [[1, 2, 4], [1, 2, 4], [1, 2, 4]]));

    [Theory]
    [InlineData(0.49, IccClass.Poor)]
    [InlineData(0.5, IccClass.Moderate)]
    [InlineData(0.75, IccClass.Good)]
    [InlineData(0.9, IccClass.Excellent)]
    public void The_class_goes_by_the_lower_end_of_the_interval(double lower, IccClass expected) => Assert.Equal(expected, new IccEstimate(0.99, lower, 1).Class);

    [Theory]
    [InlineData(30, 12, 0.3)]
    [InlineData(5, 2, 1)]
    [InlineData(2, 2, 0.1)]
    [InlineData(30, 12, 1e-4)]
    public void Correlation_and_bound_are_those_of_the_F_distribution_of_scipy(int subjects, int replicates, double noise)
    {
        var random = new Random(subjects);
        double[][] values = [.. Enumerable.Range(0, subjects).Select(_ =>
        {
            var subject = Samples.Normal(random);
            return Enumerable.Range(0, replicates).Select(_ => 1000 + subject + noise * Samples.Normal(random)).ToArray();
        })];

        var expected = Sklearn.Run<Reference>("""
            from scipy.stats import f
            v = np.array(data["values"])
            n, k = v.shape
            between = k * v.mean(1).var(ddof=1)
            within = v.var(axis=1, ddof=1).mean()
            low = between / within / f.ppf(0.975, n - 1, n * (k - 1))
            result = dict(icc=(between - within) / (between + (k - 1) * within), bound=(low - 1) / (low + k - 1))
            """, new { values });
        var (icc, bound) = Icc.OneWay(values);

        Assert.Equal(expected.Icc, icc, 1e-9);
        Assert.Equal(expected.Bound, bound, 1e-9);
    }

    [Fact]
    public void Unit_and_offset_do_not_matter()
    {
        var (icc, bound) = Icc.OneWay(ShroutFleiss);
        foreach (var size in new[] { 1e300, 1e-300, -1 })
        {
            var (sizedIcc, sizedBound) = Icc.OneWay([.. ShroutFleiss.Select(subject => subject.Select(value => size * (value + 100)).ToArray())]);
            Assert.Equal(icc, sizedIcc, 1e-9);
            Assert.Equal(bound, sizedBound, 1e-9);
        }
    }

    [Fact]
    public void Replicates_that_agree_exactly_are_perfectly_stable() => Assert.Equal((1.0, 1.0), Icc.OneWay([[1, 1, 1], [2, 2, 2]]));

    [Fact]
    public void A_feature_that_never_varies_shows_nothing()
    {
        Assert.Equal((-0.5, -0.5), Icc.OneWay([[0.1, 0.1, 0.1], [0.1, 0.1, 0.1], [0.1, 0.1, 0.1]]));
        Assert.Equal((-0.5, -0.5), Icc.OneWay([[0, 0, 0], [0, 0, 0]]));
    }

    [Fact]
    public void Subjects_with_an_undefined_value_are_left_out_and_one_subject_shows_nothing()
    {
        Assert.Equal(Icc.OneWay(ShroutFleiss), Icc.OneWay([.. ShroutFleiss, [1, double.NaN, 3, 4]]));
        Assert.Equal((-1.0, -1.0), Icc.OneWay([[1, 2], [double.NaN, 3]]));
        Assert.Equal((-1.0, -1.0), Icc.OneWay([]));
    }

    [Fact]
    public void Replicates_are_as_many_for_each_subject_and_at_least_two()
    {
        Assert.Throws<ArgumentException>(() => Icc.OneWay([[1, 2], [1, 2, 3]]));
        Assert.Throws<ArgumentException>(() => Icc.OneWay([[1], [2]]));
    }
}
