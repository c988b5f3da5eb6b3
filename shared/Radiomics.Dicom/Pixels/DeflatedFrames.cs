using System.IO.Compression;
using FellowOakDicom;
using FellowOakDicom.IO.Buffer;

namespace Radiomics.Dicom;

/// <summary>
/// Deflated Image Frame Compression (PS3.5 A.4.13, 2023): each frame is one fragment, deflated (RFC 1951). Libraries don't know it yet.
/// Frames of single bits are packed each by itself, up to a whole byte.
/// </summary>
internal static class DeflatedFrames
{
    private const string SyntaxUid = "1.2.840.10008.1.2.8.1";

    /// <summary>Whether pixel data in <paramref name="syntax"/> is compressed so.</summary>
    public static bool Are(DicomTransferSyntax syntax) => syntax.UID.UID == SyntaxUid;

    /// <summary>One frame of <paramref name="length"/> bytes.</summary>
    /// <exception cref="Extraction.RadiomicsException"><c>PixelDataTruncated</c>: it isn't there, or holds less.</exception>
    public static byte[] Inflate(DicomDataset dataset, int frame, int frames, int length)
    {
        var deflated = Fragment(dataset, frame, frames);
        var pixels = new byte[length];
        try
        {
            using var inflater = new DeflateStream(new MemoryStream(deflated, writable: false), CompressionMode.Decompress);
            inflater.ReadExactly(pixels);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw EntryReader.Truncated(e);
        }

        return pixels;
    }

    /// <summary>One frame as it is stored.</summary>
    /// <exception cref="Extraction.RadiomicsException"><c>PixelDataTruncated</c>: it isn't there.</exception>
    public static byte[] Fragment(DicomDataset dataset, int frame, int frames) =>
        dataset.GetDicomItem<DicomItem>(DicomTag.PixelData) is DicomFragmentSequence { Fragments: var fragments } && fragments.Count >= frames
            ? fragments[frame].Data
            : throw EntryReader.Truncated();

    /// <summary>The pixels of the dataset, native in little endian.</summary>
    /// <exception cref="Extraction.RadiomicsException"><c>PixelDataTruncated</c>.</exception>
    public static DicomDataset Inflated(DicomDataset dataset, int frames)
    {
        var top = new FrameAttributes(dataset, 0);
        var bits = (double)(top.Integer(DicomTag.Rows) ?? 0) * (top.Integer(DicomTag.Columns) ?? 0)
            * (top.Integer(DicomTag.SamplesPerPixel) ?? 1) * (top.Integer(DicomTag.BitsAllocated) ?? 16);
        var length = (int)Math.Min(Math.Ceiling(bits / 8), Array.MaxLength);
        var native = PixelModule.Of(dataset, DicomTransferSyntax.ExplicitVRLittleEndian, frames);
        native.Add(new DicomOtherWord(
            DicomTag.PixelData,
            new CompositeByteBuffer(Enumerable.Range(0, frames).Select(frame => new MemoryByteBuffer(Inflate(dataset, frame, frames, length))))));
        return native;
    }
}
