using static Radiomics.Extraction.ExtractionSettings;

namespace Radiomics.Extraction;

/// <summary>Which options go with which filter, and what they may be; what a filter has no use for is refused, not ignored.</summary>
internal static class FilterRules
{
    // A kernel without bounds would take time and memory without bounds.
    private const int MaxSupport = 513;
    private const int MaxLevel = 8;

    /// <summary>Checks one filter.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidSettings</c>.</exception>
    public static void Validate(FilterSettings f)
    {
        var type = f.Type;
        var isConvolution = type is FilterType.Mean or FilterType.Log or FilterType.Laws or FilterType.Wavelet or FilterType.Gabor or FilterType.Simoncelli;
        Require(
            type is FilterType.Log or FilterType.Gabor ? IsPositive(f.Sigma) : f.Sigma is null,
            "A filter's 'sigma' must be a positive number of millimetres with 'log' and 'gabor', and absent otherwise.");
        Require(type == FilterType.Wavelet || f.Wavelet is null, "A filter's 'wavelet' goes with 'wavelet'.");
        Require(type == FilterType.Log || f.SigmaName is null, "A filter's 'sigmaName' goes with 'log'.");
        f.Discretisation?.Validate("filters.discretisation", fewestBins: 1);
        Require(f.Dimension is null || type is FilterType.Mean or FilterType.Log or FilterType.Laws or FilterType.Wavelet or FilterType.Simoncelli,
            "A filter's 'dimension' goes with 'mean', 'log', 'laws', 'wavelet' and 'simoncelli'; 'gabor' has 'orthogonalPlanes'.");
        Require(f.Boundary is null || isConvolution, "A filter's 'boundary' goes with 'mean', 'log', 'laws', 'gabor', 'wavelet' and 'simoncelli'.");
        Require(
            f.Boundary is null or FilterBoundary.Periodic || type != FilterType.Simoncelli,
            "A 'simoncelli' filter is defined by its spectrum, and periodic: its 'boundary' is 'periodic' or absent.");
        Require(
            f.RotationInvariance is null || type is FilterType.Laws or FilterType.Wavelet || (type == FilterType.Gabor && f.ThetaStep is not null),
            "A filter's 'rotationInvariance' goes with 'laws', 'wavelet', and 'gabor' with a 'thetaStep'; the other filters are the same in all directions.");
        Require(
            f.Cutoff is null || (type == FilterType.Log && f.Cutoff is > 0 and <= 16),
            "A filter's 'cutoff' goes with 'log', and is above 0 and at most 16 standard deviations.");
        Require(
            type == FilterType.Mean ? f.Support is >= 1 and <= MaxSupport && f.Support % 2 == 1 : f.Support is null,
            $"A filter's 'support' must be an odd number of voxels, 1 to {MaxSupport}, with 'mean', and absent otherwise.");
        ValidateLaws(f);
        ValidateGabor(f);
        Require(
            f.Level is null || (type is FilterType.Wavelet or FilterType.Simoncelli && f.Level is >= 1 and <= MaxLevel),
            $"A filter's 'level' goes with 'wavelet' and 'simoncelli', and is 1 to {MaxLevel}.");
        ValidateWavelet(f);
        ValidateRiesz(f);
    }

    private static void ValidateLaws(FilterSettings f)
    {
        if (f.Type != FilterType.Laws)
        {
            Require(f.Kernels is null && f.EnergyDistance is null, "A filter's 'kernels' and 'energyDistance' go with 'laws'.");
            return;
        }

        Require(
            LawsFilter.AreKernels(f.Kernels),
            $"A 'laws' filter's 'kernels' are two for slices or three for a volume, one after the other as in 'L5E5S5', of {LawsFilter.Names}.");
        Require(
            f.Dimension is null || (f.Dimension == FilterDimension.Slices) == (f.Kernels!.Length == 4),
            "A 'laws' filter's 'kernels' must be two with a 'dimension' of 'slices', and three with 'volume'.");
        Require(f.EnergyDistance is null or (>= 1 and <= MaxSupport / 2), $"A 'laws' filter's 'energyDistance' must be 1 to {MaxSupport / 2} voxels.");
    }

    private static void ValidateGabor(FilterSettings f)
    {
        if (f.Type != FilterType.Gabor)
        {
            Require(
                f.Wavelength is null && f.Gamma is null && f.Theta is null && f.ThetaStep is null && f.Response is null && f.OrthogonalPlanes is null,
                "A filter's 'wavelength', 'gamma', 'theta', 'thetaStep', 'response' and 'orthogonalPlanes' go with 'gabor'.");
            return;
        }

        Require(IsPositive(f.Wavelength), "A 'gabor' filter's 'wavelength' must be a positive number of millimetres.");
        Require(f.Gamma is null || IsPositive(f.Gamma), "A 'gabor' filter's 'gamma' must be a positive number.");
        Require(f.Theta is null || f.ThetaStep is null, "A 'gabor' filter has a 'theta' or a 'thetaStep', not both.");
        Require(f.Theta is null || double.IsFinite(f.Theta.Value), "A 'gabor' filter's 'theta' must be a number of degrees.");
        Require(f.ThetaStep is null or (>= 1 and <= 360), "A 'gabor' filter's 'thetaStep' must be 1 to 360 degrees.");
        Require(f.ThetaStep is null || f.Pooling != RotationInvariance.None, "A 'gabor' filter with a 'thetaStep' needs a 'rotationInvariance' of 'max', 'average' or 'min'.");
    }

    private static void ValidateWavelet(FilterSettings f)
    {
        if (f.Type != FilterType.Wavelet)
        {
            Require(f.Bands is null, "A filter's 'bands' go with 'wavelet'.");
            return;
        }

        Require(WaveletTaps.Has(f.Mother), $"There is no wavelet '{f.Mother}'; there are {WaveletTaps.Families}.");
        var letters = f.IsInSlices ? 2 : 3;
        Require(
            f.Bands is null || (f.Bands.Count > 0 && AreDistinct(f.Bands) && f.Bands.All(band => WaveletBands.IsBand(band, letters))),
            $"A 'wavelet' filter's 'bands' must be of {letters} letters L and H, as in '{"LLH"[(3 - letters)..]}', each once: one along each axis of the 'dimension'.");
    }

    private static void ValidateRiesz(FilterSettings f)
    {
        Require(f.RieszOrder is null || f.Type is FilterType.Log or FilterType.Simoncelli, "A filter's 'rieszOrder' goes with 'log' and 'simoncelli'.");
        if (f.RieszOrder is { } order)
        {
            var axes = f.IsInSlices ? 2 : 3;
            Require(
                order.Count == axes && order.All(o => o is >= 0 and <= 8) && order.Sum() is >= 1 and <= 8,
                $"A filter's 'rieszOrder' must be {axes} whole numbers that are not negative and add up to 1 to 8: one for each axis of the 'dimension'.");
        }
    }

    private static bool IsPositive(double? value) => value is { } number && double.IsFinite(number) && number > 0;
}
