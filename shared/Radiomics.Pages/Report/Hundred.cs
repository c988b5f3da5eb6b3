using System.Globalization;
using Microsoft.Extensions.Localization;

namespace Radiomics.Pages.Report;

/// <summary>Probabilities as so many of a hundred.</summary>
internal static class Hundred
{
    /// <summary>Whole ones of a hundred; 0 and 100 only for what is exactly that.</summary>
    public static int Of(double probability) => probability is <= 0 or >= 1
        ? (int)(100 * Math.Clamp(probability, 0, 1))
        : Math.Clamp((int)Math.Round(100 * probability, MidpointRounding.AwayFromZero), 1, 99);

    /// <summary>The same in words: about so many; fewer than one, or more than 99, where rounding would say none or all.</summary>
    public static string About(IStringLocalizer text, double probability) => probability switch
    {
        > 0 and < 0.005 => text["Hundred.Fewer"],
        < 1 and >= 0.995 => text["Hundred.More"],
        _ => text["Hundred.About", Number(probability)],
    };

    /// <summary>So many of a hundred, as text: whole ones, or with decimals.</summary>
    public static string Number(double probability, int decimals = 0) =>
        Math.Round(100 * probability, decimals, MidpointRounding.AwayFromZero).ToString($"F{decimals}", CultureInfo.InvariantCulture);
}
