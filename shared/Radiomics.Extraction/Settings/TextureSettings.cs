using System.Text.Json.Serialization;

namespace Radiomics.Extraction;

/// <summary>How the texture matrices are built and brought together (IBSI manual 3.6 to 3.11).</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record TextureSettings
{
    /// <summary>
    /// Which aggregations of the directional matrices (GLCM, GLRLM) are computed. The matrices without directions (GLSZM, GLDZM, NGTDM, NGLDM)
    /// are computed in 2D, 2.5D and 3D if any aggregation of that kind is here.
    /// </summary>
    public IReadOnlyList<Aggregation> Aggregations { get; init; } = [Aggregation.Merged3D];

    /// <summary>Distance of co-occurring voxels: Chebyshev, in voxels.</summary>
    public int CooccurrenceDistance { get; init; } = 1;

    /// <summary>Whether a pair counts in both orders.</summary>
    public bool SymmetricCooccurrence { get; init; } = true;

    /// <summary>Weight of a direction's GLCM and GLRLM before merging, or of its features before averaging.</summary>
    public DistanceWeighting DistanceWeighting { get; init; }

    /// <summary>Chebyshev radius, in voxels, of the NGTDM's neighbourhood.</summary>
    public int NeighbourhoodDistance { get; init; } = 1;

    /// <summary>Chebyshev radius, in voxels, of the NGLDM's neighbourhood.</summary>
    public int DependenceDistance { get; init; } = 1;

    /// <summary>NGLDM coarseness α: grey levels that differ by at most this depend on each other.</summary>
    public int DependenceCoarseness { get; init; }

    internal void Validate()
    {
        ExtractionSettings.Require(
            Aggregations is { Count: > 0 } && ExtractionSettings.AreDistinct(Aggregations),
            "'texture.aggregations' must name at least one aggregation, each once.");
        foreach (var (name, distance) in new[]
        {
            ("cooccurrenceDistance", CooccurrenceDistance), ("neighbourhoodDistance", NeighbourhoodDistance), ("dependenceDistance", DependenceDistance),
        })
        {
            ExtractionSettings.Require(distance is >= 1 and <= 16, $"'texture.{name}' must be 1 to 16 voxels.");
        }

        ExtractionSettings.Require(DependenceCoarseness is >= 0 and <= 65535, "'texture.dependenceCoarseness' must not be negative.");
    }
}

/// <summary>How directional texture matrices become one value a feature; JSON names are the tags' endings.</summary>
public enum Aggregation
{
    /// <summary>A matrix a slice and direction; features averaged.</summary>
    [JsonStringEnumMemberName("2D_avg")]
    Averaged2D,

    /// <summary>Directions merged within each slice; features averaged over slices.</summary>
    [JsonStringEnumMemberName("2D_comb")]
    Merged2D,

    /// <summary>Slices merged within each in-plane direction; features averaged over directions.</summary>
    [JsonStringEnumMemberName("2_5D_avg")]
    Averaged2Point5D,

    /// <summary>All slices and in-plane directions merged.</summary>
    [JsonStringEnumMemberName("2_5D_comb")]
    Merged2Point5D,

    /// <summary>A matrix for each of the 13 directions; features averaged.</summary>
    [JsonStringEnumMemberName("3D_avg")]
    Averaged3D,

    /// <summary>All 13 directions merged.</summary>
    [JsonStringEnumMemberName("3D_comb")]
    Merged3D,
}

/// <summary>Weight of a direction by the length, in mm, of its step between voxels; as PyRadiomics defines it, <c>exp(−length²)</c>.</summary>
public enum DistanceWeighting
{
    /// <summary>All directions count the same.</summary>
    None,

    /// <summary>By the Manhattan length.</summary>
    Manhattan,

    /// <summary>By the Euclidean length.</summary>
    Euclidean,

    /// <summary>By the longest component.</summary>
    Infinity,
}
