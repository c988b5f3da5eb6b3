using FellowOakDicom;
using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>Whose studies an upload holds, as pseudonyms and mapped UIDs, whether or not it can be used otherwise.</summary>
/// <param name="Studies">Pseudonym of the patient (<see cref="UidKey.MapPatient"/>) and mapped StudyInstanceUID of each object, once; null where an object names none.</param>
/// <param name="IsWhole">Whether every file was opened, and every one that is DICOM could be read as far as whose it is. What isn't opened may be anybody's.</param>
public sealed record UploadedPatients(IReadOnlySet<(string? Patient, string? Study)> Studies, bool IsWhole)
{
    /// <summary>Reads the headers of all files.</summary>
    /// <param name="source">The upload.</param>
    /// <param name="key">Maps what it names.</param>
    /// <param name="center">The center, which pseudonyms are scoped by.</param>
    /// <exception cref="RadiomicsException"><c>ArchiveTooLarge</c>, <c>ArchiveDamaged</c>.</exception>
    public static UploadedPatients Read(IStudySource source, UidKey key, string center)
    {
        var reader = new EntryReader(source);
        HashSet<(string?, string?)> studies = [];
        var isWhole = source.Unopened.Count == 0;
        for (var entry = 0; entry < source.Count; entry++)
        {
            try
            {
                var dataset = reader.InspectHeaders(entry, out var isDamaged)?.Dataset;
                var (pseudonym, study) = dataset is null ? (null, null) : EntryReader.Guarded(() => Of(dataset, key, center));
                if (pseudonym is not null || study is not null)
                {
                    studies.Add((pseudonym, study));
                }
                else
                {
                    isWhole &= !isDamaged && (reader.Archive is null || NiftiRegions.IsNamedSo(source.NameOf(entry)));
                }
            }
            catch (RadiomicsException e) when (e.Code == "PixelDataTruncated")
            {
                isWhole = false;
            }
        }

        return new(studies, isWhole && IsIntact(source));
    }

    private static bool IsIntact(IStudySource source)
    {
        try
        {
            source.EnsureIntact();
            return true;
        }
        catch (RadiomicsException)
        {
            return false;
        }
    }

    /// <summary>The same of an upload whose headers were read for ingest.</summary>
    internal static UploadedPatients Of(StudyObjects objects, UidKey key, string center) => new(
        objects.Instances.Concat(objects.SetAside)
            .Select(header => (key.PseudonymOf(center, header.PatientId, header.IssuerOfPatientId, header.PatientName, header.PatientBirthDate), (string?)key.Map(header.StudyUid)))
            .ToHashSet(),
        objects.Unopened.Count == 0 && objects.Unread == 0);

    private static (string? Patient, string? Study) Of(DicomDataset dataset, UidKey key, string center)
    {
        var top = new FrameAttributes(dataset, 0);
        return (
            key.PseudonymOf(center, top.Text(DicomTag.PatientID), top.Text(DicomTag.IssuerOfPatientID), top.Text(DicomTag.PatientName), top.Text(DicomTag.PatientBirthDate)),
            top.Text(DicomTag.StudyInstanceUID) is { } study ? key.Map(study) : null);
    }
}
