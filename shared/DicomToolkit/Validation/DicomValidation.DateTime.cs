using System.Text.RegularExpressions;

namespace FellowOakDicom;

public static partial class DicomValidation
{
    /// <summary>YYYY[MM[DD[HH[MM[SS[.F{1-6}]]]]]][&amp;ZZXX], or a range of two.</summary>
    public static void ValidateDT(string content)
    {
        Require(!content.Contains("-0000", StringComparison.Ordinal), content, DicomVR.DT, "negative UTC hours component with value -0000 is not allowed");
        Require(content.Trim() != "-", content, DicomVR.DT, "both dateTime components in range cannot be empty");
        foreach (var moment in Ends(content).Select(e => e.TrimEnd(' ')).Where(e => e.Length > 0))
            ValidateMoment(content, moment);
    }

    private static void ValidateMoment(string content, string moment)
    {
        var match = Moment().Match(moment);
        Require(match.Success, content, DicomVR.DT, "value does not match pattern YYYY[MM[DD[HH[MM[SS[.F{1-6}]]]]]][&ZZXX]");
        var digits = match.Groups[1].Value;
        Require(digits.Length < 6 || Number(digits, 4) is >= 1 and <= 12, content, DicomVR.DT, "month component is not within 01 and 12");
        Require(digits.Length < 8 || Number(digits, 6) is >= 1 and <= 31, content, DicomVR.DT, "day component is not within 01 and 31");
        Require(digits.Length < 10 || Number(digits, 8) <= 23, content, DicomVR.DT, "hours component exceeds 23");
        Require(digits.Length < 12 || Number(digits, 10) <= 59, content, DicomVR.DT, "minutes component exceeds 59");
        Require(digits.Length < 14 || Number(digits, 12) <= 60, content, DicomVR.DT, "seconds component exceeds 60");

        var offset = match.Groups[2].Value;
        if (offset.Length == 0)
            return;
        Require(Number(offset, 1) <= (offset[0] == '+' ? 14 : 12), content, DicomVR.DT, "UTC hours component exceeds the range -1200 to +1400");
        Require(Number(offset, 3) <= 59, content, DicomVR.DT, "UTC minutes component exceeds 59");
    }

    /// <summary>Splits a range at the hyphens that aren't the sign of an offset.</summary>
    private static string[] Ends(string content)
    {
        var parts = content.Split('-');
        Require(parts.Length <= 4, content, DicomVR.DT, "value contains too many range separators '-'");
        switch (parts.Length)
        {
            case 4:
                return [$"{parts[0]}-{parts[1]}", $"{parts[2]}-{parts[3]}"];
            case 3 when IsOffset(parts[1]):
                return [$"{parts[0]}-{parts[1]}", parts[2]];
            case 3:
                Require(IsOffset(parts[2]), content, DicomVR.DT, "value is in invalid range format");
                return [parts[0], $"{parts[1]}-{parts[2]}"];
            case 2 when IsOffset(parts[1]):
                return [content];
            default:
                return parts;
        }
    }

    private static bool IsOffset(string text) => text.Length == 4 && text.All(char.IsAsciiDigit) && (Number(text, 0) * 100) + Number(text, 2) <= 1200;

    [GeneratedRegex(@"^([0-9]{4}|[0-9]{6}|[0-9]{8}|[0-9]{10}|[0-9]{12}|[0-9]{14}(?:\.[0-9]{1,6})?)([+-][0-9]{4})?$")]
    private static partial Regex Moment();
}
