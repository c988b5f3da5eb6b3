using System.Text.Json.Serialization;

namespace Radiomics.Extraction;

/// <summary>An image filter whose response map is measured like the image itself.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record FilterSettings
{
    /// <summary>Which filter.</summary>
    public required FilterType Type { get; init; }

    /// <summary>Standard deviation of the Gaussian, mm; only with <see cref="FilterType.Log"/>.</summary>
    public double? Sigma { get; init; }

    /// <summary>Mother wavelet; only with <see cref="FilterType.Wavelet"/>, default coif1.</summary>
    public WaveletFamily? Wavelet { get; init; }

    /// <summary>What the features' names carry for <see cref="Sigma"/>; null: the number as PyRadiomics writes 3 mm, <c>3-0</c>. Only with its conventions.</summary>
    public string? SigmaName { get; init; }

    /// <summary>Grey levels of this filter's response maps; null: <see cref="ExtractionSettings.FilterDiscretisation"/>. Only with PyRadiomics' conventions.</summary>
    public DiscretisationSettings? Discretisation { get; init; }

    /// <summary>The mother wavelet, chosen or by default.</summary>
    internal WaveletFamily Mother => Wavelet ?? WaveletFamily.Coif1;

    internal void Validate()
    {
        ExtractionSettings.Require(
            Type == FilterType.Log ? Sigma is { } s && double.IsFinite(s) && s > 0 : Sigma is null,
            "A filter's 'sigma' must be a positive number of millimetres with 'log', and absent otherwise.");
        ExtractionSettings.Require(Type == FilterType.Wavelet || Wavelet is null, "A filter's 'wavelet' goes with 'wavelet'.");
        ExtractionSettings.Require(Type == FilterType.Log || SigmaName is null, "A filter's 'sigmaName' goes with 'log'.");
        Discretisation?.Validate("filters.discretisation");
    }
}

/// <summary>Image filters.</summary>
public enum FilterType
{
    /// <summary>Laplacian of Gaussian.</summary>
    Log,

    /// <summary>Undecimated separable wavelet, first level, eight sub-bands (LLL … HHH, the letters along x, y, z).</summary>
    Wavelet,

    /// <summary>Square.</summary>
    Square,

    /// <summary>Square root of the magnitude, with the sign.</summary>
    SquareRoot,

    /// <summary>Logarithm of the magnitude plus 1, with the sign.</summary>
    Logarithm,

    /// <summary>Exponential.</summary>
    Exponential,

    /// <summary>Magnitude of the gradient.</summary>
    Gradient,
}

/// <summary>Mother wavelets.</summary>
public enum WaveletFamily
{
    /// <summary>Haar, two taps.</summary>
    Haar,

    /// <summary>Daubechies with two vanishing moments, four taps.</summary>
    Db2,

    /// <summary>Coiflet of order 1, six taps.</summary>
    Coif1,

    /// <summary>Coiflet of order 2, twelve taps.</summary>
    Coif2,
}
