namespace Radiomics.Learning.Tests;

public class RedundancyTests
{
    private static readonly bool[] Labels = [.. Enumerable.Range(0, 20).Select(i => i % 2 == 0)];
    private static readonly double[] Values = Tables.Normal(new Random(5), 20);
    private static readonly double[] Other = Tables.Normal(new Random(6), 20);

    [Fact]
    public void Of_two_that_rank_alike_or_contrarily_the_first_by_name_stays_where_nothing_else_tells()
    {
        var data = Tables.Data(Labels,
        [
            ("c", [.. Values.Select(value => -value)]), ("b", [.. Values.Select(Math.Exp)]), ("a", Values), ("d", Other),
        ]);

        Assert.Equal(["a", "d"], Kept(data).Order());
    }

    [Fact]
    public void The_more_stable_stays_whatever_its_p()
    {
        var stability = new Dictionary<string, double> { ["a"] = 0.8, ["b"] = 0.81, ["c"] = 0.8, ["d"] = 0.9 };
        var data = Tables.Data(Labels, [("a", Values), ("b", [.. Values.Select(Math.Exp)]), ("c", [.. Values.Select(value => -value)]), ("d", Other)], stability: stability);

        Assert.Equal(["b", "d"], Kept(data).Order());
    }

    [Fact]
    public void Without_stability_the_smaller_p_stays()
    {
        double[] useful = [.. Labels.Select((label, i) => (label ? 100 : 0) + i)];
        double[] alike = [.. useful];
        // The lowest with the outcome and the highest without change places.
        (alike[0], alike[19]) = (alike[19], alike[0]);
        var data = Tables.Data(Labels, [("a", alike), ("b", useful)]);

        Assert.Equal(["b"], Kept(data));
    }

    [Fact]
    public void A_correlation_of_just_the_limit_is_not_redundant()
    {
        bool[] labels = [true, false, true, false, true];
        // One swap of neighbours among five: ρ = 1 − 6·2/(5·24) = 0.9.
        var data = Tables.Data(labels, [("a", [1, 2, 3, 4, 5]), ("b", [2, 1, 3, 4, 5])]);

        Assert.Equal(2, Kept(data).Length);
        Assert.Single(Kept(data, maxCorrelation: 0.89));
    }

    [Theory]
    [InlineData(72, 0.9)]
    [InlineData(200, 0.7)]
    [InlineData(500, 0.8)]
    public void It_keeps_what_comparing_every_pair_keeps(int cases, double maxCorrelation)
    {
        var data = Tables.Correlated(cases, 150, seed: cases, factors: 4);
        var features = Screened(data, out var ranks);
        List<ScreenedFeature> expected = [];
        foreach (var feature in features.Order(Comparer<ScreenedFeature>.Create(ScreenedFeature.ByStability)))
        {
            if (expected.TrueForAll(kept => Math.Abs(Pearson(Row(feature), Row(kept))) <= maxCorrelation))
                expected.Add(feature);
        }

        var kept = Redundancy.Reduce(features, ranks, cases, maxCorrelation, TestContext.Current.CancellationToken);

        Assert.Equal(expected, kept);
        Assert.InRange(kept.Count, 10, 140);

        double[] Row(ScreenedFeature feature) => [.. ranks.Skip(feature.RankRow * cases).Take(cases).Select(rank => (double)rank)];
    }

    private static string[] Kept(SequenceData data, double maxCorrelation = 0.9)
    {
        var features = Screened(data, out var ranks);
        return [.. Redundancy.Reduce(features, ranks, data.Cases.Count, maxCorrelation, TestContext.Current.CancellationToken).Select(feature => feature.Name)];
    }

    private static List<ScreenedFeature> Screened(SequenceData data, out float[] ranks)
    {
        using var screening = new Screening(data.Radiomics, Tables.AllRows(data), new SelectionSettings());
        screening.Screen([.. data.Radiomics.Names.Select(_ => true)], data.Stability, Tables.Labels(data));
        ranks = [.. screening.RankRows];
        return screening.Features;
    }

    private static double Pearson(double[] a, double[] b) =>
        a.Zip(b, (x, y) => x * y).Sum() / Math.Sqrt(a.Sum(x => x * x) * b.Sum(y => y * y));
}
