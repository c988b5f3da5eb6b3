using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>
/// Counts what the headers of an upload hold in memory together: they stay until all files have been looked at, and a text of a megabyte, or an item for one more frame, takes hardly a byte of an archive.
/// </summary>
internal sealed class HeaderMemory
{
    /// <summary>Bytes; twenty thousand images of an ordinary scanner have a quarter of it.</summary>
    public const long Most = 128L << 20;

    private const int OfAnObject = 512;
    private const int OfAText = 24;

    private long _bytes;

    /// <summary>Counts an object's header without its planes.</summary>
    /// <exception cref="RadiomicsException"><c>ArchiveTooLarge</c>: that is too much.</exception>
    public void Count(InstanceHeader header) => Add(OfAnObject
        + Of([
            header.SopClassUid, header.SopInstanceUid, header.StudyUid, header.SeriesUid, header.FrameOfReferenceUid, header.PatientId, header.IssuerOfPatientId, header.PatientName, header.PatientBirthDate,
            header.StudyDate, header.Modality, header.Manufacturer, header.SeriesDescription, header.ProtocolName, header.MRAcquisitionType,
        ])
        + Of(header.ImageType) + Of(header.ScanOptions) + Of(header.ScanningSequence) + Of(header.SequenceVariant));

    /// <summary>Counts a plane, or a frame that has no place.</summary>
    /// <param name="ownImageType">What it shows; null if it shares that with its object.</param>
    /// <param name="texts">Its other texts.</param>
    /// <exception cref="RadiomicsException"><c>ArchiveTooLarge</c>: that is too much.</exception>
    public void CountFrame(IReadOnlyList<string>? ownImageType, params IReadOnlyList<string?> texts) => Add(OfAnObject + Of(ownImageType ?? []) + Of(texts));

    private static long Of(IReadOnlyList<string?> texts) => texts.Sum(text => text is null ? 0L : OfAText + (2L * text.Length));

    private void Add(long bytes)
    {
        if ((_bytes += bytes) > Most)
        {
            throw new RadiomicsException(
                "ArchiveTooLarge",
                $"The headers of the upload's files take more than {Most} bytes: no study has so many frames, or texts that long. Send one study per upload, as exported by the scanner or PACS.");
        }
    }
}
