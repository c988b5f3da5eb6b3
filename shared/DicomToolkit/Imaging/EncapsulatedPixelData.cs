using FellowOakDicom.IO.Buffer;

namespace FellowOakDicom.Imaging;

/// <summary>Frames of one or more fragments each (PS3.5 section A.4).</summary>
internal sealed class EncapsulatedPixelData(DicomDataset dataset, DicomFragmentSequence element) : DicomPixelData(dataset)
{
    private const int ItemHeader = 8;

    public override IByteBuffer GetFrame(int frame)
    {
        CheckFrame(frame);
        var fragments = element.Fragments;
        if (fragments.Count > 0 && fragments[^1].Size == 0)
            fragments.RemoveAt(fragments.Count - 1);

        if (NumberOfFrames == 1)
            return fragments.Count == 1 ? fragments[0] : new CompositeByteBuffer(fragments);
        if (fragments.Count == NumberOfFrames)
            return fragments[frame];
        if (element.OffsetTable.Count == NumberOfFrames)
            return FrameByOffset(frame);
        throw new DicomImagingException("Support for multi-frame images with varying fragment sizes and no offset table has not been implemented.");
    }

    public override void AddFrame(IByteBuffer data)
    {
        NumberOfFrames++;
        long position = 0;
        if (element.Fragments.Count > 0 && element.OffsetTable.Count > 0)
            position = element.OffsetTable[^1] + element.Fragments[^1].Size + ItemHeader;
        if (position < uint.MaxValue && element.OffsetTable.Count == element.Fragments.Count)
            element.OffsetTable.Add((uint)position);
        else
            element.OffsetTable.Clear();
        element.Fragments.Add(data);
    }

    private CompositeByteBuffer FrameByOffset(int frame)
    {
        var offsets = element.OffsetTable;
        var start = offsets[frame];
        var stop = frame + 1 == offsets.Count ? long.MaxValue : offsets[frame + 1];
        var parts = new CompositeByteBuffer();
        long position = 0;
        foreach (var fragment in element.Fragments)
        {
            if (position >= stop)
                break;
            if (position < start && position + ItemHeader + fragment.Size > start)
                throw new DicomImagingException("Fragment start position does not match offset table.");
            if (position >= start)
                parts.Buffers.Add(fragment);
            position += ItemHeader + fragment.Size;
        }

        if (parts.Buffers.Count == 0)
            throw new DicomImagingException("Fragment start position does not match offset table.");
        return stop == long.MaxValue || position >= stop
            ? parts
            : throw new DicomImagingException("Image frame truncated while reading fragments from offset table.");
    }
}
