using System.Globalization;

namespace Radiomics.Dicom;

/// <summary>Moves dates by whole days, so that the time between them stays (PS3.15 E.3.6, Modified Dates Option).</summary>
/// <param name="days">Days into the past.</param>
internal readonly struct ShiftedDates(int days)
{
    private const int DateLength = 8;

    /// <summary>
    /// A DA, or a DT whose first eight digits are one; what follows them stays. Null if that is no date or would lie before the calendar begins: what
    /// can't be moved can't stay.
    /// </summary>
    public string? Shift(string value)
    {
        var text = value.Trim();
        var digits = text.Length >= 10 && text[4] == '.' && text[7] == '.' ? text[..4] + text[5..7] + text[8..10] : text;
        if (digits.Length < DateLength
            || !DateTime.TryParseExact(digits[..DateLength], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            || date < DateTime.MinValue.AddDays(days))
        {
            return null;
        }

        return date.AddDays(-days).ToString("yyyyMMdd", CultureInfo.InvariantCulture) + digits[DateLength..];
    }
}
