namespace Radiomics.Dicom;

/// <summary>What an upload holds, whatever a center would make of it. Names no patient, file or UID, and no text that a person may have typed.</summary>
/// <param name="Series">The series, by number.</param>
/// <param name="Regions">The regions of interest, in the order of their objects.</param>
public sealed record StudyContents(IReadOnlyList<SeriesInspection> Series, IReadOnlyList<RegionInspection> Regions);
