using System.Globalization;

namespace Radiomics.Pages.Console.Studies;

/// <summary>Probabilities as people count.</summary>
public static class Frequency
{
    /// <summary><c>about 37 of 100</c>; at the ends <c>fewer than 1 of 100</c>, <c>more than 99 of 100</c>.</summary>
    public static string Of(double probability) => probability switch
    {
        < 0.005 => "fewer than 1 of 100",
        > 0.995 => "more than 99 of 100",
        _ => string.Create(CultureInfo.InvariantCulture, $"about {100 * probability:0} of 100"),
    };
}
