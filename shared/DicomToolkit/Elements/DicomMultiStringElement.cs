using System.Text;
using FellowOakDicom.IO.Buffer;

namespace FellowOakDicom;

/// <summary>An element of text whose values are separated by backslashes.</summary>
public abstract class DicomMultiStringElement : DicomStringElement
{
    private string[]? _values;

    protected DicomMultiStringElement(DicomTag tag, params string[] values)
        : base(tag, string.Join('\\', values))
    {
    }

    protected DicomMultiStringElement(DicomTag tag, Encoding[]? encodings, IByteBuffer buffer)
        : base(tag, encodings, buffer)
    {
    }

    public override int Count => Values.Length;

    private string[] Values => _values ??= StringValue.Length == 0 ? [] : StringValue.Split('\\');

    public override T Get<T>(int item = -1)
    {
        if (typeof(T) == typeof(string) || typeof(T) == typeof(object))
        {
            if (item == -1)
                return (T)(object)StringValue;
            return item >= 0 && item < Count ? (T)(object)Values[item] : throw OutOfRange();
        }

        if (typeof(T) == typeof(string[]) || typeof(T) == typeof(object[]))
            return (T)(object)Values;

        var index = Math.Max(item, 0);
        return item >= -1 && index < Count ? Parsed<T>(Values[index]) : throw OutOfRange();
    }

    public override bool Equals(DicomElement other) =>
        other is DicomMultiStringElement text && text.Count == Count && text.StringValue == StringValue;

    protected override void ValidateString()
    {
        foreach (var value in Values)
            ValueRepresentation.ValidateString(value);
    }
}
