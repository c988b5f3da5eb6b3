using System.Globalization;
using FellowOakDicom.IO.Buffer;

namespace FellowOakDicom;

/// <summary>An element of decimal numbers as text (DS).</summary>
public class DicomDecimalString : DicomMultiStringElement
{
    private decimal[]? _numbers;

    public DicomDecimalString(DicomTag tag, params decimal[] values)
        : base(tag, [.. values.Select(ToDecimalString)])
    {
    }

    public DicomDecimalString(DicomTag tag, params string[] values)
        : base(tag, values)
    {
    }

    public DicomDecimalString(DicomTag tag, IByteBuffer data)
        : base(tag, null, data)
    {
    }

    public override DicomVR ValueRepresentation => DicomVR.DS;

    /// <summary>The number in at most 16 characters, rounded to ten digits where all of them don't fit.</summary>
    public static string ToDecimalString(decimal value)
    {
        var text = value.ToString(CultureInfo.InvariantCulture);
        return text.Length > 16 ? value.ToString("G10", CultureInfo.InvariantCulture) : text;
    }

    /// <exception cref="FormatException">A value isn't a number.</exception>
    /// <exception cref="OverflowException">A value is too large for a <see cref="decimal"/> or for <typeparamref name="T"/>.</exception>
    public override T Get<T>(int item = -1)
    {
        if (typeof(T) == typeof(string) || typeof(T) == typeof(string[]))
            return base.Get<T>(item);

        _numbers ??= [.. base.Get<string[]>().Select(v => decimal.Parse(v, NumberStyles.Any, CultureInfo.InvariantCulture))];
        if (ValueConversion.TryArray<T>(_numbers, out var array))
            return array;
        if (typeof(T).IsArray || (!typeof(T).IsValueType && typeof(T) != typeof(object)))
            return base.Get<T>(item);

        var index = Math.Max(item, 0);
        return item >= -1 && index < _numbers.Length ? ValueConversion.Single<T>(_numbers[index]) : throw OutOfRange();
    }
}
