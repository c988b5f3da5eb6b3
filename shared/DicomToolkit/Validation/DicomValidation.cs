using System.Globalization;
using System.Text.RegularExpressions;

namespace FellowOakDicom;

/// <summary>The rules of PS3.5 table 6.2-1 for one value of each VR of text; each throws <see cref="DicomValidationException"/>.</summary>
public static partial class DicomValidation
{
    public static void ValidateAE(string content)
    {
        AtMost(16, content, DicomVR.AE);
        Require(!string.IsNullOrWhiteSpace(content), content, DicomVR.AE, "value may not consist only of spaces");
        Require(!content.Contains('\\', StringComparison.Ordinal) && !content.Any(char.IsControl), content, DicomVR.AE, "value contains invalid control character");
    }

    public static void ValidateAS(string content) =>
        Require(string.IsNullOrEmpty(content) || Age().IsMatch(content), content, DicomVR.AS, "value does not have pattern 000[DWMY]");

    public static void ValidateCS(string content)
    {
        AtMost(16, content, DicomVR.CS);
        Require(Code().IsMatch(content), content, DicomVR.CS, "value contains invalid character. Only uppercase characters, digits, space and underscore are allowed");
    }

    public static void ValidateDA(string content)
    {
        var days = content.Split('-');
        Require(days.Length <= 2, content, DicomVR.DA, "value contains too many range separators '-'");
        foreach (var day in days.Select(d => d.TrimEnd(' ')).Where(d => d.Length > 0))
        {
            Require(EightDigits().IsMatch(day), content, DicomVR.DA, "one of the date values does not match the pattern YYYYMMDD");
            Require(Number(day, 4) <= 12, content, DicomVR.DA, "month component exceeds the value 12");
            Require(Number(day, 6) <= 31, content, DicomVR.DA, "day component exceeds the value 31");
        }
    }

    public static void ValidateDS(string content)
    {
        AtMost(16, content, DicomVR.DS);
        Require(DecimalNumber().IsMatch(content.Trim()), content, DicomVR.DS, "value is no decimal string");
    }

    public static void ValidateIS(string content)
    {
        if (string.IsNullOrEmpty(content))
            return;
        var digits = content.Trim(' ');
        Require(IntegerNumber().IsMatch(digits), content, DicomVR.IS, "value is not an integer string");
        Require(int.TryParse(digits, NumberStyles.Integer, CultureInfo.InvariantCulture, out _), content, DicomVR.IS, "value too large to fit 32 bit integer");
    }

    public static void ValidateLO(string content) => ValidateShort(content, 64, DicomVR.LO);

    public static void ValidateSH(string content) => ValidateShort(content, 16, DicomVR.SH);

    public static void ValidateLT(string content) => AtMost(10240, content, DicomVR.LT);

    public static void ValidateST(string content) => AtMost(1024, content, DicomVR.ST);

    public static void ValidatePN(string content)
    {
        if (string.IsNullOrEmpty(content))
            return;
        var groups = content.Split('=');
        Require(groups.Length <= 3, content, DicomVR.PN, "value contains too many groups");
        foreach (var group in groups)
        {
            Require(group.Length <= 64, content, DicomVR.PN, "value exceeds maximum length of 64 characters");
            Require(!group.Any(IsForbiddenControl), content, DicomVR.PN, "value contains invalid control character");
            Require(group.Count(c => c == '^') <= 4, content, DicomVR.PN, "value contains too many components");
        }
    }

    public static void ValidateTM(string content)
    {
        var times = content.Split('-');
        Require(times.Length <= 2, content, DicomVR.TM, "value contains too many range separators '-'");
        foreach (var time in times.Select(t => t.TrimEnd(' ')).Where(t => t.Length > 0))
        {
            Require(TimeOfDay().IsMatch(time), content, DicomVR.TM, "value does not match pattern HH or HHMM or HHMMSS or HHMMSS.F{1-6}");
            Require(Number(time, 0) <= 23, content, DicomVR.TM, "hour component exceeds 23");
            Require(time.Length < 4 || Number(time, 2) <= 59, content, DicomVR.TM, "minutes component exceeds 59");
            Require(time.Length < 6 || Number(time, 4) <= 60, content, DicomVR.TM, "seconds component exceeds 60");
        }
    }

    public static void ValidateUI(string content)
    {
        var uid = content.TrimEnd(' ');
        if (uid.Length == 0)
            return;
        AtMost(64, uid, DicomVR.UI);
        Require(UidCharacters().IsMatch(uid), content, DicomVR.UI, "value contains invalid characters other than '0'-'9' and '.'");
        var components = uid.Split('.');
        Require(uid[0] != '0' && !components.Any(c => c.Length > 1 && c[0] == '0'), content, DicomVR.UI, "components must not have leading zeros");
        Require(components.All(c => c.Length > 0), content, DicomVR.UI, "a component can not be empty");
    }

    private static void ValidateShort(string content, int maximum, DicomVR vr)
    {
        if (string.IsNullOrEmpty(content))
            return;
        AtMost(maximum, content, vr);
        Require(!content.Contains('\\', StringComparison.Ordinal) && !content.Any(IsForbiddenControl), content, vr, "value contains invalid character");
    }

    private static void AtMost(int maximum, string? content, DicomVR vr) =>
        Require(!(content?.Length > maximum), content!, vr, $"value exceeds maximum length of {maximum} characters");

    private static void Require(bool holds, string content, DicomVR vr, string message)
    {
        if (!holds)
            throw new DicomValidationException(content, vr, message);
    }

    private static bool IsForbiddenControl(char c) => char.IsControl(c) && c != '\u001b';

    private static int Number(string digits, int start) => ((digits[start] - '0') * 10) + digits[start + 1] - '0';

    [GeneratedRegex(@"^[0-9]{3}[DWMY]$")]
    private static partial Regex Age();

    [GeneratedRegex("^[A-Z0-9_ ]*$")]
    private static partial Regex Code();

    [GeneratedRegex("^[0-9]{8}$")]
    private static partial Regex EightDigits();

    [GeneratedRegex(@"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?$")]
    private static partial Regex DecimalNumber();

    [GeneratedRegex("^[+-]?[0-9]+$")]
    private static partial Regex IntegerNumber();

    [GeneratedRegex(@"^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{6}\.[0-9]{1,6})$")]
    private static partial Regex TimeOfDay();

    [GeneratedRegex("^[0-9.]*$")]
    private static partial Regex UidCharacters();
}
