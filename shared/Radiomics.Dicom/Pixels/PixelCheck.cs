using FellowOakDicom;
using FellowOakDicom.IO.Buffer;

namespace Radiomics.Dicom;

/// <summary>
/// Asks whether pixel data is described and all there, before anything decodes it. Libraries differ in what they do when it isn't, and take
/// memory on a header's word.
/// </summary>
internal static class PixelCheck
{
    private static readonly (string Keyword, DicomTag Tag)[] _format =
    [
        ("SamplesPerPixel", DicomTag.SamplesPerPixel),
        ("BitsAllocated", DicomTag.BitsAllocated),
        ("BitsStored", DicomTag.BitsStored),
        ("HighBit", DicomTag.HighBit),
        ("PixelRepresentation", DicomTag.PixelRepresentation),
    ];

    /// <summary>What is wrong with the pixels of an image or segmentation; null if nothing is, and for anything without pixels.</summary>
    public static ObjectFault? FaultOf(DicomDataset dataset, InstanceHeader header)
    {
        if (!(SopClasses.IsWanted(header) || SopClasses.IsSegmentation(header)) || !header.IsImage)
        {
            return null;
        }

        if (SopClasses.IsWanted(header) && FormatFault(dataset) is { } fault)
        {
            return fault;
        }

        return dataset.Contains(DicomTag.PixelData) && IsComplete(dataset) ? null : ObjectFault.Damaged;
    }

    /// <summary>The first attribute of the pixels' format (PS3.3 C.7.6.3) that isn't exactly one number; null if all are.</summary>
    public static ObjectFault? FormatFault(DicomDataset dataset)
    {
        var top = new FrameAttributes(dataset, 0);
        foreach (var (keyword, tag) in _format)
        {
            if (top.Integer(tag) is null)
            {
                return ObjectFault.PixelFormat(keyword, !dataset.Contains(tag) ? "is missing" : top.Numbers(tag).Length > 1 ? "has several values" : "is empty or no number");
            }
        }

        return null;
    }

    private static bool IsComplete(DicomDataset dataset) => dataset.GetDicomItem<DicomItem>(DicomTag.PixelData) switch
    {
        DicomFragmentSequence { Fragments: var fragments } => IsPlausible(dataset, fragments.Sum(fragment => (double)fragment.Size)),
        DicomElement { Buffer: var buffer } => IsComplete(buffer, RequiredBits(dataset)),
        _ => false,
    };

    /// <summary>A size is believed of what still lies in its file, which a parser has compared with the file's length; else the bytes are asked.</summary>
    private static bool IsComplete(IByteBuffer buffer, double bits) => buffer.Size * 8.0 >= bits && (!buffer.IsMemory || buffer.Data.LongLength * 8.0 >= bits);

    /// <summary>
    /// Whether compressed pixel data can be what the header says. RLE has a header of 64 bytes a frame, and two bytes for at most 128 equal
    /// ones (PS3.5 G.3). The others have no such bound, so blank images of usual size pass however well they compress.
    /// </summary>
    private static bool IsPlausible(DicomDataset dataset, double bytes)
    {
        const double usualFrame = 8 << 20;
        const double mostRatio = 1000;
        const int longestRun = 128;
        var frames = FrameAttributes.CountFrames(dataset);
        if (bytes == 0 || (frames > 1 && frames > FrameAttributes.CountDescribed(dataset)))
        {
            return bytes > 0; // frames that nothing describes are never decoded
        }

        var frame = RequiredBits(dataset) / 8 / frames;
        return dataset.InternalTransferSyntax == DicomTransferSyntax.RLELossless
            ? bytes >= frames * (64 + (2 * Math.Ceiling(frame / longestRun)))
            : frame <= Math.Max(usualFrame, mostRatio * bytes / frames);
    }

    /// <summary>In floating point, since the product of what headers may say overflows integers.</summary>
    private static double RequiredBits(DicomDataset dataset)
    {
        var top = new FrameAttributes(dataset, 0);
        return AtLeastOne(DicomTag.Rows, 1)
            * AtLeastOne(DicomTag.Columns, 1)
            * AtLeastOne(DicomTag.SamplesPerPixel, 1)
            * AtLeastOne(DicomTag.BitsAllocated, 16)
            * FrameAttributes.CountFrames(dataset);

        double AtLeastOne(DicomTag tag, int ifAbsent) => Math.Max(top.Integer(tag) ?? ifAbsent, 1);
    }
}
