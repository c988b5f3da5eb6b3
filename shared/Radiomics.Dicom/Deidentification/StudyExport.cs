using FellowOakDicom;
using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>
/// Writes a study de-identified: its MR images, segmentations and structure sets. What else a study may hold (documents, screen captures, objects that
/// can't be read) says or shows too much, and stays behind.
/// </summary>
public static class StudyExport
{
    private static readonly HashSet<string> _classes =
    [
        DicomUID.MRImageStorage.UID,
        DicomUID.EnhancedMRImageStorage.UID,
        DicomUID.LegacyConvertedEnhancedMRImageStorage.UID,
        DicomUID.SegmentationStorage.UID,
        "1.2.840.10008.5.1.4.1.1.66.7", // Label Map Segmentation Storage
        DicomUID.RTStructureSetStorage.UID,
    ];

    /// <summary>Writes <c>{series}/{instance}.dcm</c> under mapped UIDs below <paramref name="folder"/>, which is made if need be.</summary>
    /// <exception cref="RadiomicsException"><c>NoDicom</c>: there is nothing to write; what reading the source throws.</exception>
    public static StudyExportResult Write(IStudySource source, Deidentifier deidentifier, string folder)
    {
        var reader = new EntryReader(source);
        var files = new List<string>();
        var leftOut = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var entry = 0; entry < source.Count; entry++)
        {
            var (file, reason) = Deidentified(reader, entry, deidentifier);
            if (file is null)
            {
                leftOut[reason] = leftOut.GetValueOrDefault(reason) + 1;
                continue;
            }

            var name = Path.Combine(file.Dataset.GetString(DicomTag.SeriesInstanceUID), $"{file.Dataset.GetString(DicomTag.SOPInstanceUID)}.dcm");
            var path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            file.Save(path);
            files.Add(name);
        }

        return files.Count > 0
            ? new StudyExportResult([.. files.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], leftOut)
            : throw new RadiomicsException("NoDicom", "There is no MR image, segmentation or structure set that could be exported. Check the path.");
    }

    private static (DicomFile? File, string Reason) Deidentified(EntryReader reader, int entry, Deidentifier deidentifier)
    {
        try
        {
            return reader.Read(entry) is not { } file ? (null, "NotDicom")
                : !Has(file, DicomTag.SOPInstanceUID) || !Has(file, DicomTag.SeriesInstanceUID) || !Has(file, DicomTag.StudyInstanceUID) ? (null, "NotOfAStudy")
                : !_classes.Contains(Text(file, DicomTag.SOPClassUID, 0)) ? (null, "OtherObject")
                : Text(file, DicomTag.ImageType, 1) == "SECONDARY" && Text(file, DicomTag.BurnedInAnnotation, 0) != "NO" ? (null, "SecondaryImage")
                : (deidentifier.Deidentify(file), "");
        }
        catch (RadiomicsException e) when (e.Code is "BurnedInAnnotation" or "PixelDataTruncated")
        {
            return (null, e.Code);
        }
    }

    private static bool Has(DicomFile file, DicomTag tag) => Text(file, tag, 0).Length > 0;

    private static string Text(DicomFile file, DicomTag tag, int index) =>
        file.Dataset.TryGetValue<string>(tag, index, out var text) ? (text ?? "").Trim('\0', ' ').ToUpperInvariant() : "";
}

/// <summary>What an export wrote.</summary>
/// <param name="Files">Paths below its folder.</param>
/// <param name="LeftOut">How many objects stayed behind, by reason.</param>
public sealed record StudyExportResult(IReadOnlyList<string> Files, IReadOnlyDictionary<string, int> LeftOut);
