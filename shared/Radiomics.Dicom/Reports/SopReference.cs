namespace Radiomics.Dicom;

/// <summary>Names an instance.</summary>
/// <param name="SopClassUid">SOPClassUID.</param>
/// <param name="SopInstanceUid">SOPInstanceUID, original or mapped as the holder says.</param>
public sealed record SopReference(string SopClassUid, string SopInstanceUid);
