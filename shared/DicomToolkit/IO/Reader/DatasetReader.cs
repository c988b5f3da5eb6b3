using System.Text;

namespace FellowOakDicom.IO.Reader;

/// <summary>Reads a dataset (PS3.5 section 7). What is cut off ends the reading, what is contradictory throws.</summary>
internal sealed class DatasetReader(ByteSource source, bool isExplicit, Func<ParseState, bool>? stop = null)
{
    /// <summary>Deeper nesting is refused: real objects have fewer than ten levels.</summary>
    public const int MaximumDepth = 64;

    /// <summary>More sequence items are refused: each is a dataset, though it may take eight bytes of a file. Images of ten thousand frames have a tenth of it.</summary>
    public const int MaximumItems = 1_000_000;

    private const uint Undefined = 0xffffffff;

    private readonly Dictionary<uint, DicomPrivateCreator> _creators = [];
    private readonly ElementHeaderReader _headers = new(source) { IsExplicit = isExplicit };
    private DicomTag? _previous;
    private int _items;

    private enum Ending
    {
        Complete,
        ItemDelimiter,
        SequenceDelimiter,
        Stopped,
        CutOff,
    }

    /// <exception cref="DicomReaderException">The bytes aren't a dataset.</exception>
    /// <exception cref="DicomDataException">An element can't have the VR it is said to have.</exception>
    public DicomReaderResult Read(DicomDataset dataset, Encoding[] encodings) => ReadItems(dataset, encodings, source.Length, 0) switch
    {
        Ending.Complete => DicomReaderResult.Success,
        Ending.Stopped => DicomReaderResult.Stopped,
        Ending.CutOff => DicomReaderResult.Suspended,
        _ => DicomReaderResult.Processing,
    };

    private Ending ReadItems(DicomDataset dataset, Encoding[] encodings, long end, int depth)
    {
        while (source.Position < end)
        {
            var start = source.Position;
            if (source.Remaining < 4)
                return Ending.CutOff;

            var (tag, entry) = Known(source.ReadTag());
            if (stop is not null && stop(new ParseState { PreviousTag = _previous, Tag = tag, SequenceDepth = depth }))
            {
                source.Position = start;
                return Ending.Stopped;
            }

            _previous = tag;
            if (tag.Group == 0xfffe)
                return ReadDelimiter(tag);

            if (!_headers.TryRead(tag, entry, out var header))
                return Ending.CutOff;
            var ending = ReadValue(dataset, tag, header, ref encodings, depth);
            if (ending != Ending.Complete)
                return ending;
        }

        return Ending.Complete;
    }

    private Ending ReadDelimiter(DicomTag tag)
    {
        if (source.Remaining < 4)
            return Ending.CutOff;
        source.ReadUInt32();
        if (tag == DicomTag.ItemDelimitationItem)
            return Ending.ItemDelimiter;
        return tag == DicomTag.SequenceDelimitationItem
            ? Ending.SequenceDelimiter
            : throw new DicomReaderException($"Unexpected {tag} outside of a sequence");
    }

    private (DicomTag Tag, DicomDictionaryEntry Entry) Known(DicomTag tag)
    {
        if (tag.IsPrivate && tag.Element >= 0x1000 && _creators.TryGetValue(((uint)tag.Group << 16) | (uint)(tag.Element >> 8), out var creator))
            tag = new DicomTag(tag.Group, tag.Element, creator);
        var entry = DicomDictionary.Default[tag];
        return (tag.IsPrivate || entry.MaskTag is not null ? tag : entry.Tag, entry);
    }

