using System.Text.Json.Serialization;

namespace Radiomics.Extraction;

/// <summary>Makes MR intensities, which have no unit, comparable between scans.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NormalisationSettings
{
    /// <summary>How.</summary>
    public NormalisationMethod Method { get; init; }
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
}
