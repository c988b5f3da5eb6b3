namespace FellowOakDicom;

/// <summary>What a dataset holds under a tag: an element, a sequence or a sequence of fragments.</summary>
public abstract class DicomItem : IComparable<DicomItem>, IComparable
{
    protected DicomItem(DicomTag tag) => Tag = tag;

    public DicomTag Tag { get; internal set; }

    public abstract DicomVR ValueRepresentation { get; }

    public int CompareTo(DicomItem? other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Tag.CompareTo(other.Tag);
    }

    public int CompareTo(object? obj)
    {
        ArgumentNullException.ThrowIfNull(obj);
        return obj is DicomItem item ? CompareTo(item) : throw new ArgumentException("Only comparison with DICOM items is supported.", nameof(obj));
    }

    public override string ToString() => $"{Tag} {ValueRepresentation} {Tag.DictionaryEntry.Name}";

    /// <exception cref="DicomValidationException">The content breaks a rule of PS3.5 or PS3.6.</exception>
    public virtual void Validate()
    {
    }
}
