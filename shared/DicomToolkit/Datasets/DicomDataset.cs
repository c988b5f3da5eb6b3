using System.Collections;
using System.Text;

namespace FellowOakDicom;

/// <summary>Items by tag, in the order of their tags.</summary>
public partial class DicomDataset : IEnumerable<DicomItem>, IEquatable<DicomDataset>
{
    private readonly SortedList<DicomTag, DicomItem> _items = [];
    private DicomTransferSyntax _syntax;

    public DicomDataset()
        : this(DicomTransferSyntax.ExplicitVRLittleEndian)
    {
    }

    public DicomDataset(DicomTransferSyntax internalTransferSyntax) => _syntax = internalTransferSyntax;

    public DicomDataset(params DicomItem[] items)
        : this((IEnumerable<DicomItem>)items)
    {
    }

    public DicomDataset(IEnumerable<DicomItem> items)
        : this(items, validate: true)
    {
    }

    /// <summary>Copies the items; sequences are copied with their datasets, elements are shared.</summary>
    internal DicomDataset(IEnumerable<DicomItem> items, bool validate)
        : this()
    {
        ValidateItems = validate;
        foreach (var item in items ?? [])
        {
            if (item is null)
                continue;
            var tag = item.Tag.IsPrivate ? GetPrivateTag(item.Tag) : item.Tag;
            if (item is DicomSequence sequence)
            {
                _items[tag] = new DicomSequence(tag, [.. sequence.Items.Where(i => i is not null).Select(i => new DicomDataset(i, validate))]);
                continue;
            }

            if (ValidateItems)
                item.Validate();
            _items[tag] = item;
        }

        ValidateItems = true;
    }

    /// <summary>False makes two datasets equal only if they are the same object.</summary>
    public static bool CompareInstancesByContent { get; set; } = true;

    /// <summary>The syntax of the pixel data and of what is written; nested datasets follow.</summary>
    public DicomTransferSyntax InternalTransferSyntax
    {
        get => _syntax;
        internal set
        {
            _syntax = value;
            foreach (var item in _items.Values)
            {
                if (item is not DicomSequence sequence)
                    continue;
                foreach (var nested in sequence.Items)
                    nested.InternalTransferSyntax = value;
            }
        }
    }

    /// <summary>Whether items are validated as they are added; what is read from a file never is.</summary>
    [Obsolete("Use this property with care. You can suppress validation, but be aware you might create invalid Datasets if you need to set this property.", false)]
    public bool AutoValidate
    {
        get => ValidateItems;
        set => ValidateItems = value;
    }

    internal bool ValidateItems { get; set; } = true;

    /// <summary>What text without a SpecificCharacterSet of its own is encoded in.</summary>
    internal Encoding[] FallbackEncodings { get; set; } = DicomEncoding.DefaultArray;

    public static bool operator ==(DicomDataset? a, DicomDataset? b) => a is null ? b is null : b is not null && a.Equals(b);

    public static bool operator !=(DicomDataset? a, DicomDataset? b) => !(a == b);

    /// <summary>True if there is an item; of a private tag, in whichever block its creator has.</summary>
    public bool Contains(DicomTag tag)
    {
        if (!tag.IsPrivate)
            return _items.ContainsKey(tag);
        var found = GetPrivateTag(tag, createTag: false);
        return found is not null && _items.Keys.Any(k => k.Equals(found));
    }

    /// <summary>The tag in the block that the dataset has, or now makes, for its private creator.</summary>
    public DicomTag GetPrivateTag(DicomTag tag) => GetPrivateTag(tag, createTag: true)!;

    /// <exception cref="DicomValidationException">An item breaks a rule of PS3.5 or PS3.6.</exception>
    public void Validate()
    {
        foreach (var item in this)
            item.Validate();
    }

    public IEnumerator<DicomItem> GetEnumerator() => _items.Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => $"DICOM Dataset [{_items.Count} items]";

    public override bool Equals(object? obj) => obj is DicomDataset other && GetType() == other.GetType() && Equals(other);

    /// <summary>Compares item by item: text, numbers, tags; of OB, OW and UN elements only the size, of fragments only that they exist.</summary>
    public bool Equals(DicomDataset? other)
    {
        if (ReferenceEquals(this, other))
            return true;
        if (other is null || !CompareInstancesByContent || _items.Count != other._items.Count)
            return false;
        return _items.Values.All(item => DatasetComparison.AreEqual(item, other.GetDicomItem<DicomItem>(item.Tag)));
    }

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var tag in _items.Keys)
            hash.Add(tag.Number);
        return hash.ToHashCode();
    }

    /// <exception cref="DicomDataException">The tag isn't allowed here.</exception>
    protected virtual void ValidateTag(DicomTag tag)
    {
    }

    internal Encoding[] GetEncodingsForSerialization() =>
        TryGetValues<string>(DicomTag.SpecificCharacterSet, out var names) ? DicomEncoding.GetEncodings(names) : FallbackEncodings;

    /// <summary>Sets what each text is written in, also in nested datasets, which inherit their parent's character set.</summary>
    internal void OnBeforeSerializing()
    {
        var encodings = GetEncodingsForSerialization();
        foreach (var item in _items.Values)
        {
            if (item is DicomStringElement text)
            {
                text.TargetEncodings = encodings;
            }
            else if (item is DicomSequence sequence)
            {
                foreach (var nested in sequence.Items)
                {
                    nested.FallbackEncodings = encodings;
                    nested.OnBeforeSerializing();
                }
            }
        }
    }

    private DicomTag? GetPrivateTag(DicomTag tag, bool createTag)
    {
        if (!tag.IsPrivate || tag.Element == 0 || tag.PrivateCreator is null || tag.Element > 0xff)
            return tag;

        for (ushort block = 0x10; block <= 0xff; block++)
        {
            var creator = new DicomTag(tag.Group, block);
            if (!_items.TryGetValue(creator, out var reserved))
            {
                if (!createTag)
                    continue;
                Add(new DicomLongString(creator, tag.PrivateCreator.Creator));
            }
            else if ((reserved as DicomElement)?.Get<string>() != tag.PrivateCreator.Creator)
            {
                continue;
            }

            return new DicomTag(tag.Group, (ushort)((block << 8) | tag.Element), tag.PrivateCreator);
        }

        return null;
    }
}
