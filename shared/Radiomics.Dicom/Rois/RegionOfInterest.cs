namespace Radiomics.Dicom;

/// <summary>A region as found in the upload.</summary>
internal sealed record RegionOfInterest
{
    /// <summary><c>RTSTRUCT</c> or <c>SEG</c>.</summary>
    public required string Source { get; init; }

    /// <summary>What it is called, in the words of its object; may hold anything, so it never leaves ingest.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>FrameOfReferenceUID of its coordinates; null if its object doesn't say.</summary>
    public required string? FrameOfReferenceUid { get; init; }

    /// <summary>Its number in its object: SegmentNumber or ROINumber.</summary>
    public int Number { get; init; }

    /// <summary>Its object, under original UIDs; null if it is no DICOM object.</summary>
    public SourceRegion? Object { get; init; }

    /// <summary>Its shape; made when first needed.</summary>
    public required Lazy<IRegion> Region { get; init; }
}
