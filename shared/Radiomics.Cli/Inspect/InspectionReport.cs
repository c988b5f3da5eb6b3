using Radiomics.Dicom;

namespace Radiomics.Cli.Inspect;

/// <summary>
/// What <c>radiomics inspect</c> prints with <c>--json</c>. Names no patient, file or UID, and no text that a person may have typed. Members are only added
/// as long as <paramref name="SchemaVersion"/> stays.
/// </summary>
/// <param name="SchemaVersion">Version of this form.</param>
/// <param name="Series">What was sent.</param>
/// <param name="Regions">The regions of interest that were sent.</param>
/// <param name="Centers">What each center would make of it.</param>
internal sealed record InspectionReport(
    int SchemaVersion, IReadOnlyList<SeriesInspection> Series, IReadOnlyList<RegionInspection> Regions, IReadOnlyList<CenterInspection> Centers)
{
    /// <summary>The version that is written.</summary>
    public const int CurrentSchemaVersion = 1;
}
