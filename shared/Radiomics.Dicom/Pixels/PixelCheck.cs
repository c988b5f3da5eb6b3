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

    private static bool IsComplete(IByteBuffer buffer, double bits) => buffer.Size * 8.0 >= bits && buffer.Data.LongLength * 8.0 >= bits;

    /// <summary>In floating point, since the product of what headers may say overflows integers.</summary>
    private static double RequiredBits(DicomDataset dataset)
    {
        var top = new FrameAttributes(dataset, 0);
        return AtLeastOne(DicomTag.Rows, 1)
            * AtLeastOne(DicomTag.Columns, 1)
            * AtLeastOne(DicomTag.SamplesPerPixel, 1)
            * AtLeastOne(DicomTag.BitsAllocated, 16)
            * AtLeastOne(DicomTag.NumberOfFrames, 1);

        double AtLeastOne(DicomTag tag, int ifAbsent) => Math.Max(top.Integer(tag) ?? ifAbsent, 1);
    }
}
