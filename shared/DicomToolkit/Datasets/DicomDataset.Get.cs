using FellowOakDicom.IO.Buffer;

namespace FellowOakDicom;

public partial class DicomDataset
{
    /// <summary>The item; null if there is none or it is of another type.</summary>
    /// <exception cref="DicomDataException">The tag is private and its creator has no block here.</exception>
    public T GetDicomItem<T>(DicomTag tag)
        where T : DicomItem => (_items.GetValueOrDefault(Located(tag)) as T)!;

    /// <exception cref="DicomDataException">There is no such item, or it isn't a sequence.</exception>
    public DicomSequence GetSequence(DicomTag tag) =>
        Found(tag) as DicomSequence ?? throw new DicomDataException($"DicomTag {tag} isn't a sequence.");

    public bool TryGetSequence(DicomTag tag, out DicomSequence sequence)
    {
        sequence = (Find(tag) as DicomSequence)!;
        return sequence is not null;
    }

    public bool TryGetNonEmptySequence(DicomTag tag, out DicomSequence sequence)
    {
        sequence = Find(tag) is DicomSequence { Items.Count: > 0 } found ? found : null!;
        return sequence is not null;
    }

    /// <summary>How many values, or items of a sequence, there are.</summary>
    /// <exception cref="DicomDataException">There is no such item, or it is of fragments.</exception>
    public int GetValueCount(DicomTag tag) => Found(tag) switch
    {
        DicomElement element => element.Count,
        DicomSequence sequence => sequence.Items.Count,
        _ => throw NoValues(),
    };

    /// <exception cref="DicomDataException">There is no such value, or <typeparamref name="T"/> is an array.</exception>
    public T GetValue<T>(DicomTag tag, int index)
    {
        tag = Located(tag);
        if (index < 0)
            throw new ArgumentOutOfRangeException(nameof(index), "index must be a non-negative value");
        RefuseArray<T>(" Use GetValues instead");
        var element = FoundElement(tag);
        if (typeof(IByteBuffer).IsAssignableFrom(typeof(T)))
            return (T)element.Buffer;
        return index < element.Count
            ? element.Get<T>(index)
            : throw new DicomDataException($"Index out of range: index {index} for Tag {tag} must be less than value count {element.Count}");
    }

    public bool TryGetValue<T>(DicomTag tag, int index, out T elementValue)
    {
        elementValue = default!;
        return index >= 0 && !typeof(T).IsArray && Find(tag) is DicomElement element && index < element.Count && TryGet(element, index, out elementValue);
    }

    public T GetValueOrDefault<T>(DicomTag tag, int index, T defaultValue) => TryGetValue<T>(tag, index, out var value) ? value : defaultValue;

    /// <exception cref="DicomDataException">There is no such element, or <typeparamref name="T"/> is an array.</exception>
    public T[] GetValues<T>(DicomTag tag)
    {
        RefuseArray<T>(string.Empty);
        var element = FoundElement(Located(tag));
        return typeof(T) == typeof(byte) ? (T[])(object)element.Buffer.Data : element.Get<T[]>(-1);
    }

    public bool TryGetValues<T>(DicomTag tag, out T[] values)
    {
        values = null!;
        return !typeof(T).IsArray && Find(tag) is DicomElement element && TryGet(element, -1, out values);
    }

    /// <exception cref="DicomDataException">There is no such element, it has no or several values, or <typeparamref name="T"/> is an array.</exception>
    public T GetSingleValue<T>(DicomTag tag)
    {
        RefuseArray<T>(" Use GetValues instead");
        tag = Located(tag);
        var element = FoundElement(tag);
        if (typeof(IByteBuffer).IsAssignableFrom(typeof(T)))
            return (T)element.Buffer;
        return element.Count == 1
            ? element.Get<T>(0)
            : throw new DicomDataException($"DICOM element {tag} must contain a single value, but contains {element.Count}");
    }

    public bool TryGetSingleValue<T>(DicomTag tag, out T value)
    {
        value = default!;
        return !typeof(T).IsArray && Find(tag) is DicomElement { Count: 1 } element && TryGet(element, 0, out value);
    }

    public T GetSingleValueOrDefault<T>(DicomTag tag, T defaultValue) => TryGetSingleValue<T>(tag, out var value) ? value : defaultValue;

    /// <summary>The text of all values, with backslashes between; of numbers, the first.</summary>
    /// <exception cref="DicomDataException">There is no such element.</exception>
    public string GetString(DicomTag tag) => FoundElement(Located(tag)).Get<string>(-1);

    /// <summary>As <see cref="GetString"/>; of an empty element, the empty text.</summary>
    public bool TryGetString(DicomTag tag, out string stringValue)
    {
        stringValue = null!;
        if (Find(tag) is not DicomElement element)
            return false;
        try
        {
            stringValue = element.Count == 0 ? string.Empty : element.Get<string>(-1);
            return true;
        }
        catch (DicomDataException)
        {
            return false;
        }
    }

    private static bool TryGet<T>(DicomElement element, int index, out T value)
    {
        try
        {
            value = element.Get<T>(index);
            return true;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            value = default!;
            return false;
        }
    }

    private static void RefuseArray<T>(string advice)
    {
        if (typeof(T).IsArray)
            throw new DicomDataException($"T can't be an Array type.{advice}");
    }

    private static DicomDataException NoValues() => new("DicomTag doesn't support values.");

    private static DicomDataException NotFound(DicomTag tag) => new($"Tag: {tag} not found in dataset");

    private DicomTag Located(DicomTag tag) => GetPrivateTag(tag, createTag: false) ?? throw NotFound(tag);

    private DicomItem? Find(DicomTag tag) =>
        GetPrivateTag(tag, createTag: false) is { } located ? _items.GetValueOrDefault(located) : null;

    private DicomItem Found(DicomTag tag) => Find(tag) ?? throw NotFound(tag);

    private DicomElement FoundElement(DicomTag tag) => Found(tag) as DicomElement ?? throw NoValues();
}
