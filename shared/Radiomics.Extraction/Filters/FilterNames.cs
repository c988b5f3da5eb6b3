using System.Globalization;
using System.Text;

namespace Radiomics.Extraction;

/// <summary>What the names of a response map's features begin with: the filter, what it needs, and every option that isn't its default.</summary>
internal static class FilterNames
{
    /// <summary>
    /// One prefix a response map: <c>log_s3.0mm__</c>, <c>wavelet_coif1_LLH__</c>, <c>laws_L5E5E5_max_d7__</c>, <c>square__</c>; or as PyRadiomics names its
    /// image types, <c>log-sigma-3-0-mm-3D</c>.
    /// </summary>
    public static string[] Of(FilterSettings filter, Conventions conventions)
    {
        if (conventions == Conventions.PyRadiomics)
        {
            return PyRadiomicsNames.Of(filter, inSlices: false);
        }

        var type = filter.Type.ToString().ToLowerInvariant();
        return filter.Type switch
        {
            FilterType.Wavelet => [.. filter.SubBands.Select(band => $"wavelet_{filter.Mother}_{band}{Options(filter)}__")],
            _ => [$"{type}{Options(filter)}__"],
        };
    }

    private static string Options(FilterSettings f)
    {
        var name = new StringBuilder();
        Add("_s", f.Sigma, "mm");
        Add("_w", f.Wavelength, "mm");
        Add("_g", f.Gamma is 1 ? null : f.Gamma);
        Add("_t", f.Theta);
        Add("_step", f.ThetaStep);
        name.Append(f.Support is { } support ? Invariant($"_m{support}") : "");
        name.Append(f.Kernels is { } kernels ? $"_{kernels}" : "");
        name.Append(f.Level > 1 || f.Type == FilterType.Simoncelli ? Invariant($"_level{f.Level ?? 1}") : "");
        name.Append(f.Type is FilterType.Mean or FilterType.Log or FilterType.Simoncelli && f.IsInSlices ? "_2d" : "");
        Add("_c", f.Cutoff is LogFilter.DefaultCutoff ? null : f.Cutoff);
        name.Append(f.Response is { } part and not GaborResponse.Modulus ? $"_{part.ToString().ToLowerInvariant()}" : "");
        name.Append(f.Pooling switch
        {
            RotationInvariance.Max => "_max",
            RotationInvariance.Average => "_avg",
            RotationInvariance.Min => "_min",
            _ => "",
        });
        name.Append(f.EnergyDistance is { } distance ? Invariant($"_d{distance}") : "");
        name.Append(f.OrthogonalPlanes == true ? "_planes" : "");
        if (f.RieszOrder is { } order)
        {
            name.Append("_riesz");
            foreach (var axis in order)
            {
                name.Append(CultureInfo.InvariantCulture, $"{axis}");
            }
        }

        name.Append(f.Boundary is { } boundary and not FilterBoundary.Mirror && f.Type != FilterType.Simoncelli ? $"_{boundary.ToString().ToLowerInvariant()}" : "");
        return name.ToString();

        void Add(string before, double? value, string unit = "")
        {
            if (value is { } number)
            {
                name.Append(before).Append(Number(number)).Append(unit);
            }
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number with at least one decimal, the same in every culture.</summary>
    private static string Number(double value) => value.ToString("0.0################", CultureInfo.InvariantCulture);
}
