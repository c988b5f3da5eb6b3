namespace Radiomics.DicomWeb;

/// <summary>An instance that the service has stored: an item of its <c>ReferencedSOPSequence</c>.</summary>
/// <param name="SopClassUid"><c>ReferencedSOPClassUID</c>.</param>
/// <param name="SopInstanceUid"><c>ReferencedSOPInstanceUID</c>.</param>
/// <param name="WarningReason">
/// <c>WarningReason</c> (0008,1196): 1 where an attribute breaks its rules, 45063 (B007) where the data set doesn't fit its class; null if all is well.
/// </param>
public sealed record StoredInstance(string? SopClassUid, string? SopInstanceUid, int? WarningReason);
