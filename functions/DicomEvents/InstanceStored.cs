namespace RadiomicsFunctions.DicomEvents;

/// <summary>What an event says: an instance of a study has come into a DICOM service.</summary>
/// <param name="Host">Host of the service.</param>
/// <param name="Partition">Its partition; null if the event names none.</param>
/// <param name="StudyUid">Original StudyInstanceUID.</param>
internal sealed record InstanceStored(string Host, string? Partition, string StudyUid);
