using System.Text.Json.Serialization;

namespace Radiomics.Extraction;

/// <summary>
/// An image filter whose response map is measured like the image itself. Which options go with which filter, <see cref="FilterRules"/> says; those
/// from <see cref="Dimension"/> on are written only where they are set, so that settings from before they were there keep their hash.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record FilterSettings
{
    /// <summary>Which filter.</summary>
    public required FilterType Type { get; init; }

    /// <summary>Standard deviation of the Gaussian, mm; only with <see cref="FilterType.Log"/> and <see cref="FilterType.Gabor"/>.</summary>
    public double? Sigma { get; init; }

    /// <summary>Mother wavelet by its name, e.g. haar, db3, sym5 or coif1; only with <see cref="FilterType.Wavelet"/>, default coif1.</summary>
    public string? Wavelet { get; init; }

    /// <summary>What the features' names carry for <see cref="Sigma"/>; null: the number as PyRadiomics writes 3 mm, <c>3-0</c>. Only with its conventions.</summary>
    public string? SigmaName { get; init; }

    /// <summary>Grey levels of this filter's response maps; null: <see cref="ExtractionSettings.FilterDiscretisation"/>. Only with PyRadiomics' conventions.</summary>
    public DiscretisationSettings? Discretisation { get; init; }

    /// <summary>Whether each slice is filtered by itself, or the volume; default volume. Laws' kernels say it by their number.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FilterDimension? Dimension { get; init; }

    /// <summary>How the image goes on beyond its border; default mirror, with <see cref="FilterType.Simoncelli"/> always periodic.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FilterBoundary? Boundary { get; init; }

    /// <summary>How the responses to the rotated filter become one; default none, with <see cref="ThetaStep"/> average.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RotationInvariance? RotationInvariance { get; init; }

    /// <summary>Where the Gaussian is cut, in standard deviations; only with <see cref="FilterType.Log"/>, default 4.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Cutoff { get; init; }

    /// <summary>Width of the averaged neighbourhood in voxels, odd; only with <see cref="FilterType.Mean"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Support { get; init; }

    /// <summary>Laws' kernels along x, y and, for a volume, z, e.g. L5E5 or L5E5S5; of L5, E5, S5, W5, R5, L3, E3, S3. Only with <see cref="FilterType.Laws"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Kernels { get; init; }

    /// <summary>Chebyshev distance δ, in voxels, over which the response's magnitude is averaged; null: no energy image. Only with <see cref="FilterType.Laws"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? EnergyDistance { get; init; }

    /// <summary>Length of the wave, mm; only with <see cref="FilterType.Gabor"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Wavelength { get; init; }

    /// <summary>Aspect ratio γ of the Gaussian: its standard deviation along the waves' crests is sigma divided by this; only with <see cref="FilterType.Gabor"/>, default 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Gamma { get; init; }

    /// <summary>Direction of the wave in the plane, degrees; only with <see cref="FilterType.Gabor"/>, default 0.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Theta { get; init; }

    /// <summary>Step between the directions of a full turn, degrees, whose responses are pooled; in place of <see cref="Theta"/>. Only with <see cref="FilterType.Gabor"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ThetaStep { get; init; }

    /// <summary>What of the complex response is measured; only with <see cref="FilterType.Gabor"/>, default modulus.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GaborResponse? Response { get; init; }

    /// <summary>Whether the responses within the three orthogonal planes are averaged, or axial slices are filtered only; only with <see cref="FilterType.Gabor"/>, default false.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? OrthogonalPlanes { get; init; }

    /// <summary>Level of the decomposition from 1 on, the finest; only with <see cref="FilterType.Wavelet"/> and <see cref="FilterType.Simoncelli"/>, default 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Level { get; init; }

    /// <summary>Sub-bands, e.g. LLH, the letters along x, y and, for a volume, z; null: all. Only with <see cref="FilterType.Wavelet"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Bands { get; init; }

    /// <summary>Order of the Riesz transform along x, y and, for a volume, z; null: none. Only with <see cref="FilterType.Log"/> and <see cref="FilterType.Simoncelli"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<int>? RieszOrder { get; init; }

    /// <summary>Options that only PyRadiomics' image types have; only with its conventions, and null for its defaults.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PyRadiomicsFilterSettings? PyRadiomics { get; init; }

    /// <summary>The mother wavelet, chosen or by default.</summary>
    internal string Mother => Wavelet ?? "coif1";

    /// <summary>Whether each slice is filtered by itself.</summary>
    internal bool IsInSlices => Type switch
    {
        FilterType.Laws => Kernels!.Length == 4,
        FilterType.Gabor => OrthogonalPlanes != true,
        _ => Dimension == FilterDimension.Slices,
    };

    /// <summary>The image's continuation.</summary>
    internal BorderRule Border => Boundary switch
    {
        FilterBoundary.Zero => BorderRule.Zero,
        FilterBoundary.Nearest => BorderRule.Nearest,
        FilterBoundary.Periodic => BorderRule.Periodic,
        null when Type == FilterType.Simoncelli => BorderRule.Periodic,
        _ => BorderRule.Mirror,
    };

    /// <summary>Orders of the Riesz transform along x, y and z; null: none.</summary>
    internal (int X, int Y, int Z)? Riesz => RieszOrder is { } order ? (order[0], order[1], order.Count > 2 ? order[2] : 0) : null;

    /// <summary>How rotations are pooled, chosen or by default.</summary>
    internal RotationInvariance Pooling =>
        RotationInvariance ?? (ThetaStep is null ? Extraction.RotationInvariance.None : Extraction.RotationInvariance.Average);

    /// <summary>The sub-bands, chosen or by default all, in order.</summary>
    internal IReadOnlyList<string> SubBands => Bands ?? (IsInSlices ? WaveletBands.OfSlices : WaveletBands.OfVolume);

    internal void Validate() => FilterRules.Validate(this);
}
