using Azure;

namespace Radiomics.Pipeline;

/// <summary>A blob as it was listed.</summary>
/// <param name="Name">Name.</param>
/// <param name="Written">When it was last written.</param>
/// <param name="Version">Its version then.</param>
internal sealed record FoundBlob(string Name, DateTimeOffset Written, ETag Version);
