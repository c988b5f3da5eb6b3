using Radiomics.Dicom;
using Radiomics.Extraction;

namespace Radiomics.Pipeline;

/// <summary>Features of one sequence as stored: the vector and what it was computed from.</summary>
public sealed record StoredFeatures
{
    /// <summary>Version of this form.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>Center.</summary>
    public required string Center { get; init; }

    /// <summary>Mapped StudyInstanceUID.</summary>
    public required string StudyUid { get; init; }

    /// <summary>Sequence name.</summary>
    public required string Sequence { get; init; }

    /// <summary>The volume, in <c>studies</c>, as it was called when these features were computed.</summary>
    public required StoredFile Volume { get; init; }

    /// <summary>The ROI, likewise.</summary>
    public required StoredFile Roi { get; init; }

    /// <summary>Values, settings, engine version.</summary>
    public required FeatureVector Vector { get; init; }
}
