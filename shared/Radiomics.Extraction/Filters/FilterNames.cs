using System.Globalization;

namespace Radiomics.Extraction;

/// <summary>What the names of a response map's features begin with.</summary>
internal static class FilterNames
{
    /// <summary>One prefix a response map: <c>log_s3.0mm__</c>, <c>wavelet_coif1_LLH__</c>, <c>square__</c>; or as PyRadiomics names its image types, <c>log-sigma-3-0-mm-3D</c>.</summary>
    public static string[] Of(FilterSettings filter, Conventions conventions)
    {
        var pyRadiomics = conventions == Conventions.PyRadiomics;
        var type = filter.Type.ToString().ToLowerInvariant();
        return filter.Type switch
        {
            FilterType.Log when pyRadiomics => [$"log-sigma-{filter.SigmaName ?? Number(filter.Sigma!.Value).Replace('.', '-')}-mm-3D"],
            FilterType.Log => [$"log_s{Number(filter.Sigma!.Value)}mm__"],
            FilterType.Wavelet when pyRadiomics => [.. WaveletFilter.Bands.Select(band => $"wavelet-{band}")],
            FilterType.Wavelet => [.. WaveletFilter.Bands.Select(band => $"wavelet_{filter.Mother.ToString().ToLowerInvariant()}_{band}__")],
            _ when pyRadiomics => [type],
            _ => [type + "__"],
        };
    }

    /// <summary>A number with at least one decimal, the same in every culture.</summary>
    private static string Number(double value) => value.ToString("0.0################", CultureInfo.InvariantCulture);
}
