using Radiomics.Extraction;

namespace Radiomics.Cli.Conformance;

/// <summary>
/// A test of IBSI-2 phase 1 that has a reference response map (reference manual, arXiv 2006.05470): a whole digital phantom of 64³ voxels of 2 mm, filtered.
/// </summary>
/// <param name="Id">As IBSI counts them: <c>4.a.1</c>.</param>
/// <param name="Phantom">Which phantom.</param>
/// <param name="Description">The filter in words.</param>
/// <param name="Filter">The filter.</param>
internal sealed record FilterTest(string Id, string Phantom, string Description, FilterSettings Filter)
{
    private static readonly FilterSettings _mean = new() { Type = FilterType.Mean, Support = 15 };
    private static readonly FilterSettings _log = new() { Type = FilterType.Log, Sigma = 5 };
    private static readonly FilterSettings _laws = new() { Type = FilterType.Laws, Kernels = "E5L5S5", Boundary = FilterBoundary.Zero };
    private static readonly FilterSettings _lawsMax = _laws with { RotationInvariance = RotationInvariance.Max };
    private static readonly FilterSettings _gabor = new() { Type = FilterType.Gabor, Sigma = 10, Wavelength = 4, Gamma = 0.5, Boundary = FilterBoundary.Zero };
    private static readonly FilterSettings _wideGabor = new() { Type = FilterType.Gabor, Sigma = 20, Wavelength = 8, Gamma = 2.5 };
    private static readonly FilterSettings _db2 = new() { Type = FilterType.Wavelet, Wavelet = "db2", Bands = ["LHL"], Boundary = FilterBoundary.Zero };
    private static readonly FilterSettings _coif1 = new() { Type = FilterType.Wavelet, Wavelet = "coif1", Bands = ["HHL"], Boundary = FilterBoundary.Periodic };
    private static readonly FilterSettings _haar =
        new() { Type = FilterType.Wavelet, Wavelet = "haar", Bands = ["LLL"], Level = 2, RotationInvariance = RotationInvariance.Average };

    private static readonly FilterSettings _simoncelli = new() { Type = FilterType.Simoncelli, Level = 1 };

    /// <summary>All 33.</summary>
    public static IReadOnlyList<FilterTest> All { get; } =
    [
        new("1.a.1", "checkerboard", "mean, zero border", _mean with { Boundary = FilterBoundary.Zero }),
        new("1.a.2", "checkerboard", "mean, nearest border", _mean with { Boundary = FilterBoundary.Nearest }),
        new("1.a.3", "checkerboard", "mean, periodic border", _mean with { Boundary = FilterBoundary.Periodic }),
        new("1.a.4", "checkerboard", "mean, mirrored border", _mean with { Boundary = FilterBoundary.Mirror }),
        new("1.b.1", "impulse", "mean, 2D", _mean with { Dimension = FilterDimension.Slices, Boundary = FilterBoundary.Zero }),
        new("2.a", "impulse", "LoG 3 mm", _log with { Sigma = 3, Boundary = FilterBoundary.Zero }),
        new("2.b", "checkerboard", "LoG 5 mm", _log),
        new("2.c", "checkerboard", "LoG 5 mm, 2D", _log with { Dimension = FilterDimension.Slices }),
        new("3.a.1", "impulse", "Laws E5L5S5", _laws),
        new("3.a.2", "impulse", "Laws E5L5S5, rotation invariant", _lawsMax),
        new("3.a.3", "impulse", "Laws E5L5S5, energy", _lawsMax with { EnergyDistance = 7 }),
        new("3.b.1", "checkerboard", "Laws E3W5R5", _laws with { Kernels = "E3W5R5", Boundary = null }),
        new("3.b.2", "checkerboard", "Laws E3W5R5, rotation invariant", _lawsMax with { Kernels = "E3W5R5", Boundary = null }),
        new("3.b.3", "checkerboard", "Laws E3W5R5, energy", _lawsMax with { Kernels = "E3W5R5", Boundary = null, EnergyDistance = 7 }),
        new("3.c.1", "checkerboard", "Laws L5S5, 2D", _laws with { Kernels = "L5S5", Boundary = null }),
        new("3.c.2", "checkerboard", "Laws L5S5, 2D, rotation invariant", _lawsMax with { Kernels = "L5S5", Boundary = null }),
        new("3.c.3", "checkerboard", "Laws L5S5, 2D, energy", _lawsMax with { Kernels = "L5S5", Boundary = null, EnergyDistance = 7 }),
        new("4.a.1", "impulse", "Gabor 60°", _gabor with { Theta = 60 }),
        new("4.a.2", "impulse", "Gabor, rotation invariant, three planes", _gabor with { ThetaStep = 45, OrthogonalPlanes = true }),
        new("4.b.1", "sphere", "Gabor 225°", _wideGabor with { Theta = 225 }),
        new("4.b.2", "sphere", "Gabor, rotation invariant, three planes", _wideGabor with { ThetaStep = 22.5, OrthogonalPlanes = true }),
        new("5.a.1", "impulse", "db2 LHL", _db2),
        new("5.a.2", "impulse", "db2 LHL, rotation invariant", _db2 with { RotationInvariance = RotationInvariance.Average }),
        new("6.a.1", "sphere", "coif1 HHL", _coif1),
        new("6.a.2", "sphere", "coif1 HHL, rotation invariant", _coif1 with { RotationInvariance = RotationInvariance.Average }),
        new("7.a.1", "checkerboard", "haar LLL, level 2", _haar),
        new("7.a.2", "checkerboard", "haar HHH, level 2", _haar with { Bands = ["HHH"] }),
        new("8.a.1", "checkerboard", "Simoncelli, level 1", _simoncelli),
        new("8.a.2", "checkerboard", "Simoncelli, level 2", _simoncelli with { Level = 2 }),
        new("8.a.3", "checkerboard", "Simoncelli, level 3", _simoncelli with { Level = 3 }),
        new("9.a", "impulse", "LoG 3 mm, Riesz (1, 0, 0)", _log with { Sigma = 3, RieszOrder = [1, 0, 0], Boundary = FilterBoundary.Zero }),
        new("9.b.1", "sphere", "LoG 3 mm, Riesz (0, 2, 0)", _log with { Sigma = 3, RieszOrder = [0, 2, 0], Boundary = FilterBoundary.Zero }),
        new("10.b.1", "pattern_1", "Simoncelli, level 1, Riesz (0, 2, 0)", _simoncelli with { RieszOrder = [0, 2, 0] }),
    ];

    /// <summary>For people.</summary>
    public string Title => $"{Id} {Description}";

    /// <summary>Where the phantom lies.</summary>
    public string PhantomFile => $"ibsi2/phantoms/{Phantom}.nii.gz";

    /// <summary>Where the consortium's response map lies.</summary>
    public string ReferenceFile => $"ibsi2/response_maps/{Id.Replace('.', '_')}.nii.gz";

    /// <summary>The engine's response map.</summary>
    public Volume Respond(Volume phantom, ExtractionOptions options) => ResponseMaps.Of(phantom, Filter, options)[0].Map;
}
