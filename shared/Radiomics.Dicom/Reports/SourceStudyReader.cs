using FellowOakDicom;
using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>
/// Takes the original identity of a study from its objects, for a report that goes back to where they came from. Objects are told by their mapped UIDs,
/// which is all that the manifest knows; what is read stays in memory.
/// </summary>
public sealed class SourceStudyReader
{
    private readonly StudyManifest _manifest;
    private readonly UidKey _key;
    private readonly HashSet<string> _wanted;
    private readonly Dictionary<string, (string SeriesUid, SopReference Instance)> _originals = new(StringComparer.Ordinal);
    private SourceStudy? _identity;
    private bool _isOfImage;

    private SourceStudyReader(StudyManifest manifest, UidKey key)
    {
        (_manifest, _key) = (manifest, key);
        _wanted =
        [
            .. manifest.Sequences.SelectMany(sequence => sequence.Images),
            .. manifest.Region is { } region ? [region.Object.SopInstanceUid] : Array.Empty<string>(),
        ];
    }

    // What follows adds nothing, also where the manifest names no objects, and any of the study tells whose it is.
    private bool IsComplete => _identity is not null && _originals.Count >= _wanted.Count;

    /// <summary>Reads an upload's headers. Objects that aren't there are not referred to.</summary>
    /// <param name="source">The upload.</param>
    /// <param name="manifest">The study as it was ingested.</param>
    /// <param name="key">The key it was ingested under.</param>
    /// <exception cref="RadiomicsException"><c>SourceStudyMissing</c>: none of the study's objects is in it.</exception>
    public static SourceStudy Read(IStudySource source, StudyManifest manifest, UidKey key)
    {
        var study = new SourceStudyReader(manifest, key);
        var reader = new EntryReader(source);
        for (var entry = 0; entry < source.Count && !study.IsComplete; entry++)
        {
            if (TryRead(reader, entry) is { } dataset)
            {
                study.Add(dataset);
            }
        }

        return study.ToStudy();
    }

    private void Add(DicomDataset instance)
    {
        if (instance.TextOf(DicomTag.StudyInstanceUID) is not { Length: > 0 } study
            || instance.TextOf(DicomTag.SOPInstanceUID) is not { Length: > 0 } uid
            || _key.Map(study) != _manifest.StudyUid
            || _key.Map(uid) is not { } mapped
            || !_wanted.Contains(mapped) && (_identity is not null || _wanted.Count > 0))
        {
            return;
        }

        // Images come from the scanner; regions are drawn elsewhere, and often lack what the study's objects say of the patient.
        var isImage = mapped != _manifest.Region?.Object.SopInstanceUid;
        if (_identity is null || (isImage && !_isOfImage))
        {
            _identity = IdentityOf(instance, study);
            _isOfImage = isImage;
        }

        _originals[mapped] = (instance.TextOf(DicomTag.SeriesInstanceUID), new SopReference(instance.TextOf(DicomTag.SOPClassUID), uid));
    }

    private SourceStudy ToStudy()
    {
        var identity = _identity
            ?? throw new RadiomicsException("SourceStudyMissing", "The study that the report is about is not among the objects it should have come from. Send the study again.");
        return identity with
        {
            Series = [.. _manifest.Sequences.Select(Original).OfType<SourceSeries>()],
            Region = _manifest.Region is { } region && _originals.TryGetValue(region.Object.SopInstanceUid, out var found)
                ? new SourceRegion(found.SeriesUid, found.Instance, region.Number)
                : null,
        };
    }

    private SourceSeries? Original(ManifestSequence sequence)
    {
        var images = sequence.Images.Where(_originals.ContainsKey).Select(uid => _originals[uid]).ToArray();
        return images.Length == 0 ? null : new SourceSeries(sequence.Name, images[0].SeriesUid, [.. images.Select(image => image.Instance)]);
    }

    private static SourceStudy IdentityOf(DicomDataset instance, string studyUid) => new()
    {
        IsPseudonymised = false,
        PatientName = instance.TextOf(DicomTag.PatientName),
        PatientId = instance.TextOf(DicomTag.PatientID),
        IssuerOfPatientId = instance.TextOf(DicomTag.IssuerOfPatientID),
        PatientBirthDate = instance.TextOf(DicomTag.PatientBirthDate),
        PatientSex = instance.TextOf(DicomTag.PatientSex),
        StudyUid = studyUid,
        StudyDate = instance.TextOf(DicomTag.StudyDate),
        StudyTime = instance.TextOf(DicomTag.StudyTime),
        StudyId = instance.TextOf(DicomTag.StudyID),
        AccessionNumber = instance.TextOf(DicomTag.AccessionNumber),
        ReferringPhysicianName = instance.TextOf(DicomTag.ReferringPhysicianName),
        StudyDescription = instance.TextOf(DicomTag.StudyDescription),
    };

    // A damaged object that nothing was measured in is no reason to send no report.
    private static DicomDataset? TryRead(EntryReader reader, int entry)
    {
        try
        {
            return reader.InspectHeaders(entry, out _)?.Dataset;
        }
        catch (RadiomicsException e) when (e.Code == "PixelDataTruncated")
        {
            return null;
        }
    }
}
