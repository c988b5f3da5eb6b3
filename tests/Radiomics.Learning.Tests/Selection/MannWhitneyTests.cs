namespace Radiomics.Learning.Tests;

public class MannWhitneyTests
{
    private const string Reference = """
        from scipy.stats import mannwhitneyu
        y = np.array(data['labels'])
        result = [mannwhitneyu(x[y], x[~y], method='asymptotic', use_continuity=True).pvalue for x in np.array(data['columns'])]
        """;

    [Fact]
    public void Three_above_three_have_the_z_that_the_formula_gives()
    {
        bool[] labels = [false, false, false, true, true, true];

        // U = 9, its mean 4.5, its deviation √(3·3·7/12).
        Assert.Equal(4 / Math.Sqrt(5.25), Z([1, 2, 3, 4, 5, 6], labels), 1e-14);
        Assert.Equal(0.0808556, MannWhitney.P(Z([1, 2, 3, 4, 5, 6], labels)), 1e-7);
    }

    [Fact]
    public void A_feature_and_its_negative_have_the_same_z()
    {
        var values = Tables.Normal(new Random(3), 40);
        bool[] labels = [.. Enumerable.Range(0, 40).Select(i => i % 3 == 0)];

        Assert.Equal(Z(values, labels), Z([.. values.Select(value => -value)], labels));
    }

    [Fact]
    public void Equal_values_share_the_mean_of_their_ranks()
    {
        var ranks = new float[4];

        // Ranks 1, 2.5, 2.5, 4.
        Assert.Equal(6, Ranks.Write([1, 7, 7, 9], [2, 0, 3, 1], ranks));
        Assert.Equal([0, 3, -3, 0], ranks);
        Assert.Equal(18, Ranks.SquaredNorm(4, ties: 6));
    }

    [Fact]
    public void P_is_scipys_with_and_without_ties()
    {
        var random = new Random(11);
        bool[] labels = [.. Enumerable.Range(0, 72).Select(_ => random.NextDouble() < 0.35)];
        double[][] columns =
        [
            .. Enumerable.Range(0, 30).Select(j =>
                Tables.Normal(random, 72).Select((value, i) => Math.Round(value + (labels[i] ? 0.1 * j : 0), j % 3 == 0 ? 0 : j % 3 == 1 ? 1 : 9)).ToArray()),
        ];

        var expected = Sklearn.Run<double[]>(Reference, new { labels, columns });

        Assert.All(columns.Zip(expected), pair => Assert.Equal(pair.Second, MannWhitney.P(Z(pair.First, labels)), 1e-12));
        Assert.Contains(expected, p => p < 1e-6);
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1.959963984540054, 0.025)]
    [InlineData(2.9999999999, 0.001349898032073237)]
    [InlineData(3, 0.0013498980316300946)]
    [InlineData(6, 9.865876450377018e-10)]
    [InlineData(30, 4.906713927148187e-198)]
    public void P_is_right_near_and_far(double z, double tail) => Assert.Equal(1, MannWhitney.P(z) / (2 * tail), 1e-12);

    private static double Z(double[] values, bool[] labels)
    {
        var (sorted, order) = ((double[])values.Clone(), Enumerable.Range(0, values.Length).ToArray());
        Array.Sort(sorted, order);
        var ranks = new float[values.Length];
        return MannWhitney.Z(ranks, Ranks.Write(sorted, order, ranks), labels);
    }
}
