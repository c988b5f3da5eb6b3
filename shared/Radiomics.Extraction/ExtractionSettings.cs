namespace Radiomics.Extraction;

/// <summary>Everything that decides how features come out of a volume and an ROI; data, shipped under <c>models/settings</c>.</summary>
public sealed record ExtractionSettings
{
    /// <summary>Name for people and profiles, e.g. <c>liver-mri</c>.</summary>
    public required string Name { get; init; }
}