    private Ending ReadValue(DicomDataset dataset, DicomTag tag, ElementHeader header, ref Encoding[] encodings, int depth)
    {
        if (header.VR == DicomVR.SQ)
            return ReadSequence(dataset, tag, header, encodings, depth);
        if (header.Length == Undefined)
            return ReadFragments(dataset, tag, header.VR);
        if (source.Remaining < header.Length)
            return Ending.CutOff;

        var buffer = source.ReadBuffer(header.Length);
        if (buffer is null)
            return Ending.Complete;
        if (!header.VR.IsString)
            buffer = Buffer.EndianByteBuffer.Create(buffer, source.Endian, header.VR.ByteSwap);

        var element = ElementFactory.Read(header.VR, tag, buffer, encodings);
        if (tag == DicomTag.SpecificCharacterSet && element.Count > 0)
            encodings = DicomEncoding.GetEncodings(element.Get<string[]>());
        else if (tag.IsPrivate && tag.Element is >= 0x10 and <= 0xff)
            _creators[tag.Number] = DicomDictionary.Default.GetPrivateCreator(DicomEncoding.Default.GetString(buffer.Data).TrimEnd(' '));
        dataset.AddOrUpdate(element);
        return Ending.Complete;
    }

    private Ending ReadSequence(DicomDataset dataset, DicomTag tag, ElementHeader header, Encoding[] encodings, int depth)
    {
        if (depth >= MaximumDepth)
            throw new DicomReaderException($"Sequences are nested more than {MaximumDepth} deep");

        var sequence = new DicomSequence(tag);
        dataset.AddOrUpdate(sequence);
        var outer = (_headers.IsExplicit, source.Endian);
        if (header.IsRecoded)
        {
            _headers.IsExplicit = _headers.LooksExplicit() ?? false;
            source.Endian = Endian.Little;
        }

        var end = header.Length == Undefined ? long.MaxValue : source.Position + header.Length;
        var ending = ReadSequenceItems(sequence, encodings, Math.Min(end, source.Length), depth);
        (_headers.IsExplicit, source.Endian) = outer;
        return ending == Ending.Complete && end != long.MaxValue && end > source.Length && source.IsAtEnd ? Ending.CutOff : ending;
    }

    private Ending ReadSequenceItems(DicomSequence sequence, Encoding[] encodings, long end, int depth)
    {
        while (source.Position < end)
        {
            if (source.Remaining < 8)
                return Ending.CutOff;
            var start = source.Position;
            var tag = source.ReadTag();
            if (tag != DicomTag.Item && tag != DicomTag.SequenceDelimitationItem)
            {
                source.Position = start;
                return Ending.Complete;
            }

            var length = source.ReadUInt32();
            if (tag == DicomTag.SequenceDelimitationItem)
                return Ending.Complete;
            if (length != Undefined && source.Remaining < length)
                return Ending.CutOff;

            if (++_items > MaximumItems)
                throw new DicomReaderException($"There are more than {MaximumItems} sequence items");
            var item = new DicomDataset { ValidateItems = false, FallbackEncodings = encodings };
            sequence.Items.Add(item);
            var ending = ReadItems(item, encodings, length == Undefined ? source.Length : source.Position + length, depth + 1);
            if (ending == Ending.SequenceDelimiter)
                return Ending.Complete;
            if (ending is Ending.Stopped or Ending.CutOff)
                return ending;
        }

        return Ending.Complete;
    }

    private Ending ReadFragments(DicomDataset dataset, DicomTag tag, DicomVR vr)
    {
        DicomFragmentSequence fragments = vr == DicomVR.OB
            ? new DicomOtherByteFragment(tag)
            : vr == DicomVR.OW ? new DicomOtherWordFragment(tag)
            : throw new DicomDataException($"Unexpected VR found for DICOM fragment sequence: {vr.Code}");
        var isWhole = true;
        for (var item = 0; !source.IsAtEnd; item++)
        {
            if (source.Remaining < 8)
                return Ending.CutOff;
            var itemTag = source.ReadTag();
            var length = source.ReadUInt32();
            if (itemTag == DicomTag.SequenceDelimitationItem)
                break;
            if (itemTag != DicomTag.Item)
                throw new DicomReaderException($"Unexpected tag in DICOM fragment sequence: {itemTag}");
            if (source.Remaining < length)
                return Ending.CutOff;

            var buffer = source.ReadBuffer(length);
            isWhole &= buffer is not null;
            if (buffer is not null)
                fragments.Add(Buffer.EndianByteBuffer.Create(buffer, source.Endian, item == 0 ? 4 : vr.ByteSwap));
        }

        if (isWhole)
            dataset.AddOrUpdate(fragments);
        return Ending.Complete;
    }
}
