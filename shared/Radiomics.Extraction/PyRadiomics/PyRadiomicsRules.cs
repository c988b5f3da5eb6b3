using static Radiomics.Extraction.ExtractionSettings;

namespace Radiomics.Extraction;

/// <summary>Which options go together with which conventions; what one of them has no meaning for is refused, not ignored.</summary>
internal static class PyRadiomicsRules
{
    private static readonly Aggregation[] Aggregations =
        [Aggregation.Averaged3D, Aggregation.Merged3D, Aggregation.Averaged2Point5D, Aggregation.Merged2Point5D];

    public static void Validate(ExtractionSettings settings)
    {
        if (settings.Conventions != Conventions.PyRadiomics)
        {
            Require(
                InterpolationKernel.Count(settings.Resampling.Method) == 0,
                "'resampling.method' is 'nearest', 'linear' or 'cubicSpline'; Gaussian and sinc interpolators go with 'conventions' of 'pyRadiomics'.");
            Require(settings.PyRadiomics is null, "'pyRadiomics' goes with 'conventions' of 'pyRadiomics'.");
            Require(settings.ReSegmentation.Unit == ReSegmentationUnit.Intensity, "'reSegmentation.unit' goes with 'conventions' of 'pyRadiomics'.");
            Require(
                settings.Filters.All(f => f.SigmaName is null && f.Discretisation is null),
                "A filter's 'sigmaName' and 'discretisation' go with 'conventions' of 'pyRadiomics'.");
            Require(
                settings.Filters.All(f => f.PyRadiomics is null && f.Type is not (FilterType.Lbp2D or FilterType.Lbp3D)),
                "The filters 'lbp2D' and 'lbp3D', and a filter's 'pyRadiomics', go with 'conventions' of 'pyRadiomics'.");
            return;
        }

        settings.PyRadiomics?.Validate();
        Require(settings.Families.All(PyRadiomicsFeatures.Has), "'families' has one that PyRadiomics doesn't have.");
        Require(
            settings.Texture.Aggregations is [var aggregation] && Aggregations.Contains(aggregation),
            "PyRadiomics has one of the aggregations '3D_avg', '3D_comb', '2_5D_avg' and '2_5D_comb'.");
        Require(
            settings.Texture.DistanceWeighting == DistanceWeighting.None || settings.Texture.Aggregations[0] is Aggregation.Merged3D or Aggregation.Merged2Point5D,
            "PyRadiomics weights directions where it merges them: 'texture.distanceWeighting' goes with '3D_comb' and '2_5D_comb'.");
        Require(
            settings.Texture is { CooccurrenceDistance: 1, NeighbourhoodDistance: 1, DependenceDistance: 1 },
            "With PyRadiomics' conventions 'pyRadiomics.distances' takes the place of the distances in 'texture'.");
        Require(
            settings.Resampling.Method == InterpolationMethod.None
                || settings.Resampling is { InPlane: false, Alignment: GridAlignment.Origin, RoiMethod: InterpolationMethod.Nearest },
            "PyRadiomics resamples with 'alignment' of 'origin', 'roiMethod' of 'nearest' and not 'inPlane'.");
        Require(settings.Resampling.AntiAliasing is null, "PyRadiomics has no 'antiAliasing'.");
        Require(
            settings.Discretisations is null && settings.FilterDiscretisations is null,
            "PyRadiomics has one discretisation a run: 'discretisations' and 'filterDiscretisations' go with IBSI's conventions.");
        Require(settings.Rounding == IntensityRounding.None, "PyRadiomics has no 'rounding'.");
        Require(settings.ReSegmentation.OutlierSigma is null, "PyRadiomics re-segments by 'lower' and 'upper' in 'unit', not by 'outlierSigma'.");
        Require(
            settings.Normalisation.Method is NormalisationMethod.None or NormalisationMethod.ZScoreImage, "PyRadiomics normalises by 'zScoreImage' or not at all.");
        Require(!settings.WholeImageDiagnostics, "'wholeImageDiagnostics' goes with IBSI's conventions.");
        foreach (var filter in settings.Filters)
        {
            filter.PyRadiomics?.Validate();
            Require(
                filter.PyRadiomics is null || filter.Type is FilterType.Wavelet or FilterType.Gradient or FilterType.Lbp2D or FilterType.Lbp3D,
                "A filter's 'pyRadiomics' goes with 'wavelet', 'gradient', 'lbp2D' and 'lbp3D'.");
            Require(
                IsPyRadiomicsFilter(filter), "PyRadiomics has no 'mean', 'laws', 'gabor' and 'simoncelli' filters, and none of the options of IBSI-2's filters.");
        }

        foreach (var discretisation in settings.Filters.Select(f => f.Discretisation).Append(settings.Discretisation).Append(settings.FilterDiscretisation))
        {
            Require(
                discretisation is null or { Method: DiscretisationMethod.FixedBinNumber } or { Method: DiscretisationMethod.FixedBinSize, Origin: BinOrigin.Zero },
                "PyRadiomics discretises by 'fixedBinSize' with an 'origin' of 'zero', or by 'fixedBinNumber'.");
        }
    }

    /// <summary>Whether a filter is one of PyRadiomics', without what only IBSI-2's have.</summary>
    private static bool IsPyRadiomicsFilter(FilterSettings f) =>
        f.Type is not (FilterType.Mean or FilterType.Laws or FilterType.Gabor or FilterType.Simoncelli)
        && f is { Dimension: null, Boundary: null, RotationInvariance: null, Cutoff: null, Level: null, Bands: null, RieszOrder: null };
}
