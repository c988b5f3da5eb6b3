namespace Radiomics.Dicom;

/// <summary>A file of a <see cref="ListedStudySource"/>.</summary>
/// <param name="Name">Relative to the upload, with <c>/</c>; used for checks only.</param>
/// <param name="Open">Opens it for reading from its start; may be called again.</param>
public sealed record ListedFile(string Name, Func<Stream> Open);
