using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Radiomics.Extraction;

/// <summary>
/// Everything that decides how features come out of a volume and an ROI; data, shipped under <c>models/settings</c>.
/// The steps stand in the order in which they run (IBSI reference manual 1.5, section 2).
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ExtractionSettings
{
    /// <summary>Name for people and profiles, e.g. <c>liver-mri</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Intensity normalisation of the whole image, before anything else.</summary>
    public NormalisationSettings Normalisation { get; init; } = new();

    /// <summary>Interpolation of image and ROI onto an isotropic grid.</summary>
    public ResamplingSettings Resampling { get; init; } = new();

    /// <summary>Rounding of the interpolated intensities.</summary>
    public IntensityRounding Rounding { get; init; }

    /// <summary>Which voxels leave the intensity mask; the morphological mask keeps them.</summary>
    public ReSegmentationSettings ReSegmentation { get; init; } = new();

    /// <summary>Grey levels for the histogram and texture families.</summary>
    public DiscretisationSettings Discretisation { get; init; } = new();

    /// <summary>Which families are computed.</summary>
    public IReadOnlyList<FeatureFamily> Families { get; init; } = [FeatureFamily.Morphology, FeatureFamily.Statistics, FeatureFamily.Histogram];

    /// <summary>SHA-256 of the canonical JSON (all options written out, in declared order, compact), lower-case hex.</summary>
    public string ComputeHash() => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this, RadiomicsJson.Options)));

    /// <summary>Checks that the options make sense together.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidSettings</c>, with the option at fault.</exception>
    public ExtractionSettings Validated()
    {
        Require(!string.IsNullOrWhiteSpace(Name), "'name' must not be empty.");
        Require(
            Normalisation is not null && Resampling is not null && ReSegmentation is not null && Discretisation is not null && Families is not null,
            "An option may be absent, but not null.");
        Require(Families.Count > 0 && Families.Distinct().Count() == Families.Count, "'families' must name at least one family, each once.");
        Resampling.Validate();
        ReSegmentation.Validate();
        Discretisation.Validate();
        return this;
    }

    internal static void Require([DoesNotReturnIf(false)] bool condition, string detail)
    {
        if (!condition)
        {
            throw new RadiomicsException("InvalidSettings", detail);
        }
    }
}

/// <summary>A group of features with a common tag prefix.</summary>
public enum FeatureFamily
{
    /// <summary><c>morph_</c>: shape and volume of the morphological mask.</summary>
    Morphology,

    /// <summary><c>stat_</c>: intensities of the intensity mask, not discretised.</summary>
    Statistics,

    /// <summary><c>ih_</c>: histogram of the discretised intensities.</summary>
    Histogram,
}

/// <summary>What is done to interpolated intensities.</summary>
public enum IntensityRounding
{
    /// <summary>Left as they are.</summary>
    None,

    /// <summary>To the nearest integer (for CT numbers); ties to even.</summary>
    NearestInteger,
}
