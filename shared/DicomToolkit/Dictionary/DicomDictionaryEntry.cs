namespace FellowOakDicom;

/// <summary>A row of the data dictionary (PS3.6 section 6).</summary>
public sealed class DicomDictionaryEntry
{
    public DicomDictionaryEntry(DicomTag tag, string name, string keyword, DicomVM vm, bool retired, params DicomVR[] vrs)
    {
        Tag = tag;
        Name = name;
        Keyword = keyword;
        ValueMultiplicity = vm;
        IsRetired = retired;
        ValueRepresentations = vrs;
    }

    public DicomDictionaryEntry(DicomMaskedTag tag, string name, string keyword, DicomVM vm, bool retired, params DicomVR[] vrs)
        : this(tag.Tag, name, keyword, vm, retired, vrs) => MaskTag = tag;

    public DicomTag Tag { get; set; }

    /// <summary>The pattern of a repeating group; null for an ordinary tag.</summary>
    public DicomMaskedTag? MaskTag { get; private set; }

    public string Name { get; private set; }

    public string Keyword { get; private set; }

    public DicomVR[] ValueRepresentations { get; private set; }

    public DicomVM ValueMultiplicity { get; private set; }

    public bool IsRetired { get; private set; }
}
