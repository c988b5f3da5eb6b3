using FellowOakDicom;
using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>
/// Writes a study de-identified: its MR images, segmentations and structure sets. What else a study may hold (documents, screen captures, objects that
/// can't be read) says or shows too much, and stays behind.
/// </summary>
public static class StudyExport
{
    /// <summary>Writes <c>{series}/{instance}.dcm</c> under mapped UIDs below <paramref name="folder"/>, which is made if need be.</summary>
    /// <exception cref="RadiomicsException"><c>NoDicom</c>, or why files can't be opened: there is nothing to write; what reading the source throws.</exception>
    public static StudyExportResult Write(IStudySource source, Deidentifier deidentifier, string folder)
    {
        source.EnsureIntact();
        var reader = new EntryReader(source);
        var patients = PatientsOf(reader, deidentifier);
        var files = new List<string>();
        var leftOut = new SortedDictionary<string, int>(source.Unopened.CountBy(file => file.Code).ToDictionary(), StringComparer.Ordinal);
        for (var entry = 0; entry < source.Count; entry++)
        {
            var (file, reason) = Deidentified(reader, entry, deidentifier, patients.GetValueOrDefault(entry));
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

        if (files.Count > 0)
        {
            return new StudyExportResult([.. files.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], leftOut);
        }

        throw source.Unopened.Count > 0
            ? UnopenedFile.Refusal(source.Unopened)
            : new RadiomicsException("NoDicom", "There is no MR image, segmentation or structure set that could be exported. Check the path.");
    }

    private static (DicomFile? File, string Reason) Deidentified(EntryReader reader, int entry, Deidentifier deidentifier, string? patient)
    {
        try
        {
            return reader.Read(entry) is not { } file ? (null, "NotDicom")
                : !Has(file, DicomTag.SOPInstanceUID) || !Has(file, DicomTag.SeriesInstanceUID) || !Has(file, DicomTag.StudyInstanceUID) ? (null, "NotOfAStudy")
                : !SopClasses.IsMeasured(file.Dataset.TextOf(DicomTag.SOPClassUID)) ? (null, "OtherObject")
                : IsSecondary(file.Dataset) && !file.Dataset.TextOf(DicomTag.BurnedInAnnotation).Equals("NO", StringComparison.OrdinalIgnoreCase) ? (null, "SecondaryImage")
                : (deidentifier.Deidentify(file, patient), "");
        }
        catch (RadiomicsException e) when (e.Code is "BurnedInAnnotation" or "PixelDataTruncated")
        {
            return (null, e.Code);
        }
    }

    /// <summary>
    /// Pseudonyms by file: that of the first MR image which names a patient, for all objects of its study. Of a study whose objects contradict each other
    /// none is taken for another's.
    /// </summary>
    private static Dictionary<int, string> PatientsOf(EntryReader reader, Deidentifier deidentifier)
    {
        var patients = new Dictionary<int, string>();
        var objects = Enumerable.Range(0, reader.Source.Count).Select(entry => TryRead(reader, entry, deidentifier)).OfType<(InstanceHeader Header, string? Patient)>();
        foreach (var study in objects.GroupBy(one => one.Header.StudyUid, StringComparer.Ordinal).Select(group => group.ToArray()))
        {
            if (IsOnePatient([.. study.Select(one => one.Header)])
                && study.FirstOrDefault(one => SopClasses.IsMr(one.Header) && one.Patient is not null).Patient is { } patient)
            {
                foreach (var (header, _) in study)
                {
                    patients[header.Entry] = patient;
                }
            }
        }

        return patients;
    }

    /// <summary>What an object that may be exported says of study and patient; null of any other, which the export passes over.</summary>
    private static (InstanceHeader Header, string? Patient)? TryRead(EntryReader reader, int entry, Deidentifier deidentifier)
    {
        try
        {
            return reader.InspectHeaders(entry, out _)?.Dataset is { } dataset
                && EntryReader.Guarded(() => InstanceReader.Read(dataset, entry)) is { } header
                && SopClasses.IsMeasured(header.SopClassUid)
                ? (header with { Slices = [] }, deidentifier.PseudonymOf(dataset))
                : null;
        }
        catch (RadiomicsException e) when (e.Code == "PixelDataTruncated")
        {
            return null;
        }
    }

    private static bool IsOnePatient(IReadOnlyList<InstanceHeader> study)
    {
        try
        {
            OnePatient.Ensure(study, []);
            return true;
        }
        catch (RadiomicsException)
        {
            return false;
        }
    }

    private static bool Has(DicomFile file, DicomTag tag) => file.Dataset.TextOf(tag).Length > 0;

    private static bool IsSecondary(DicomDataset dataset) =>
        dataset.TextOf(DicomTag.ImageType).Split('\\') is [_, var origin, ..] && origin.Trim().Equals("SECONDARY", StringComparison.OrdinalIgnoreCase);
}

/// <summary>What an export wrote.</summary>
/// <param name="Files">Paths below its folder.</param>
/// <param name="LeftOut">How many objects stayed behind, by reason.</param>
public sealed record StudyExportResult(IReadOnlyList<string> Files, IReadOnlyDictionary<string, int> LeftOut);
