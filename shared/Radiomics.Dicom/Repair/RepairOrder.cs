namespace Radiomics.Dicom;

/// <summary>What is to be changed about an upload.</summary>
public sealed record RepairOrder
{
    /// <summary>Series to leave out, by number.</summary>
    public IReadOnlySet<int> WithoutSeries { get; init; } = new HashSet<int>();

    /// <summary>If not empty: the only series whose images stay, by number.</summary>
    public IReadOnlySet<int> OnlySeries { get; init; } = new HashSet<int>();

    /// <summary>Whether regions that are in it (RTSTRUCT, SEG, NIfTI) are left out.</summary>
    public bool WithoutRegions { get; init; }

    /// <summary>Whether files that can't be read, or are no object of a study, are left out.</summary>
    public bool WithoutBroken { get; init; }

    /// <summary>MagneticFieldStrength, tesla, for MR images that don't say it; null: they stay as they are.</summary>
    public double? FieldStrength { get; init; }

    /// <summary>Files to add: regions that were missing, or take the place of others.</summary>
    public IReadOnlyList<ListedFile> Added { get; init; } = [];

    /// <summary>Whether anything is asked for.</summary>
    public bool AsksForSomething => WithoutSeries.Count > 0 || OnlySeries.Count > 0 || WithoutRegions || WithoutBroken || FieldStrength is not null || Added.Count > 0;
}
