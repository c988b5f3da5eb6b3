using FellowOakDicom;
using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>
/// Tells the reports that this product has written from what they are about: one that has returned to its study must not make another study of it, or each
/// report would ask for the next.
/// </summary>
public static class OwnReport
{
    private const int HeadBytes = 4096;
    private const int LargestReport = 64 << 20;

    /// <summary>Whether a file is a structured report of this product.</summary>
    public static bool Is(FileInfo file)
    {
        // Nearly all files are told by their first bytes, and not parsed.
        if (file.Length > LargestReport || !NamesReports(file))
        {
            return false;
        }

        try
        {
            using var source = new ListedStudySource([new ListedFile(file.Name, file.OpenRead)], new ArchiveLimits());
            return new EntryReader(source).Read(0) is { Dataset: var dataset }
                && dataset.GetSingleValueOrDefault(DicomTag.SOPClassUID, "") == DicomUID.Comprehensive3DSRStorage.UID
                && dataset.GetSingleValueOrDefault(DicomTag.Manufacturer, "") == StructuredReport.Product
                && dataset.GetSingleValueOrDefault(DicomTag.ManufacturerModelName, "") == StructuredReport.Product;
        }
        catch (Exception e) when (e is RadiomicsException or DicomDataException)
        {
            // Damaged: whoever reads the study says so.
            return false;
        }
    }

    private static bool NamesReports(FileInfo file)
    {
        Span<byte> head = stackalloc byte[HeadBytes];
        using var stream = file.OpenRead();
        var length = stream.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false);
        return head[..length].IndexOf("1.2.840.10008.5.1.4.1.1.88.34"u8) >= 0;
    }
}
