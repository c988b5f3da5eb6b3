namespace Radiomics.Dicom;

/// <summary>
/// The study that a report is about, as the report names it: either pseudonymised, for whoever asks, or with the original identity, for the DICOM
/// service that the study came from. The original form exists in memory only.
/// </summary>
public sealed record SourceStudy
{
    /// <summary>Whether identity was removed; the report then says so.</summary>
    public required bool IsPseudonymised { get; init; }

    /// <summary>PatientName; empty if unknown, as all texts here.</summary>
    public string PatientName { get; init; } = "";

    /// <summary>PatientID.</summary>
    public string PatientId { get; init; } = "";

    /// <summary>IssuerOfPatientID.</summary>
    public string IssuerOfPatientId { get; init; } = "";

    /// <summary>PatientBirthDate.</summary>
    public string PatientBirthDate { get; init; } = "";

    /// <summary>PatientSex.</summary>
    public string PatientSex { get; init; } = "";

    /// <summary>StudyInstanceUID.</summary>
    public required string StudyUid { get; init; }

    /// <summary>StudyDate.</summary>
    public string StudyDate { get; init; } = "";

    /// <summary>StudyTime.</summary>
    public string StudyTime { get; init; } = "";

    /// <summary>StudyID.</summary>
    public string StudyId { get; init; } = "";

    /// <summary>AccessionNumber.</summary>
    public string AccessionNumber { get; init; } = "";

    /// <summary>ReferringPhysicianName.</summary>
    public string ReferringPhysicianName { get; init; } = "";

    /// <summary>StudyDescription.</summary>
    public string StudyDescription { get; init; } = "";

    /// <summary>The images of each sequence.</summary>
    public IReadOnlyList<SourceSeries> Series { get; init; } = [];

    /// <summary>The object that the region came from; null if it is no DICOM object or isn't known.</summary>
    public SourceRegion? Region { get; init; }

    /// <summary>The study as its manifest names it: mapped UIDs, the patient's pseudonym, the shifted date.</summary>
    public static SourceStudy Of(StudyManifest manifest) => new()
    {
        IsPseudonymised = true,
        PatientName = manifest.Patient ?? "",
        PatientId = manifest.Patient ?? "",
        StudyUid = manifest.StudyUid,
        StudyDate = manifest.ShiftedStudyDate ?? "",
        Series = [.. manifest.Sequences.Select(sequence => new SourceSeries(sequence.Name, sequence.SeriesUid, [.. sequence.Images.Select(uid => new SopReference(sequence.SopClassUid, uid))]))],
        Region = manifest.Region,
    };
}

/// <summary>The images of one sequence.</summary>
/// <param name="Sequence">Name of the sequence, e.g. <c>T1_F</c>.</param>
/// <param name="SeriesUid">SeriesInstanceUID.</param>
/// <param name="Images">The instances, in the order of the volume's slices.</param>
public sealed record SourceSeries(string Sequence, string SeriesUid, IReadOnlyList<SopReference> Images);

/// <summary>The SEG or RTSTRUCT that a region came from.</summary>
/// <param name="SeriesUid">SeriesInstanceUID.</param>
/// <param name="Object">The instance.</param>
/// <param name="Number">SegmentNumber, or ROINumber.</param>
public sealed record SourceRegion(string SeriesUid, SopReference Object, int Number);
