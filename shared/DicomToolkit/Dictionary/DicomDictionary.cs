using System.Collections;
using System.Collections.Concurrent;

namespace FellowOakDicom;

/// <summary>The data dictionary of PS3.6 by tag and by keyword, and what the application adds for private creators.</summary>
public class DicomDictionary : IEnumerable<DicomDictionaryEntry>
{
    public static readonly DicomDictionaryEntry UnknownTag = new(
        DicomMaskedTag.Parse("xxxx", "xxxx"), "Unknown", "Unknown", DicomVM.Parse("1-n"), false, [DicomVR.UN, .. DicomVR.DataElements.Where(vr => vr != DicomVR.UN)]);

    public static readonly DicomDictionaryEntry PrivateCreatorTag = new(
        DicomMaskedTag.Parse("xxxx", "00xx"), "Private Creator", "PrivateCreator", DicomVM.Parse("1"), false, DicomVR.LO);

    private static readonly Lazy<DicomDictionary> s_default = new(DicomDictionaryTable.Load);

    private readonly ConcurrentDictionary<string, DicomPrivateCreator> _creators = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DicomDictionary> _private = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<uint, DicomDictionaryEntry> _entries = new();
    private readonly ConcurrentDictionary<string, DicomTag> _keywords = new(StringComparer.Ordinal);
    private readonly ConcurrentStack<DicomDictionaryEntry> _masked = new();

    public DicomDictionary()
    {
    }

    private DicomDictionary(string creator) => PrivateCreator = new DicomPrivateCreator(creator);

    public static DicomDictionary Default => s_default.Value;

    /// <summary>The creator whose block this dictionary describes; null in the dictionary of the standard.</summary>
    public DicomPrivateCreator? PrivateCreator { get; }

    /// <summary>The entry of a tag; <see cref="UnknownTag"/> if there is none.</summary>
    public DicomDictionaryEntry this[DicomTag tag]
    {
        get
        {
            if (PrivateCreator is null && tag.PrivateCreator is { } creator && _private.TryGetValue(creator.Creator, out var dictionary))
                return dictionary[tag];
            if (tag.IsPrivate && tag.Element is >= 0x0010 and <= 0x00ff)
                return PrivateCreatorTag;
            return _entries.TryGetValue(Key(tag), out var entry) ? entry : FindMasked(tag);
        }
    }

    public DicomDictionary this[DicomPrivateCreator creator] => _private.GetOrAdd(creator.Creator, c => new DicomDictionary(c));

    /// <summary>The tag of a keyword; null if nothing has it.</summary>
    public DicomTag this[string keyword] => _keywords.TryGetValue(keyword, out var tag)
        ? tag
        : _private.Values.Select(d => d[keyword]).FirstOrDefault(found => found is not null)!;

    public void Add(DicomDictionaryEntry entry)
    {
        if (PrivateCreator is not null)
            entry.Tag = new DicomTag(entry.Tag.Group, entry.Tag.Element, PrivateCreator);
        if (entry.MaskTag is null)
            _entries[Key(entry.Tag)] = entry;
        else
            _masked.Push(entry);
        _keywords[entry.Keyword] = entry.Tag;
    }

    public DicomPrivateCreator GetPrivateCreator(string creator) => _creators.GetOrAdd(creator, c => new DicomPrivateCreator(c));

    public IEnumerator<DicomDictionaryEntry> GetEnumerator() => _entries.Values.Concat(_masked).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static uint Key(DicomTag tag) => tag.PrivateCreator is null ? tag.Number : tag.Number & 0xffff00ff;

    private DicomDictionaryEntry FindMasked(DicomTag tag)
    {
        foreach (var entry in _masked)
        {
            if (entry.MaskTag!.IsMatch(tag))
                return entry;
        }

        return UnknownTag;
    }
}
