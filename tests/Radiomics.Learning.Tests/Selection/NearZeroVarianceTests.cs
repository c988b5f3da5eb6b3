namespace Radiomics.Learning.Tests;

public class NearZeroVarianceTests
{
    [Theory]
    [InlineData(19, false)]
    [InlineData(20, true)]
    public void A_value_that_covers_more_than_its_share_is_too_frequent(int same, bool expected)
    {
        double[] sorted = [.. Enumerable.Repeat(1.0, same), .. Enumerable.Range(2, 20 - same).Select(i => (double)i)];

        Assert.Equal(expected, NearZeroVariance.Is(sorted, maxSame: 0.95));
    }

    [Fact]
    public void The_most_frequent_value_may_lie_in_the_middle() =>
        Assert.True(NearZeroVariance.Is([0, 5, 5, 5, 9], maxSame: 0.5));

    [Fact]
    public void What_differs_by_rounding_only_does_not_vary()
    {
        double[] sorted = [.. Enumerable.Range(0, 20).Select(i => 0.3 + i * 1e-16)];

        Assert.True(sorted[^1] > sorted[0]);
        Assert.True(NearZeroVariance.Is(sorted, maxSame: 0.95));
        Assert.False(NearZeroVariance.Is([.. Enumerable.Range(0, 20).Select(i => i * 1e-16)], maxSame: 0.95));
    }
}
