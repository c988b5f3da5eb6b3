namespace Radiomics.Dicom;

/// <summary>A series of an upload as its headers describe it.</summary>
public sealed record SeriesInspection
{
    /// <summary>SeriesNumber; null if the headers have none.</summary>
    public required int? Number { get; init; }

    /// <summary>Name of the SOP class as the standard has it, e.g. <c>MR Image Storage</c>; <c>unknown</c> for one that isn't in it.</summary>
    public required string Kind { get; init; }

    /// <summary>Files.</summary>
    public required int Files { get; init; }

    /// <summary>The volumes that its images make; none for anything but MR images.</summary>
    public required IReadOnlyList<VolumeInspection> Volumes { get; init; }
}
