using FellowOakDicom.IO.Buffer;

namespace FellowOakDicom;

/// <summary>An item with values.</summary>
public abstract class DicomElement : DicomItem
{
    protected DicomElement(DicomTag tag, IByteBuffer data)
        : base(tag) => Buffer = data;

    /// <summary>How many values there are.</summary>
    public abstract int Count { get; }

    public IByteBuffer Buffer { get; protected set; }

    /// <summary>Bytes.</summary>
    public uint Length => (uint)(Buffer?.Size ?? 0);

    /// <summary>The values as an array, or one of them; -1 is the first value, or the whole text where <typeparamref name="T"/> is a string.</summary>
    /// <exception cref="InvalidCastException">The value can't be had as a <typeparamref name="T"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such value.</exception>
    public abstract T Get<T>(int item = -1);

    public override void Validate()
    {
        ValidateString();
        ValidateVM();
    }

    public abstract bool Equals(DicomElement other);

    protected virtual void ValidateVM()
    {
        if (Tag.IsPrivate || Count == 0)
            return;
        var vm = Tag.DictionaryEntry.ValueMultiplicity;
        if (Count < vm.Minimum || Count > vm.Maximum)
            throw new DicomValidationException(ToString(), ValueRepresentation, $"Number of items {Count} does not match ValueMultiplicity {vm}");
    }

    protected virtual void ValidateString()
    {
    }

    private protected InvalidCastException CannotConvert<T>() =>
        new($"Unable to convert DICOM {ValueRepresentation.Code} value to '{typeof(T).Name}'");

    private protected static ArgumentOutOfRangeException OutOfRange() =>
        new("item", "Index is outside the range of available value items");
}
