using System.Globalization;
using System.Text.RegularExpressions;
using FellowOakDicom;

namespace Radiomics.Dicom;

/// <summary>Whether contrast agent had been given, from the Contrast/Bolus modules (PS3.3 C.7.6.4) and, last, from what a series is called.</summary>
internal static partial class ContrastAgent
{
    private static readonly HashSet<string> _nothing = new(StringComparer.OrdinalIgnoreCase) { "", "NO", "NONE", "N", "0", "-", "NIL", "N/A", "NA", "OHNE", "WITHOUT", "NO CONTRAST" };

    /// <summary>Whether an object's top names an agent.</summary>
    public static bool IsNamed(FrameAttributes top) =>
        Names(top, DicomTag.ContrastBolusAgent)
        || Names(top, DicomTag.ContrastBolusIngredient)
        || top.Item(DicomTag.ContrastBolusAgentSequence) is not null
        || top.Number(DicomTag.ContrastBolusVolume) > 0
        || top.Number(DicomTag.ContrastBolusTotalDose) > 0;

    /// <summary>What an enhanced frame says of it (PS3.3 C.7.6.16.2.12); null if it says nothing.</summary>
    public static bool? IsAdministered(FrameAttributes frame) =>
        frame.Text(DicomTag.ContrastBolusAgentAdministered, DicomTag.ContrastBolusUsageSequence)?.ToUpperInvariant() switch
        {
            "YES" => true,
            "NO" => false,
            _ => null,
        };

    /// <summary>
    /// Whether a stack was acquired after agent had been given. Times say it best, then the frame, the agent named in the header, and what the
    /// series is called.
    /// </summary>
    public static bool IsGivenBefore(SliceStack stack)
    {
        var name = stack.Series.SeriesDescription ?? stack.Series.ProtocolName ?? "";
        if (stack.First.ContrastAdministered is { } administered)
        {
            return administered;
        }

        if (stack.Series.HasContrastAgent && stack.Series.ContrastStart is { } start && stack.First.AcquisitionTime is { } acquired)
        {
            return acquired >= start;
        }

        return !BeforeContrast().IsMatch(name) && (stack.Series.HasContrastAgent || AfterContrast().IsMatch(name));
    }

    /// <summary>A time of day (PS3.5 6.2, TM), or the time in a date time, as seconds since midnight; null if it is none.</summary>
    public static double? Seconds(string? text)
    {
        var digits = text?.Replace(":", "", StringComparison.Ordinal).Split('+', '-')[0] ?? "";
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? digits : digits[..point];
        if (whole.Length == 7)
        {
            return null; // too long for a time and too short for a date
        }

        if (whole.Length > 7)
        {
            digits = digits[8..];
            whole = whole[8..];
        }

        return whole.Length == 6 && double.TryParse(digits[4..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            && int.TryParse(whole[..2], NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            && int.TryParse(whole[2..4], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            ? (hours * 3600) + (minutes * 60) + seconds
            : null;
    }

    [GeneratedRegex(
        @"(^|[\W_])(pre|native?|nativ|plain|unenhanced|non[ _-]?contrast|ohne)([\W_]|$)"
        + @"|(^|[\W_])(vor|w/o|without|sans|senza|sin|non?)[ ._-]*(iv[ ._-]*)?([ck]ontrast|gd|gad|km|ce([\W_]|$))|平扫|(造影|増強|增强)前|非(造影|増強|增强)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        1000)]
    private static partial Regex BeforeContrast();

    /// <summary>Agents, phases, and minutes since the injection; seconds from 60 on, since for fewer a breath may be held.</summary>
    [GeneratedRegex(
        @"(^|[\W_])(post|gd|gad\w*|km|eob|ce|contrast[ ._-]*enhanced|(with|mit|nach|after|avec|con)[ ._-]*[ck]ontrast\w*"
        + @"|primovist|eovist|multihance|dotarem|magnevist|omniscan|prohance|clariscan|artirem|elucirem|vueway|ablavar|vasovist|feraheme|resovist"
        + @"|art\d*|art[eé?\uFFFD]ri\w*|hap|pv|pvp|ven\d*|venous|ven([öo?\uFFFD]|oe)s\w*|veineux|portale?s?|port(al?)?[ ._-]*ven\w*"
        + @"|late|sp([ä?\uFFFD]|ae)t\w*|tardi(f|v[aeo])|delay(ed)?\d*|(ä|ae)?quilibrium|equilib\w*|transitional|hbp\d*|hepato[ ._-]?bil\w*|dyn|dynamic|disco|twist"
        + @"|0?[1-9]\d{0,2} ?(min|mins|minutes?|minuten)|([6-9]\d|[1-9]\d\d) ?secs?)([\W_]|$)"
        + @"|((^|[\W_\d])c|(^|[\W_])(gd|km)) ?\+([\W_]|$)|\+ ?(c|gd|km)([\W_]|$)|增强|増強|造影|[动動][脉脈][期相]|[门門静靜][脉脈静靜]*[期相]|[延遅遲][迟延]?[期相]|平衡[期相]|肝[胆膽][期相]|肝細胞[期相]",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        1000)]
    private static partial Regex AfterContrast();

    private static bool Names(FrameAttributes top, DicomTag tag) => top.Texts(tag).Any(text => !_nothing.Contains(text));
}
