using System.Buffers.Binary;
using FellowOakDicom.IO.Buffer;

namespace FellowOakDicom.IO.Writer;

/// <summary>Writes datasets in a transfer syntax (PS3.5 section 7).</summary>
internal sealed class DatasetWriter(Stream stream, DicomTransferSyntax syntax, DicomWriteOptions options)
{
    private const uint Undefined = 0xffffffff;

    private readonly byte[] _header = new byte[12];
    private readonly bool _isBig = syntax.Endian == Endian.Big;

    public void Write(DicomDataset dataset)
    {
        foreach (var item in dataset)
            Write(item);
    }

    public void Write(DicomItem item)
    {
        switch (item)
        {
            case DicomElement element:
                WriteHeader(element);
                Encoded(element).CopyToStream(stream);
                break;
            case DicomSequence sequence:
                WriteSequence(sequence);
                break;
            case DicomFragmentSequence fragments:
                WriteFragments(fragments);
                break;
        }
    }

    public void WriteHeader(DicomElement element) => WriteHeader(element.Tag, element.ValueRepresentation, element.Length);

    /// <summary>The element's bytes in the order of the syntax.</summary>
    public IByteBuffer Encoded(DicomElement element)
    {
        var unit = element.ValueRepresentation.ByteSwap;
        if (syntax.Endian == Endian.LocalMachine || element.ValueRepresentation.IsString || unit <= 1)
            return element.Buffer;
        return element.Buffer is EndianByteBuffer swapped && swapped.Endian == syntax.Endian
            ? swapped.Internal
            : new SwapByteBuffer(element.Buffer, unit);
    }

    private void WriteSequence(DicomSequence sequence)
    {
        var saysLength = LengthCalculator.SaysLength(sequence, options);
        WriteHeader(sequence.Tag, DicomVR.SQ, saysLength ? (uint)LengthCalculator.Content(sequence, syntax, options) : Undefined);
        foreach (var item in sequence.Items)
        {
            WriteHeader(DicomTag.Item, DicomVR.NONE, options.ExplicitLengthSequenceItems ? (uint)LengthCalculator.Of(item, syntax, options) : Undefined);
            Write(item);
            if (!options.ExplicitLengthSequenceItems)
                WriteHeader(DicomTag.ItemDelimitationItem, DicomVR.NONE, 0);
        }

        if (!saysLength)
            WriteHeader(DicomTag.SequenceDelimitationItem, DicomVR.NONE, 0);
    }

    private void WriteFragments(DicomFragmentSequence fragments)
    {
        WriteHeader(fragments.Tag, fragments.ValueRepresentation, Undefined);
        WriteHeader(DicomTag.Item, DicomVR.NONE, (uint)(fragments.OffsetTable.Count * 4));
        foreach (var offset in fragments.OffsetTable)
        {
            Put(_header, offset);
            stream.Write(_header, 0, 4);
        }

        foreach (var fragment in fragments)
        {
            WriteHeader(DicomTag.Item, DicomVR.NONE, (uint)fragment.Size);
            fragment.CopyToStream(stream);
        }

        WriteHeader(DicomTag.SequenceDelimitationItem, DicomVR.NONE, 0);
    }

    private void WriteHeader(DicomTag tag, DicomVR vr, uint length)
    {
        Put(_header, tag.Group);
        Put(_header.AsSpan(2), tag.Element);
        if (!syntax.IsExplicitVR || vr == DicomVR.NONE)
        {
            Put(_header.AsSpan(4), length);
            stream.Write(_header, 0, 8);
            return;
        }

        vr = LengthCalculator.Written(vr, length);
        _header[4] = (byte)vr.Code[0];
        _header[5] = (byte)vr.Code[1];
        if (vr.Is16bitLength)
        {
            Put(_header.AsSpan(6), (ushort)length);
            stream.Write(_header, 0, 8);
            return;
        }

        Put(_header.AsSpan(6), (ushort)0);
        Put(_header.AsSpan(8), length);
        stream.Write(_header, 0, 12);
    }

    private void Put(Span<byte> target, ushort value)
    {
        if (_isBig)
            BinaryPrimitives.WriteUInt16BigEndian(target, value);
        else
            BinaryPrimitives.WriteUInt16LittleEndian(target, value);
    }

    private void Put(Span<byte> target, uint value)
    {
        if (_isBig)
            BinaryPrimitives.WriteUInt32BigEndian(target, value);
        else
            BinaryPrimitives.WriteUInt32LittleEndian(target, value);
    }
}
