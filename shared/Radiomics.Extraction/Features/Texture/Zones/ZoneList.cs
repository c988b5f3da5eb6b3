namespace Radiomics.Extraction;

/// <summary>Zones: groups of linked voxels of one grey level (IBSI manual 3.8), in the order of their first voxels.</summary>
internal sealed class ZoneList
{
    /// <summary>Number of voxels of each zone, by grey level and slice: what the GLSZM counts.</summary>
    public required CountedItems Sizes { get; init; }

    /// <summary>Distance of each zone from the border of the morphological mask: what the GLDZM counts; null if none was given.</summary>
    public required CountedItems? Distances { get; init; }
}
