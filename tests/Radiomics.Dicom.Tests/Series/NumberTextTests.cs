namespace Radiomics.Dicom.Tests.Series;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData("2.5", 2.5)]
    [InlineData(" -2.5 ", -2.5)]
    [InlineData("+.5", 0.5)]
    [InlineData("5.", 5)]
    [InlineData("25e-1", 2.5)]
    [InlineData("1E+3\0", 1000)]
    [InlineData("-123.45678901234567", -123.45678901234567)]
    public void A_decimal_string_is_read(string text, double expected) => Assert.Equal(expected, NumberText.Decimal(text));

    /// <summary>What people and programs write, and PS3.5 does not allow.</summary>
    public static TheoryData<string> NoDecimalStrings =>
    [
        "2,5", "2.5-", "(2.5)", "1,000", "$2.5", "NaN", "0x10", "Infinity", "1e400",
        "1e", "2 5", "--2", ".", "", " ", "2.5\n", "\u0662", "1.2.3",
    ];

    [Theory]
    [MemberData(nameof(NoDecimalStrings))]
    public void Anything_else_is_no_decimal_string(string text) => Assert.Null(NumberText.Decimal(text));

    [Theory]
    [InlineData("24", 24)]
    [InlineData(" +7 ", 7)]
    [InlineData("-2147483648", int.MinValue)]
    public void An_integer_string_is_read(string text, int expected) => Assert.Equal(expected, NumberText.Integer(text));

    [Theory]
    [InlineData("2147483648")]
    [InlineData("1.0")]
    [InlineData("1e3")]
    [InlineData("1,000")]
    [InlineData("0x10")]
    [InlineData("")]
    public void Anything_else_is_no_integer_string(string text) => Assert.Null(NumberText.Integer(text));
}
