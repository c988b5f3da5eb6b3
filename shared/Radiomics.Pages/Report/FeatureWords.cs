using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;

namespace Radiomics.Pages.Report;

/// <summary>
/// Features in plain words, by what their IBSI tags are put together of: the image that was filtered, the family, what is measured, and how directions were joined. What isn't known of a tag stays as the
/// tag has it; a covariate's name is its own.
/// </summary>
internal static partial class FeatureWords
{
    // What texture families count: their measures are the same but for the letters that name it.
    private static readonly Dictionary<string, (string Object, string Small, string Large)> s_counted = new(StringComparer.Ordinal)
    {
        ["rlm"] = ("r", "s", "l"),
        ["szm"] = ("z", "s", "l"),
        ["dzm"] = ("d", "s", "l"),
        ["ngl"] = ("d", "l", "h"),
    };

    /// <summary>The words for a tag.</summary>
    public static string Of(IStringLocalizer text, string tag)
    {
        if (Form().Match(tag) is not { Success: true } match)
        {
            return tag;
        }

        var (family, measure) = (match.Groups["family"].Value, match.Groups["measure"].Value);
        var words = MeasureOf(text, family, measure);
        var filter = match.Groups["filter"].Value.TrimEnd('_');
        return filter.Length == 0 ? words : text["Feature.Filtered", words, FilterOf(text, filter)];
    }

    private static string MeasureOf(IStringLocalizer text, string family, string measure)
    {
        var familyWords = text[$"Family.{family}"];
        var isCounted = s_counted.TryGetValue(family, out var counted);
        var key = isCounted ? $"Counted.{CountedKey(measure, counted)}" : $"Measure.{(family == "ih" ? "stat" : family)}.{measure}";
        // What is small or large of a distance is near or far.
        var own = isCounted ? $"Counted.{family}.{CountedKey(measure, counted)}" : key;
        key = text[own].ResourceNotFound ? key : own;
        var known = isCounted ? text[key, text[$"Counted.Objects.{family}"]] : text[key];
        var words = known.ResourceNotFound ? measure.Replace('_', ' ') : known.Value;
        return family is "stat" && !known.ResourceNotFound ? words : text["Feature.OfFamily", words, familyWords];
    }

    // "srhge" of runs, "szhge" of zones and "sdhge" of distances are all: small ones that are bright.
    private static string CountedKey(string measure, (string Object, string Small, string Large) counted)
    {
        var level = measure.EndsWith("lge", StringComparison.Ordinal) ? "Dark" : measure.EndsWith("hge", StringComparison.Ordinal) ? "Bright" : "";
        var size = measure.Length switch
        {
            3 when level.Length == 0 && measure[1..] == $"{SizeLetter(counted)}e" => measure[..1],
            5 when level.Length > 0 => measure[..1],
            _ => "",
        };
        var sizeKey = size == counted.Small ? "Small" : size == counted.Large ? "Large" : "";
        return measure switch
        {
            "lgre" or "lgze" or "lgce" => "Dark",
            "hgre" or "hgze" or "hgce" => "Bright",
            "glnu" => "LevelUnevenness",
            "glnu_norm" => "LevelUnevennessNormalised",
            "rlnu" or "zsnu" or "zdnu" or "dcnu" => "SizeUnevenness",
            "rlnu_norm" or "zsnu_norm" or "zdnu_norm" or "dcnu_norm" => "SizeUnevennessNormalised",
            "r_perc" or "z_perc" or "dc_perc" => "Percentage",
            "gl_var" => "LevelVariance",
            "rl_var" or "zs_var" or "zd_var" or "dc_var" => "SizeVariance",
            "rl_entr" or "zs_entr" or "zd_entr" or "dc_entr" => "Entropy",
            "dc_energy" => "Energy",
            _ when sizeKey.Length > 0 => sizeKey + level,
            _ => measure,
        };
    }

    private static string SizeLetter((string Object, string Small, string Large) counted) => counted.Object;

    private static string FilterOf(IStringLocalizer text, string filter)
    {
        if (LogForm().Match(filter) is { Success: true } log)
        {
            return WithOptions(text, text["Filter.log", log.Groups[1].Value.Replace('-', '.')], filter[log.Length..]);
        }

        if (WaveletForm().Match(filter) is { Success: true } wavelet)
        {
            return WithOptions(text, text["Filter.wavelet", wavelet.Groups[1].Value], filter[wavelet.Length..]);
        }

        var type = filter.Split('_')[0];
        var known = text[$"Filter.{type}"];
        return known.ResourceNotFound ? filter : WithOptions(text, known, filter[type.Length..]);
    }

    // A filter's other options as the tag has them.
    private static string WithOptions(IStringLocalizer text, LocalizedString words, string options) =>
        options.Length == 0 ? words.Value : text["Feature.OfFamily", words.Value, options.Replace('_', ' ').Trim()];

    [GeneratedRegex("^(?<filter>(?:log|wavelet|square|squareroot|logarithm|exponential|gradient|mean|laws|gabor|simoncelli)(?:[A-Za-z0-9.\\-]*(?:_[a-z]+[0-9]*_[LH]{3}|_s[0-9.]+mm|_sigma[-0-9]+mm-3D)?_{1,2}|_[A-Za-z0-9._\\-]+__))?(?<family>stat|ih|ivh|loc|morph|cm|rlm|szm|dzm|ngt|ngl)_(?<measure>[a-z0-9_]+?)(?:_(?:2D|2_5D|3D)(?:_(?:avg|comb|s_avg|s_comb|mrg))?)?(?:_f[a-z]+_[nw][0-9.E+\\-]+|_none)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    [GeneratedRegex("^log(?:_s|-sigma-|_sigma-)([0-9.\\-]+?)-?mm(?:-3D)?", RegexOptions.CultureInvariant)]
    private static partial Regex LogForm();

    [GeneratedRegex("^wavelet.*?([LH]{2,3})(?=_|$)", RegexOptions.CultureInvariant)]
    private static partial Regex WaveletForm();
}
