using System.Globalization;
using System.Text.RegularExpressions;

namespace Radiomics.Dicom;

/// <summary>
/// Numbers as text by the grammar of their value representation (PS3.5 6.2), and nothing else. A library's parser makes 25 of <c>2,5</c>
/// and -2.5 of <c>(2.5)</c>; a number read wrong is worse than none.
/// </summary>
internal static partial class NumberText
{
    /// <summary>
    /// A DS: digits with an optional sign, point and exponent, between optional blanks; null if it is anything else or not finite. More than
    /// 16 characters are taken: writers overrun them by digits, which changes no value.
    /// </summary>
    public static double? Decimal(string text)
    {
        var digits = text.AsSpan().Trim(" \0");
        return DecimalString().IsMatch(digits)
            && double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value)
            ? value
            : null;
    }

    /// <summary>An IS: digits with an optional sign, between optional blanks, within 32 bits; null if it is anything else.</summary>
    public static int? Integer(string text)
    {
        var digits = text.AsSpan().Trim(" \0");
        return IntegerString().IsMatch(digits) && int.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
    }

    [GeneratedRegex(@"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex DecimalString();

    [GeneratedRegex(@"^[+-]?[0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex IntegerString();
}
