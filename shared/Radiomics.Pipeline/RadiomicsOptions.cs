using Radiomics.Dicom;

namespace Radiomics.Pipeline;

/// <summary>The section <c>Radiomics</c> of the app's settings.</summary>
public sealed record RadiomicsOptions
{
    /// <summary>Largest body of an HTTP request, bytes; above it is <c>RequestTooLarge</c>.</summary>
    public long MaxRequestBytes { get; init; } = 2L << 30;

    /// <summary>How much an upload may hold; above it is <c>ArchiveTooLarge</c>.</summary>
    public ArchiveLimits Archive { get; init; } = new();

    /// <summary>Folder with <c>centers</c>, <c>settings</c> and <c>demonstration</c>; that of the app if not set.</summary>
    public string ModelsFolder { get; init; } = Path.Combine(AppContext.BaseDirectory, "models");
}
