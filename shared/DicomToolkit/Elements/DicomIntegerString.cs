using System.Globalization;
using FellowOakDicom.IO.Buffer;

namespace FellowOakDicom;

/// <summary>An element of integers as text (IS).</summary>
public class DicomIntegerString : DicomMultiStringElement
{
    private int[]? _numbers;

    public DicomIntegerString(DicomTag tag, params int[] values)
        : base(tag, [.. values.Select(v => v.ToString(CultureInfo.InvariantCulture))])
    {
    }

    public DicomIntegerString(DicomTag tag, params string[] values)
        : base(tag, values)
    {
    }

    public DicomIntegerString(DicomTag tag, IByteBuffer data)
        : base(tag, null, data)
    {
    }

    public override DicomVR ValueRepresentation => DicomVR.IS;

    /// <summary>A decimal point is accepted if only zeros follow it.</summary>
    /// <exception cref="FormatException">A value isn't an integer.</exception>
    /// <exception cref="OverflowException">A value is too large for an <see cref="int"/> or for <typeparamref name="T"/>.</exception>
    public override T Get<T>(int item = -1)
    {
        if (typeof(T) == typeof(string) || typeof(T) == typeof(string[]))
            return base.Get<T>(item);

        _numbers ??=
        [
            .. base.Get<string[]>().Select(v => int.Parse(v, NumberStyles.Integer | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture)),
        ];
        if (ValueConversion.TryArray<T>(_numbers, out var array))
            return array;
        if (typeof(T).IsArray || (!typeof(T).IsValueType && typeof(T) != typeof(object)))
            return base.Get<T>(item);

        var index = Math.Max(item, 0);
        if (item < -1 || index >= _numbers.Length)
            throw OutOfRange();
        var type = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        return type.IsEnum ? (T)Enum.ToObject(type, _numbers[index]) : ValueConversion.Single<T>(_numbers[index]);
    }
}
