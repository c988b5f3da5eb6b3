namespace Radiomics.Pipeline;

/// <summary>A DICOM service of a center as records and histories name it.</summary>
/// <param name="Id">12 hex digits, made of host and partition.</param>
/// <param name="Center">The center.</param>
public sealed record DicomSource(string Id, string Center);
