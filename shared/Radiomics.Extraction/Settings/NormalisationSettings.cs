using System.Text.Json.Serialization;

namespace Radiomics.Extraction;

/// <summary>Makes MR intensities, which have no unit, comparable between scans; runs before everything else.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NormalisationSettings
{
    /// <summary>How.</summary>
    public NormalisationMethod Method { get; init; }

    /// <summary>Percentile of the image below which intensities are set to it; only with <see cref="NormalisationMethod.PercentileClip"/>.</summary>
    public double? LowerPercentile { get; init; }

    /// <summary>Percentile of the image above which intensities are set to it; only with <see cref="NormalisationMethod.PercentileClip"/>.</summary>
    public double? UpperPercentile { get; init; }

    /// <summary>Factor on the normalised intensities.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Normalised intensities farther than this from 0, in units of <see cref="Scale"/>, are set to it; null: none. Only with z-scores.</summary>
    public double? ClipSigma { get; init; }

    internal void Validate()
    {
        var clips = Method == NormalisationMethod.PercentileClip;
        ExtractionSettings.Require(
            clips
                ? LowerPercentile is >= 0 and < 100 && UpperPercentile is > 0 and <= 100 && LowerPercentile < UpperPercentile
                : LowerPercentile is null && UpperPercentile is null,
            "'normalisation.lowerPercentile' and 'upperPercentile' must be 0 to 100, in that order, with 'percentileClip', and absent otherwise.");
        ExtractionSettings.Require(
            double.IsFinite(Scale) && Scale > 0 && (Method != NormalisationMethod.None || Scale == 1),
            "'normalisation.scale' must be positive, and has no meaning with method 'none'.");
        ExtractionSettings.Require(
            ClipSigma is null || (double.IsFinite(ClipSigma.Value) && ClipSigma > 0 && Method is NormalisationMethod.ZScoreImage or NormalisationMethod.ZScoreRoi),
            "'normalisation.clipSigma' must be positive, and goes with 'zScoreImage' or 'zScoreRoi'.");
    }
}

/// <summary>How intensities are normalised.</summary>
public enum NormalisationMethod
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Mean 0 and standard deviation 1 over all voxels of the image.</summary>
    ZScoreImage,

    /// <summary>Mean 0 and standard deviation 1 over the ROI; takes away what the ROI's brightness says.</summary>
    ZScoreRoi,

    /// <summary>Clipped at two percentiles of the image, and mapped from them to 0 and 1.</summary>
    PercentileClip,

    /// <summary>Divided by the mean intensity of a reference region (muscle, spleen, fat) that comes with the case.</summary>
    ReferenceRegion,
}
