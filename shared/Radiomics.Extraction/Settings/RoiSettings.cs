using System.Text.Json.Serialization;

namespace Radiomics.Extraction;

/// <summary>What is done to the ROI on the image's own grid, before anything else; in the order of the options.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RoiSettings
{
    private const double MostMillimetres = 100;

    /// <summary>Whether only the largest component stays: of voxels that share a face, an edge or a corner (26-connected). Of equal ones, that of the lowest voxel index.</summary>
    public bool LargestComponent { get; init; }

    /// <summary>Which holes are filled.</summary>
    public HoleFilling FillHoles { get; init; }

    /// <summary>
    /// By how many mm the ROI is dilated, or eroded where negative: voxels whose center lies so near to the ROI join it; those that lie so near to a voxel outside leave it.
    /// The grid's edge isn't a border of the ROI. Erosion may leave several components.
    /// </summary>
    public double Margin { get; init; }

    internal void Validate() => ExtractionSettings.Require(
        Margin is >= -MostMillimetres and <= MostMillimetres, "'roi.margin' must be −100 to 100 mm: negative to erode, positive to dilate.");
}

/// <summary>Which holes of an ROI are filled: parts of the background that don't reach the grid's edge, stepping over faces.</summary>
public enum HoleFilling
{
    /// <summary>None.</summary>
    None,

    /// <summary>In each slice (2D, steps over four edges), also what is open to other slices.</summary>
    InSlices,

    /// <summary>In the volume (3D, steps over six faces): only what is closed on all sides.</summary>
    InVolume,
}
