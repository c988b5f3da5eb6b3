namespace Radiomics.Extraction;

/// <summary>The filters by their settings: how far each sees, how its maps come in steps, and what each computes.</summary>
internal static class ImageFilter
{
    /// <summary>Voxels beyond a response that the filter reads along an axis; PyRadiomics' filters see the whole image.</summary>
    public static int Reach(FilterSettings filter, double spacing) => filter.Type switch
    {
        FilterType.Log => LogFilter.Reach(filter.Sigma!.Value, spacing),
        FilterType.Wavelet => WaveletFilter.Reach(filter.Mother),
        FilterType.Gradient => 1,
        _ => 0,
    };

    /// <summary>How many steps make all maps of a filter, so that few maps are held at a time.</summary>
    public static int Steps(FilterSettings filter) => filter.Type == FilterType.Wavelet ? WaveletFilter.Bands.Count / 2 : 1;

    /// <summary>Makes the maps of one step: as many as the filter has, divided by its steps.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="conventions">Whose definition.</param>
    /// <param name="step">Which step.</param>
    /// <param name="domain">The image.</param>
    /// <param name="responses">The maps, in the layout of the domain's output box.</param>
    /// <param name="cancellation">Checked now and then.</param>
    /// <exception cref="RadiomicsException"><c>InvalidSettings</c>: the image is too small for this filter.</exception>
    public static void Apply(
        FilterSettings filter, Conventions conventions, int step, FilterDomain domain, ReadOnlySpan<float[]> responses, CancellationToken cancellation)
    {
        var pyRadiomics = conventions == Conventions.PyRadiomics;
        switch (filter.Type)
        {
            case FilterType.Log when pyRadiomics:
                RecursiveLogFilter.Apply(domain, filter.Sigma!.Value, responses[0], cancellation);
                break;
            case FilterType.Log:
                LogFilter.Apply(domain, filter.Sigma!.Value, responses[0], cancellation);
                break;
            case FilterType.Wavelet:
                var border = pyRadiomics ? BorderRule.PeriodicEven : BorderRule.Mirror;
                WaveletFilter.Apply(domain, border, filter.Mother, step, responses[0], responses[1], cancellation);
                break;
            case FilterType.Gradient:
                GradientFilter.Apply(domain, responses[0]);
                break;
            case FilterType.Mean or FilterType.Laws or FilterType.Gabor or FilterType.Simoncelli:
                throw new NotSupportedException($"The '{filter.Type}' filter isn't connected yet.");
            default:
                PointFilter.Apply(domain, filter.Type, pyRadiomics, responses[0]);
                break;
        }
    }

    /// <summary>Why a response isn't a finite number: the filter's range ends before its values, or the image that it sees has such voxels.</summary>
    public static RadiomicsException NotFinite(FilterSettings filter, float[] image) => Array.TrueForAll(image, float.IsFinite)
        ? new(
            "FilterOutOfRange",
            $"The '{filter.Type.ToString().ToLowerInvariant()}' filter gives values beyond the number range for this ROI's intensities; normalise them or leave the filter out.")
        : new("NonFiniteVoxels", "The image has voxels near the ROI, where a filter looks, that are not a finite number.");
}
