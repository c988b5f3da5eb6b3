using System.Globalization;
using FellowOakDicom.IO.Buffer;

namespace FellowOakDicom;

/// <summary>An element of dates, times or both.</summary>
public abstract class DicomDateElement : DicomMultiStringElement
{
    private DateTime[]? _moments;

    protected DicomDateElement(DicomTag tag, string[] dateFormats, params DateTime[] values)
        : base(tag, [.. values.Select(v => v.ToString(dateFormats[0], CultureInfo.InvariantCulture))]) => DateFormats = dateFormats;

    protected DicomDateElement(DicomTag tag, string[] dateFormats, DicomDateRange range)
        : base(tag, range.ToString(dateFormats[0])) => DateFormats = dateFormats;

    protected DicomDateElement(DicomTag tag, string[] dateFormats, params string[] values)
        : base(tag, values) => DateFormats = dateFormats;

    protected DicomDateElement(DicomTag tag, string[] dateFormats, IByteBuffer buffer)
        : base(tag, null, buffer) => DateFormats = dateFormats;

    /// <summary>What is read; the first is what is written.</summary>
    protected string[] DateFormats { get; }

    /// <exception cref="FormatException">A value has none of the formats of its VR.</exception>
    public override T Get<T>(int item = -1)
    {
        if (typeof(T) == typeof(string) || typeof(T) == typeof(string[]))
            return base.Get<T>(item);
        if (typeof(T) == typeof(DicomDateRange))
            return (T)(object)ParseRange(base.Get<string>(item));

        _moments ??= [.. base.Get<string[]>().Select(Parse)];
        if (typeof(T) == typeof(DateTime) || typeof(T) == typeof(object))
        {
            var index = Math.Max(item, 0);
            return item >= -1 && index < _moments.Length ? (T)(object)_moments[index] : throw OutOfRange();
        }

        if (typeof(T) == typeof(DateTime[]))
            return (T)(object)_moments;
        return typeof(T) == typeof(object[]) ? (T)(object)_moments.Cast<object>().ToArray() : base.Get<T>(item);
    }

    private DateTime Parse(string text) =>
        DateTime.ParseExact(text, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.NoCurrentDateDefault);

    private DicomDateRange ParseRange(string text)
    {
        var ends = text.Split('-');
        if (ends.Length == 1)
        {
            var day = Parse(ends[0]);
            return new DicomDateRange(day, day.AddDays(1).AddMilliseconds(-1));
        }

        var range = new DicomDateRange();
        if (ends[0].Length > 0)
            range.Minimum = Parse(ends[0]);
        if (ends[1].Length > 0)
            range.Maximum = Parse(ends[1]);
        return range;
    }
}
