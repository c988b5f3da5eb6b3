using System.Text.Json.Serialization;

namespace Radiomics.Extraction;

/// <summary>
/// Range and outlier re-segmentation (IBSI manual 2.5). Both limits are found on the ROI as it was before, and the voxels
/// within both remain in the intensity mask.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ReSegmentationSettings
{
    /// <summary>Lowest intensity that stays, inclusive; null: no limit.</summary>
    public double? Lower { get; init; }

    /// <summary>Highest intensity that stays, inclusive; null: no limit.</summary>
    public double? Upper { get; init; }

    /// <summary>What <see cref="Lower"/> and <see cref="Upper"/> are given in; anything but intensities only with PyRadiomics' conventions.</summary>
    public ReSegmentationUnit Unit { get; init; }

    /// <summary>Voxels farther than this many standard deviations from the ROI's mean leave; null: all stay.</summary>
    public double? OutlierSigma { get; init; }

    internal void Validate()
    {
        ExtractionSettings.Require(
            (Lower is null || double.IsFinite(Lower.Value)) && (Upper is null || double.IsFinite(Upper.Value)) && !(Lower > Upper),
            "'reSegmentation.lower' must not exceed 'upper'.");
        ExtractionSettings.Require(
            OutlierSigma is null || (double.IsFinite(OutlierSigma.Value) && OutlierSigma > 0), "'reSegmentation.outlierSigma' must be positive.");
    }
}

/// <summary>Unit of a re-segmentation range.</summary>
public enum ReSegmentationUnit
{
    /// <summary>Intensities.</summary>
    Intensity,

    /// <summary>Shares of the ROI's highest intensity.</summary>
    Maximum,

    /// <summary>Standard deviations of the ROI's intensities from their mean.</summary>
    StandardDeviation,
}
