namespace Radiomics.Dicom;

/// <summary>A region of interest as found in an upload; its names stay behind.</summary>
public sealed record RegionInspection
{
    /// <summary><c>RTSTRUCT</c>, <c>SEG</c> or <c>NIFTI</c>.</summary>
    public required string Source { get; init; }

    /// <summary>SeriesNumber of its object; null if it has none.</summary>
    public int? SeriesNumber { get; init; }

    /// <summary>What it is, by codes of public schemes, e.g. <c>SCT 10200004</c> (liver).</summary>
    public IReadOnlyList<string> Codes { get; init; } = [];

    /// <summary>Number of the series on whose grid it was measured, the largest of its frame of reference; null if there is none.</summary>
    public int? MeasuredOn { get; init; }

    /// <summary>What can be said of it there; null if it lies outside, or can't be read.</summary>
    public RoiQuality? Quality { get; init; }

    /// <summary>Code of what is wrong with it; null if nothing is.</summary>
    public string? Fault { get; init; }
}
