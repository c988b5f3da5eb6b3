using System.Text.Json.Nodes;

namespace Radiomics;

/// <summary>Events of a DICOM service as Event Grid delivers them.</summary>
internal static class DicomEventJson
{
    public const string Created = "Microsoft.HealthcareApis.DicomImageCreated";

    /// <summary>An event as a CloudEvent.</summary>
    public static JsonObject Cloud(string host, string studyUid, int number, string type = Created, string? partition = "Microsoft.Default") => new()
    {
        ["specversion"] = "1.0",
        ["id"] = $"{studyUid}.1.{number}",
        ["source"] = "/subscriptions/s/resourceGroups/g/providers/Microsoft.HealthcareApis/workspaces/w",
        ["subject"] = $"{host}/v2/studies/{studyUid}/series/{studyUid}.1/instances/{studyUid}.1.{number}",
        ["type"] = type,
        ["time"] = "2026-03-01T12:00:00.0000000Z",
        ["data"] = Data(host, studyUid, number, partition),
    };

    /// <summary>The same in Event Grid's own schema.</summary>
    public static JsonObject EventGrid(string host, string studyUid, int number, string type = Created, string? partition = "Microsoft.Default") => new()
    {
        ["id"] = $"{studyUid}.1.{number}",
        ["topic"] = "/subscriptions/s/resourceGroups/g/providers/Microsoft.HealthcareApis/workspaces/w",
        ["subject"] = $"{host}/v2/studies/{studyUid}/series/{studyUid}.1/instances/{studyUid}.1.{number}",
        ["eventType"] = type,
        ["eventTime"] = "2026-03-01T12:00:00.0000000Z",
        ["dataVersion"] = "1",
        ["metadataVersion"] = "1",
        ["data"] = Data(host, studyUid, number, partition),
    };

    private static JsonObject Data(string host, string studyUid, int number, string? partition) => new()
    {
        ["partitionName"] = partition,
        ["imageStudyInstanceUid"] = studyUid,
        ["imageSeriesInstanceUid"] = $"{studyUid}.1",
        ["imageSopInstanceUid"] = $"{studyUid}.1.{number}",
        ["serviceHostName"] = host,
        ["sequenceNumber"] = number,
    };
}
