namespace Radiomics.Dicom.Tests.Series;

public sealed class ContrastAgentTests
{
    [Theory]
    [InlineData("103050", 37850)]
    [InlineData("10:30:50", 37850)]
    [InlineData("103050.25", 37850.25)]
    [InlineData("20240131103050.5+0100", 37850.5)]
    public void A_time_is_read(string text, double expected) => Assert.Equal(expected, ContrastAgent.Seconds(text));

    [Theory]
    [InlineData("1030501")]
    [InlineData("10:30:501")]
    [InlineData("1234567.5")]
    [InlineData("1234567+01")]
    [InlineData("20240131")]
    [InlineData("202401311030501")]
    [InlineData("1030")]
    [InlineData("half past")]
    [InlineData("")]
    [InlineData(null)]
    public void Anything_else_is_no_time(string? text) => Assert.Null(ContrastAgent.Seconds(text));
}
