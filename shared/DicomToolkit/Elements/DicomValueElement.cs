using System.Globalization;
using FellowOakDicom.IO.Buffer;

namespace FellowOakDicom;

/// <summary>An element of binary numbers, kept in the machine's byte order.</summary>
public abstract class DicomValueElement<Tv> : DicomElement
    where Tv : struct
{
    protected DicomValueElement(DicomTag tag, params Tv[] values)
        : this(tag, new MemoryByteBuffer(BinaryValues.Bytes(values)))
    {
    }

    protected DicomValueElement(DicomTag tag, IByteBuffer data)
        : base(tag, data)
    {
    }

    public override int Count => (int)(Buffer.Size / ValueRepresentation.UnitSize);

    public override T Get<T>(int item = -1)
    {
        if (typeof(T) == typeof(Tv[]))
            return (T)(object)BinaryValues.All<Tv>(Buffer);
        if (typeof(T) == typeof(object[]))
            return (T)(object)BinaryValues.All<Tv>(Buffer).Cast<object>().ToArray();
        if (typeof(T) == typeof(string[]))
            return (T)(object)BinaryValues.All<Tv>(Buffer).Select(Text).ToArray();

        var isText = typeof(T) == typeof(string);
        if (!isText && typeof(T) != typeof(object) && !typeof(T).IsValueType)
            throw CannotConvert<T>();

        var index = Math.Max(item, 0);
        if (item < -1 || index >= Count)
            throw OutOfRange();
        var value = BinaryValues.One<Tv>(Buffer, index);
        if (isText)
            return (T)(object)Text(value);

        var type = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        return type.IsEnum ? (T)ValueConversion.ParseEnum(type, Text(value)) : ValueConversion.Single<T>(value);
    }

    public override bool Equals(DicomElement other) =>
        other is DicomValueElement<Tv> values && Buffer.Size == values.Buffer.Size && Buffer.Data.AsSpan().SequenceEqual(values.Buffer.Data);

    private static string Text(Tv value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
