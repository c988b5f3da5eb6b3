using System.Text.Json.Serialization;

namespace Radiomics.Extraction;

/// <summary>Interpolation of image and ROI onto a new grid (IBSI manual 2.4).</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ResamplingSettings
{
    /// <summary>How intensities are interpolated.</summary>
    public InterpolationMethod Method { get; init; }

    /// <summary>New voxel spacing, mm; only with a method other than none.</summary>
    public Spacing? Spacing { get; init; }

    /// <summary>Whether slices stay as they are, whatever the spacing along z says, and are interpolated each in its own plane (bilinear, bicubic), for 2D approaches.</summary>
    public bool InPlane { get; init; }

    /// <summary>How the ROI is interpolated; nearest or linear.</summary>
    public InterpolationMethod RoiMethod { get; init; } = InterpolationMethod.Linear;

    /// <summary>A voxel is inside from this share of the interpolated ROI on (its partial volume).</summary>
    public double RoiThreshold { get; init; } = 0.5;

    /// <summary>How the new grid lies on the old one.</summary>
    public GridAlignment Alignment { get; init; }

    /// <summary>
    /// β of the Gaussian that smooths the image along axes that become coarser, before it is interpolated, so that structures finer than the new voxels don't show as others:
    /// its σ is new/old · √(−8·ln β) old voxels, so that less smooths more. MIRP's is 0.98. Null: none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? AntiAliasing { get; init; }

    internal void Validate()
    {
        ExtractionSettings.Require(AntiAliasing is null or (>= 0.5 and < 1), "'resampling.antiAliasing' must be 0.5 or more and below 1 (0.98 is usual), or absent.");
        if (Method == InterpolationMethod.None)
        {
            ExtractionSettings.Require(
                Spacing is null && !InPlane && AntiAliasing is null, "'resampling.spacing', 'inPlane' and 'antiAliasing' have no meaning with method 'none'.");
        }
        else
        {
            ExtractionSettings.Require(
                Spacing is { } s && IsLength(s.X) && IsLength(s.Y) && IsLength(s.Z) && s.X + s.Y + s.Z > 0,
                "'resampling.spacing' must be a positive number of millimetres, or three of which 0 keeps the image's own.");
        }

        ExtractionSettings.Require(
            RoiMethod is InterpolationMethod.Nearest or InterpolationMethod.Linear, "'resampling.roiMethod' must be 'nearest' or 'linear'.");
        ExtractionSettings.Require(RoiThreshold is > 0 and <= 1, "'resampling.roiThreshold' must be above 0 and at most 1.");
    }

    private static bool IsLength(double value) => double.IsFinite(value) && value >= 0;
}

/// <summary>How values between voxel centers are found.</summary>
public enum InterpolationMethod
{
    /// <summary>The original grid stays.</summary>
    None,

    /// <summary>The nearest voxel's; just between two, that of the higher index.</summary>
    Nearest,

    /// <summary>Trilinear, or bilinear in plane.</summary>
    Linear,

    /// <summary>Cubic B-spline through the voxels' values, along three axes or in plane; the image is mirrored about its outermost voxel centers.</summary>
    CubicSpline,

    /// <summary>Mean under a Gaussian of 0.8 voxels, integrated over each voxel and cut at 3.2 voxels (ITK's); as the others below only with PyRadiomics' conventions.</summary>
    Gaussian,

    /// <summary>The intensity that has most weight under a Gaussian of one voxel, cut at one voxel (ITK's, for labels).</summary>
    LabelGaussian,

    /// <summary>Sinc over ten voxels under Hamming's window; the border voxel goes on.</summary>
    HammingSinc,

    /// <summary>Sinc over ten voxels under a cosine window.</summary>
    CosineSinc,

    /// <summary>Sinc over ten voxels under Welch's window.</summary>
    WelchSinc,

    /// <summary>Sinc over ten voxels under Lanczos' window.</summary>
    LanczosSinc,

    /// <summary>Sinc over ten voxels under Blackman's window.</summary>
    BlackmanSinc,
}

/// <summary>How an interpolation grid lies on the image's.</summary>
public enum GridAlignment
{
    /// <summary>Both grids have one center (IBSI manual 2.4).</summary>
    Center,

    /// <summary>Both grids start at the corner of the first voxel, and an axis along which the ROI is one voxel thick stays, as in PyRadiomics.</summary>
    Origin,
}
