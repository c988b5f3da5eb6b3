namespace Radiomics.Learning.Tests;

public sealed class CardNumberTests
{
    [Theory]
    [InlineData(null, "–")]
    [InlineData(double.NaN, "–")]
    [InlineData(0.12345, "0.123")]
    [InlineData(-0.12345, "−0.123")]
    [InlineData(-0.0001, "0.000")]
    [InlineData(1234.5, "1234.500")]
    public void A_number_has_three_decimals_or_is_a_dash(double? value, string expected) => Assert.Equal(expected, CardNumber.Three(value));

    [Theory]
    [InlineData(null, "–")]
    [InlineData(0.0000001, "<\u00A00.001")]
    [InlineData(0.0412, "0.041")]
    [InlineData(0.437, "0.44")]
    public void A_p_value_says_no_more_than_it_can(double? value, string expected) => Assert.Equal(expected, CardNumber.P(value));

    [Fact]
    public void The_interval_of_a_share_is_Wilsons()
    {
        var rate = CardRate.From(TestCards.Rich.Test! with { Cases = 20, Positives = 10, Sensitivity = 0.8, Specificity = 1 })[0];

        Assert.Equal((8, 10), (rate.Hits, rate.Of));
        Assert.Equal(0.4901625, rate.Interval!.Low, 6);
        Assert.Equal(0.9433178, rate.Interval.High, 6);
    }
}
