namespace Radiomics.Dicom;

/// <summary>A stored blob and what it must hold.</summary>
/// <param name="Blob">Name inside its container.</param>
/// <param name="Sha256">Of the blob's bytes, lower-case hex.</param>
public sealed record StoredFile(string Blob, string Sha256);
