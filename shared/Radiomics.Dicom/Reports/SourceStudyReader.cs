using FellowOakDicom;
using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>
/// Takes the original identity of a study from its objects, for a report that goes back to where they came from. Objects are told by their mapped UIDs,
/// which is all that the manifest knows; what is read stays in memory.
/// </summary>
/// <param name="manifest">The study as it was ingested.</param>
/// <param name="key">The key it was ingested under.</param>
public sealed class SourceStudyReader(StudyManifest manifest, UidKey key)
{
    private readonly HashSet<string> _wanted =
    [
        .. manifest.Sequences.SelectMany(sequence => sequence.Images),
        .. manifest.Region is { } region ? [region.Object.SopInstanceUid] : Array.Empty<string>(),
    ];

    private readonly Dictionary<string, (string SeriesUid, SopReference Instance)> _originals = new(StringComparer.Ordinal);
    private SourceStudy? _identity;
    private bool _isOfImage;

    /// <summary>Whether every object that the manifest names has been seen; what follows adds nothing.</summary>
    public bool IsComplete => _identity is not null && _originals.Count == _wanted.Count;

    /// <summary>Reads an upload's headers.</summary>
    /// <exception cref="RadiomicsException"><c>SourceStudyMissing</c>: the study isn't in it.</exception>
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

    /// <summary>Looks at an object of the study, or at the header of one (such as WADO-RS metadata); others are passed over.</summary>
    public void Add(DicomDataset instance)
    {
        if (Text(instance, DicomTag.StudyInstanceUID) is not { Length: > 0 } study
            || Text(instance, DicomTag.SOPInstanceUID) is not { Length: > 0 } uid
            || key.Map(study) != manifest.StudyUid
            || key.Map(uid) is not { } mapped
            || !_wanted.Contains(mapped) && (_identity is not null || _wanted.Count > 0))
        {
            return;
        }

        // Images come from the scanner; regions are drawn elsewhere, and often lack what the study's objects say of the patient.
        var isImage = mapped != manifest.Region?.Object.SopInstanceUid;
        if (_identity is null || (isImage && !_isOfImage))
        {
            _identity = IdentityOf(instance, study);
            _isOfImage = isImage;
        }

        _originals[mapped] = (Text(instance, DicomTag.SeriesInstanceUID), new SopReference(Text(instance, DicomTag.SOPClassUID), uid));
    }

    /// <summary>The study under its original identity. Objects that weren't seen are not referred to.</summary>
    /// <exception cref="RadiomicsException"><c>SourceStudyMissing</c>: none of its objects was seen.</exception>
    public SourceStudy ToStudy()
    {
        var identity = _identity
            ?? throw new RadiomicsException("SourceStudyMissing", "The study that the report is about is not among the objects it should have come from. Send the study again.");
        return identity with
        {
            Series = [.. manifest.Sequences.Select(Original).OfType<SourceSeries>()],
            Region = manifest.Region is { } region && _originals.TryGetValue(region.Object.SopInstanceUid, out var found)
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
        PatientName = Text(instance, DicomTag.PatientName),
        PatientId = Text(instance, DicomTag.PatientID),
        IssuerOfPatientId = Text(instance, DicomTag.IssuerOfPatientID),
        PatientBirthDate = Text(instance, DicomTag.PatientBirthDate),
        PatientSex = Text(instance, DicomTag.PatientSex),
        StudyUid = studyUid,
        StudyDate = Text(instance, DicomTag.StudyDate),
        StudyTime = Text(instance, DicomTag.StudyTime),
        StudyId = Text(instance, DicomTag.StudyID),
        AccessionNumber = Text(instance, DicomTag.AccessionNumber),
        ReferringPhysicianName = Text(instance, DicomTag.ReferringPhysicianName),
        StudyDescription = Text(instance, DicomTag.StudyDescription),
    };

    private static string Text(DicomDataset dataset, DicomTag tag) =>
        dataset.TryGetString(tag, out var text) ? (text ?? "").Trim('\0', ' ') : "";

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
