using System.Globalization;

namespace Radiomics.Learning;

/// <summary>Numbers as a card writes them: the same on every machine, with the digits that the cases allow, and a dash for what isn't defined.</summary>
public static class CardNumber
{
    /// <summary>What stands for an undefined number.</summary>
    public const string Undefined = "–";

    /// <summary>A whole number.</summary>
    public static string Count(int value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Two decimals.</summary>
    public static string Two(double? value) => Fixed(value, "0.00");

    /// <summary>Three decimals.</summary>
    public static string Three(double? value) => Fixed(value, "0.000");

    /// <summary>Three decimals with the sign.</summary>
    public static string Signed(double? value) => (value > 0 ? "+" : string.Empty) + Three(value);

    /// <summary>Whole percent.</summary>
    public static string Percent(double? value) => value is { } share && double.IsFinite(share) ? Fixed(100 * share, "0") + "\u00A0%" : Undefined;

    /// <summary>An interval, three decimals.</summary>
    public static string Interval(Interval interval) => $"{Three(interval.Low)} to {Three(interval.High)}";

    /// <summary>As many decimals as a tick's step needs.</summary>
    public static string Tick(double value, int decimals) => Fixed(value, decimals == 0 ? "0" : "0." + new string('0', decimals));

    /// <summary>A p value: two decimals above 0.1, three below, and not below what three can say.</summary>
    public static string P(double? value) => value switch
    {
        null => Undefined,
        < 0.001 => "<\u00A00.001",
        < 0.1 => Fixed(value, "0.000"),
        _ => Fixed(value, "0.00"),
    };

    /// <summary>A p value with the sign that belongs before it.</summary>
    public static string Comparison(double? value) => P(value) is var text && text.StartsWith('<') ? text : "=\u00A0" + text;

    private static string Fixed(double? value, string format)
    {
        if (value is not { } number || !double.IsFinite(number))
        {
            return Undefined;
        }

        var text = number.ToString(format, CultureInfo.InvariantCulture);
        return text.All(character => character is '-' or '0' or '.') ? text.TrimStart('-') : text.Replace('-', '−');
    }
}
