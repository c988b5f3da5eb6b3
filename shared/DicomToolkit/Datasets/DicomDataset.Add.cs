namespace FellowOakDicom;

public partial class DicomDataset
{
    /// <exception cref="ArgumentException">There is an item of the same tag.</exception>
    /// <exception cref="DicomValidationException">The item breaks a rule, and <see cref="AutoValidate"/> is on.</exception>
    public DicomDataset Add(DicomItem item) => Put(item, allowUpdate: false);

    /// <inheritdoc cref="Add(DicomItem)"/>
    public DicomDataset Add(params DicomItem[] items) => Put(items, allowUpdate: false);

    /// <inheritdoc cref="Add(DicomItem)"/>
    public DicomDataset Add(IEnumerable<DicomItem> items) => Put(items, allowUpdate: false);

    /// <summary>Adds values under the VR that the dictionary gives the tag; without values, an empty element.</summary>
    /// <inheritdoc cref="Add(DicomItem)"/>
    /// <exception cref="DicomDataException">The dictionary doesn't know the tag.</exception>
    /// <exception cref="InvalidOperationException">The VR can't hold such values.</exception>
    public DicomDataset Add<T>(DicomTag tag, params T[] values) => Put(RepresentationOf<T>(tag, values), tag, values, allowUpdate: false);

    /// <inheritdoc cref="Add{T}(DicomTag, T[])"/>
    public DicomDataset Add<T>(DicomVR vr, DicomTag tag, params T[] values) => Put(vr, tag, values, allowUpdate: false);

    /// <exception cref="DicomValidationException">An item breaks a rule, and <see cref="AutoValidate"/> is on.</exception>
    public DicomDataset AddOrUpdate(params DicomItem[] items) => Put(items, allowUpdate: true);

    /// <inheritdoc cref="AddOrUpdate(DicomItem[])"/>
    public DicomDataset AddOrUpdate(DicomItem item) => Put(item, allowUpdate: true);

    /// <inheritdoc cref="AddOrUpdate(DicomItem[])"/>
    public DicomDataset AddOrUpdate(IEnumerable<DicomItem> items) => Put(items, allowUpdate: true);

    /// <summary>Sets values under the VR that the dictionary gives the tag; without values, an empty element.</summary>
    /// <inheritdoc cref="AddOrUpdate(DicomItem[])"/>
    /// <exception cref="DicomDataException">The dictionary doesn't know the tag.</exception>
    /// <exception cref="InvalidOperationException">The VR can't hold such values.</exception>
    public DicomDataset AddOrUpdate<T>(DicomTag tag, params T[] values) => Put(RepresentationOf<T>(tag, values), tag, values, allowUpdate: true);

    /// <inheritdoc cref="AddOrUpdate{T}(DicomTag, T[])"/>
    public DicomDataset AddOrUpdate<T>(DicomVR vr, DicomTag tag, params T[] values) => Put(vr, tag, values, allowUpdate: true);

    /// <summary>Removes what is there; a tag that isn't is passed over.</summary>
    public DicomDataset Remove(params DicomTag[] tags)
    {
        foreach (var tag in tags)
            _items.Remove(GetPrivateTag(tag) ?? tag);
        return this;
    }

    /// <summary>Removes what the predicate is true for, on this level.</summary>
    public DicomDataset Remove(Func<DicomItem, bool> selector)
    {
        foreach (var item in _items.Values.Where(selector).ToArray())
            _items.Remove(item.Tag);
        return this;
    }

    public DicomDataset Clear()
    {
        _items.Clear();
        return this;
    }

    /// <summary>Puts all items into the other dataset, which shares them from then on.</summary>
    public DicomDataset CopyTo(DicomDataset destination)
    {
        destination?.AddOrUpdate(this);
        return this;
    }

    /// <inheritdoc cref="CopyTo(DicomDataset)"/>
    public DicomDataset CopyTo(DicomDataset destination, params DicomTag[] tags)
    {
        foreach (var tag in tags)
            destination?.AddOrUpdate(GetDicomItem<DicomItem>(tag));
        return this;
    }

    /// <inheritdoc cref="CopyTo(DicomDataset)"/>
    public DicomDataset CopyTo(DicomDataset destination, DicomMaskedTag mask)
    {
        destination?.AddOrUpdate(_items.Values.Where(i => mask.IsMatch(i.Tag)));
        return this;
    }

    /// <summary>The attributes that the shared and this frame's functional groups hold, the frame's over the shared (PS3.3 section C.7.6.16).</summary>
    /// <param name="frame">From 0.</param>
    public DicomDataset FunctionalGroupValues(int frame)
    {
        var values = new DicomDataset { ValidateItems = ValidateItems };
        if (TryGetSequence(DicomTag.SharedFunctionalGroupsSequence, out var shared))
            AddGroups(shared.Items[0], values);
        if (TryGetSequence(DicomTag.PerFrameFunctionalGroupsSequence, out var perFrame) && perFrame.Items.Count > frame)
            AddGroups(perFrame.Items[frame], values);
        return values;
    }

    private static void AddGroups(DicomDataset groups, DicomDataset values)
    {
        foreach (var group in groups.OfType<DicomSequence>())
        {
            if (group.Tag == DicomTag.ReferencedImageSequence)
                values.AddOrUpdate(group);
            else if (group.Items.Count > 0)
                values.AddOrUpdate(group.Items[0]);
        }
    }

    private DicomDataset Put(IEnumerable<DicomItem>? items, bool allowUpdate)
    {
        foreach (var item in items ?? [])
            Put(item, allowUpdate);
        return this;
    }

    private DicomDataset Put(DicomItem? item, bool allowUpdate)
    {
        if (item is null)
            return this;
        ValidateTag(item.Tag);
        if (item.Tag.IsPrivate)
            item.Tag = GetPrivateTag(item.Tag);
        if (ValidateItems)
            item.Validate();
        if (allowUpdate)
            _items[item.Tag] = item;
        else
            _items.Add(item.Tag, item);
        return this;
    }

    private DicomDataset Put<T>(DicomVR vr, DicomTag tag, T[]? values, bool allowUpdate) =>
        Put(ElementFactory.Create(vr, tag.IsPrivate ? GetPrivateTag(tag) : tag, values), allowUpdate);

    private DicomVR RepresentationOf<T>(DicomTag tag, T[]? values)
    {
        var entry = DicomDictionary.Default[tag.IsPrivate ? GetPrivateTag(tag) : tag];
        if (entry == DicomDictionary.UnknownTag)
        {
            throw new DicomDataException(tag.IsPrivate
                ? $"Unknown private tag <{tag.PrivateCreator}> ({tag.Group:X4}, {tag.Element:X4}) has no VR defined."
                : $"Tag {tag} not found in DICOM dictionary. Only dictionary tags may be added implicitly to the dataset.");
        }

        var fitting = values is null ? null : Array.Find(entry.ValueRepresentations, vr => vr.ValueType == typeof(T));
        return fitting ?? entry.ValueRepresentations[0];
    }
}
