using FellowOakDicom.IO.Buffer;

namespace FellowOakDicom.Imaging;

/// <summary>Frames one after the other in one element.</summary>
internal sealed class NativePixelData(DicomDataset dataset, DicomElement element) : DicomPixelData(dataset)
{
    private static readonly IByteBuffer s_padding = new MemoryByteBuffer([0]);

    public override IByteBuffer GetFrame(int frame)
    {
        CheckFrame(frame);
        var size = UncompressedFrameSize;
        IByteBuffer range = new RangeByteBuffer(element.Buffer, (long)size * frame, size);
        return IsSwapped ? new SwapByteBuffer(range, 2) : range;
    }

    public override void AddFrame(IByteBuffer data)
    {
        var frames = element.Buffer as CompositeByteBuffer
            ?? throw new DicomImagingException("Expected pixel data element to have a CompositeByteBuffer.");
        frames.Buffers.Remove(s_padding);
        frames.Buffers.Add(IsSwapped ? new SwapByteBuffer(data, 2) : data);
        if (element is DicomOtherByte && frames.Size % 2 == 1)
            frames.Buffers.Add(s_padding);
        NumberOfFrames++;
    }

    private bool IsSwapped => element is DicomOtherWord && Syntax.SwapPixelData;
}
