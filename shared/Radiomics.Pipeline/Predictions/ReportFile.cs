namespace Radiomics.Pipeline;

/// <summary>A report as a file beside its record.</summary>
/// <param name="Extension">What the file's name ends with, after the prediction id.</param>
/// <param name="ContentType">Media type.</param>
/// <param name="Content">The bytes.</param>
public sealed record ReportFile(string Extension, string ContentType, BinaryData Content);
