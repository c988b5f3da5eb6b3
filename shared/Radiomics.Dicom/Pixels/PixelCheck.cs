using FellowOakDicom;
using FellowOakDicom.IO.Buffer;
using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>Asks whether pixel data is all there. Libraries differ in what they do when it isn't, so it is asked here.</summary>
internal static class PixelCheck
{
    /// <summary>Checks an image or segmentation; passes anything without pixels.</summary>
    /// <exception cref="RadiomicsException"><c>PixelDataTruncated</c>.</exception>
    public static void EnsureComplete(DicomDataset dataset, InstanceHeader header)
    {
        if (!(SopClasses.IsMr(header) || SopClasses.IsSegmentation(header)) || !header.IsImage)
        {
            return;
        }

        if (!dataset.Contains(DicomTag.PixelData))
        {
            throw EntryReader.Truncated();
        }

        var item = dataset.GetDicomItem<DicomItem>(DicomTag.PixelData);
        var complete = item is DicomFragmentSequence fragments
            ? fragments.Fragments.Any(fragment => fragment.Size > 0)
            : item is DicomElement { Buffer: var buffer } && IsComplete(buffer, RequiredBits(dataset));
        if (!complete)
        {
            throw EntryReader.Truncated();
        }
    }

    private static bool IsComplete(IByteBuffer buffer, long bits) => buffer.Size * 8 >= bits && buffer.Data.LongLength * 8 >= bits;

    private static long RequiredBits(DicomDataset dataset)
    {
        var top = new FrameAttributes(dataset, 0);
        return (long)(top.Integer(DicomTag.Rows) ?? 0)
            * (top.Integer(DicomTag.Columns) ?? 0)
            * (top.Integer(DicomTag.SamplesPerPixel) ?? 1)
            * (top.Integer(DicomTag.BitsAllocated) ?? 16)
            * Math.Max(top.Integer(DicomTag.NumberOfFrames) ?? 1, 1);
    }
}
