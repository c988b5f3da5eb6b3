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

    [Theory]
    [InlineData("2,5")]
    [InlineData("2.5-")]
    [InlineData("(2.5)")]
    [InlineData("1,000")]
    [InlineData("$2.5")]
    [InlineData("NaN")]
    [InlineData("0x10")]
    [InlineData("Infinity")]
    [InlineData("1e400")]
    [InlineData("1e")]
    [InlineData("2 5")]
    [InlineData("--2")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("2.5\n")]
    [InlineData("\u0662")]
    [InlineData("1.2.3")]
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
