using System.Globalization;

namespace FellowOakDicom;

/// <summary>A range of dates or times as used in queries (PS3.4 section C.2.2.2.5); an open end is the least or greatest moment.</summary>
public class DicomDateRange : DicomRange<DateTime>
{
    public DicomDateRange()
        : base(DateTime.MinValue, DateTime.MaxValue)
    {
    }

    public DicomDateRange(DateTime min, DateTime max)
        : base(min, max)
    {
    }

    /// <summary>Both ends with a hyphen between; an open end is empty.</summary>
    public string ToString(string format)
    {
        var start = Minimum == DateTime.MinValue ? string.Empty : Minimum.ToString(format, CultureInfo.InvariantCulture);
        var end = Maximum == DateTime.MaxValue ? string.Empty : Maximum.ToString(format, CultureInfo.InvariantCulture);
        return start.Length == 0 && end.Length == 0 ? string.Empty : $"{start}-{end}";
    }
}
