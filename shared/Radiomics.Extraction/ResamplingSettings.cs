using System.Text.Json.Serialization;

namespace Radiomics.Extraction;

/// <summary>Interpolation onto a grid of cubic voxels whose center is the original grid's center (IBSI "align by center").</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ResamplingSettings
{
    /// <summary>How.</summary>
    public ResamplingMethod Method { get; init; }

    /// <summary>New voxel edge, mm; only with a method other than none.</summary>
    public double? Spacing { get; init; }

    /// <summary>An interpolated ROI voxel is inside from this partial volume on.</summary>
    public double RoiThreshold { get; init; } = 0.5;

    internal void Validate()
    {
        if (Method == ResamplingMethod.None)
        {
            ExtractionSettings.Require(Spacing is null, "'resampling.spacing' has no meaning with method 'none'.");
        }
        else
        {
            ExtractionSettings.Require(
                Spacing is { } s && double.IsFinite(s) && s > 0, "'resampling.spacing' must be a positive number of millimetres.");
        }

        ExtractionSettings.Require(RoiThreshold is > 0 and <= 1, "'resampling.roiThreshold' must be above 0 and at most 1.");
    }
}

/// <summary>How image and ROI are interpolated.</summary>
public enum ResamplingMethod
{
    /// <summary>The original grid stays.</summary>
    None,

    /// <summary>Trilinear, image and ROI.</summary>
    Linear,
}
