namespace FellowOakDicom.IO.Reader;

/// <summary>VR and length of an element.</summary>
/// <param name="IsRecoded">True for a sequence under VR UN, whose content is implicit little endian (PS3.5 section 6.2.2, CP-246).</param>
internal readonly record struct ElementHeader(DicomVR VR, uint Length, bool IsRecoded = false);

/// <summary>Reads what stands between an element's tag and its value (PS3.5 section 7.1).</summary>
internal sealed class ElementHeaderReader(ByteSource source)
{
    private const uint Undefined = 0xffffffff;

    public bool IsExplicit { get; set; }

    /// <summary>False if the bytes end within the header.</summary>
    public bool TryRead(DicomTag tag, DicomDictionaryEntry entry, out ElementHeader header)
    {
        var isRead = IsExplicit ? TryReadExplicit(tag, entry, out header) : TryReadImplicit(entry, out header);
        if (isRead && header.VR == DicomVR.SQ && tag.IsPrivate && header.Length > 0)
            header = CheckedPrivateSequence(header);
        return isRead;
    }

    /// <summary>Whether the first element of the first item has a VR; null if there is no such element.</summary>
    public bool? LooksExplicit()
    {
        var start = source.Position;
        try
        {
            while (source.Remaining >= 14)
            {
                if (source.ReadTag() != DicomTag.Item)
                    return null;
                if (source.ReadUInt32() == 0)
                    continue;
                if (source.Remaining < 6)
                    return null;
                var bytes = source.Peek(6);
                if (bytes is [0xfe, 0xff, ..])
                    return null;
                return DicomVR.Find((char)bytes[4], (char)bytes[5]) is not null;
            }

            return null;
        }
        finally
        {
            source.Position = start;
        }
    }

    private bool TryReadExplicit(DicomTag tag, DicomDictionaryEntry entry, out ElementHeader header)
    {
        header = default;
        if (source.Remaining < 4)
            return false;
        var code = source.Peek(2);
        var vr = DicomVR.Find((char)code[0], (char)code[1]);
        if (vr is null && code is not [(byte)' ', (byte)' '])
            return TryReadImplicit(entry, out header);

        vr ??= entry.ValueRepresentations[0];
        source.Position += 2;
        uint length = source.ReadUInt16();
        if (!vr.Is16bitLength && !(length > 0 && (vr == DicomVR.UV || vr == DicomVR.SV)))
        {
            if (source.Remaining < 4)
                return false;
            length = source.ReadUInt32();
        }

        if (vr != DicomVR.UN)
        {
            header = new ElementHeader(vr, length);
            return true;
        }

        vr = length == Undefined ? DicomVR.SQ : FromDictionary(entry, preferWords: false);
        if (tag.IsPrivate && vr == DicomVR.UN && tag.Element is >= 0x10 and <= 0xff)
            vr = DicomVR.LO;
        header = new ElementHeader(vr, length, IsRecoded: vr == DicomVR.SQ);
        return true;
    }

    private bool TryReadImplicit(DicomDictionaryEntry entry, out ElementHeader header)
    {
        header = default;
        if (source.Remaining < 4)
            return false;
        var length = source.ReadUInt32();
        var vr = FromDictionary(entry, preferWords: !IsExplicit);
        if (length == Undefined && (vr == DicomVR.UN || IsExplicit))
            vr = DicomVR.SQ;
        header = new ElementHeader(vr, length);
        return true;
    }

    private ElementHeader CheckedPrivateSequence(ElementHeader header)
    {
        if (source.Remaining < 4)
            return header;
        var start = source.Position;
        var tag = source.ReadTag();
        source.Position = start;
        if (tag != DicomTag.Item && tag != DicomTag.SequenceDelimitationItem)
            return header with { VR = DicomVR.UN, IsRecoded = false };
        return LooksExplicit() is { } isExplicit && isExplicit != IsExplicit ? header with { IsRecoded = true } : header;
    }

    private static DicomVR FromDictionary(DicomDictionaryEntry entry, bool preferWords)
    {
        if (entry == DicomDictionary.UnknownTag)
            return DicomVR.UN;
        var vrs = entry.ValueRepresentations;
        if (preferWords && vrs.Contains(DicomVR.OB) && vrs.Contains(DicomVR.OW))
            return DicomVR.OW;
        return vrs[0] == DicomVR.NONE ? DicomVR.UN : vrs[0];
    }
}
