namespace Radiomics.Pipeline;

/// <summary>A blob and the digest of its bytes: what histories carry in place of data.</summary>
/// <param name="Blob">Name inside its container.</param>
/// <param name="Sha256">Lower-case hex.</param>
public sealed record BlobReference(string Blob, string Sha256);
