using System.Text.Json.Serialization;

namespace Radiomics.Extraction;

/// <summary>Options of image types that only PyRadiomics has; the defaults are PyRadiomics' own. Each option's name there stands in brackets.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PyRadiomicsFilterSettings
{
    private const int MaxLevels = 16;

    /// <summary>Levels of the wavelet decomposition that are passed over before the first one that is measured (start_level).</summary>
    public int StartLevel { get; init; }

    /// <summary>Levels of the wavelet decomposition that are measured (level).</summary>
    public int Levels { get; init; } = 1;

    /// <summary>Whether gradients are per millimetre, or per voxel (gradientUseSpacing).</summary>
    public bool GradientPerMillimetre { get; init; } = true;

    /// <summary>Radius of the circle of samples, voxels (lbp2DRadius).</summary>
    public double Lbp2DRadius { get; init; } = 1;

    /// <summary>Samples on the circle (lbp2DSamples).</summary>
    public int Lbp2DSamples { get; init; } = 8;

    /// <summary>What becomes of the samples (lbp2DMethod).</summary>
    public BinaryPatternMethod Lbp2DMethod { get; init; } = BinaryPatternMethod.Uniform;

    /// <summary>Orders of spherical harmonics, from 0 on (lbp3DLevels).</summary>
    public int Lbp3DLevels { get; init; } = 2;

    /// <summary>Radius of the sphere of samples, voxels (lbp3DIcosphereRadius).</summary>
    public double Lbp3DRadius { get; init; } = 1;

    /// <summary>How often the icosahedron's faces are cut into four: 0, 1 and 2 give 12, 42 and 162 samples (lbp3DIcosphereSubdivision).</summary>
    public int Lbp3DSubdivision { get; init; } = 1;

    /// <summary>PyRadiomics' own.</summary>
    internal static PyRadiomicsFilterSettings Defaults { get; } = new();

    internal void Validate()
    {
        ExtractionSettings.Require(
            StartLevel >= 0 && Levels >= 1 && StartLevel <= MaxLevels && Levels <= MaxLevels - StartLevel,
            $"'filters.pyRadiomics.levels' must be at least 1, 'startLevel' not negative, and both together at most {MaxLevels}.");
        ExtractionSettings.Require(Lbp2DRadius is > 0 and <= 1000, "'filters.pyRadiomics.lbp2DRadius' must be above 0 and at most 1000 voxels.");
        ExtractionSettings.Require(Lbp2DSamples is >= 1 and <= 31, "'filters.pyRadiomics.lbp2DSamples' must be 1 to 31.");
        ExtractionSettings.Require(Lbp3DLevels is >= 1 and <= 32, "'filters.pyRadiomics.lbp3DLevels' must be 1 to 32.");
        ExtractionSettings.Require(Lbp3DRadius is > 0 and <= 1000, "'filters.pyRadiomics.lbp3DRadius' must be above 0 and at most 1000 voxels.");
        ExtractionSettings.Require(Lbp3DSubdivision is >= 0 and <= 5, "'filters.pyRadiomics.lbp3DSubdivision' must be 0 to 5.");
    }
}

/// <summary>What becomes of the samples around a voxel, each 1 where it is at least as large as the voxel, else 0 (scikit-image's methods).</summary>
public enum BinaryPatternMethod
{
    /// <summary>The binary number that they are.</summary>
    Default,

    /// <summary>The smallest of the numbers that they are from each start.</summary>
    Ror,

    /// <summary>How many are 1 if at most two neighbours differ, else one more than there are samples.</summary>
    Uniform,

    /// <summary>The samples' variance, whichever are 1; undefined where it is 0.</summary>
    Var,
}
