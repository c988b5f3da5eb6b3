namespace Radiomics.Extraction;

/// <summary>The filters by their settings: how far each sees, how its maps come in steps, and what each computes.</summary>
internal static class ImageFilter
{
    /// <summary>Voxels beyond a response that the filter reads along each axis; PyRadiomics' filters see the whole image.</summary>
    public static VoxelMargin Reach(FilterSettings filter, (double X, double Y, double Z) spacing)
    {
        var reach = filter.Type switch
        {
            FilterType.Log => new(AlongAxis(spacing.X), AlongAxis(spacing.Y), AlongAxis(spacing.Z)),
            FilterType.Wavelet => Alike(SubBandFilter.Reach(filter.Mother, filter.Level ?? 1)),
            FilterType.Mean => Alike(filter.Support!.Value / 2),
            FilterType.Laws => Alike(LawsFilter.Reach(filter)),
            FilterType.Gabor => new(OfGabor(spacing.X), OfGabor(spacing.Y), OfGabor(spacing.Z)),
            FilterType.Gradient => Alike(1),
            _ => default,
        };
        return filter.IsInSlices ? reach with { Z = 0 } : reach;

        int AlongAxis(double step) => LogFilter.Reach(filter.Sigma!.Value, step, filter.Cutoff ?? LogFilter.DefaultCutoff);

        int OfGabor(double step) => GaborKernel.Reach(filter.Sigma!.Value, filter.Gamma ?? 1, step);

        static VoxelMargin Alike(int voxels) => new(voxels, voxels, voxels);
    }

    /// <summary>Whether the filter works on spectra, to which every voxel of the image contributes.</summary>
    public static bool SeesWholeImage(FilterSettings filter) => filter.Type == FilterType.Simoncelli || filter.RieszOrder is not null;

    /// <summary>How many steps make all maps of a filter, so that few maps are held at a time.</summary>
    public static int Steps(FilterSettings filter) => filter.Type != FilterType.Wavelet ? 1 : IsPlainWavelet(filter) ? filter.SubBands.Count / 2 : filter.SubBands.Count;

    /// <summary>Makes the maps of one step in the precision that the domain's intensities need (<see cref="ExactFilters"/>), each in the layout of its output box.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="conventions">Whose definition.</param>
    /// <param name="step">Which step.</param>
    /// <param name="domain">The image.</param>
    /// <param name="count">How many maps the step makes.</param>
    /// <param name="rent">Gives an array of so many floats.</param>
    /// <param name="threads">Most threads.</param>
    /// <param name="cancellation">Checked now and then.</param>
    /// <exception cref="RadiomicsException">
    /// <c>InvalidSettings</c>: the image is too small for this filter; <c>IntensityPrecisionExceeded</c>: the filter can't tell its intensities apart.
    /// </exception>
    public static Intensities[] Respond(
        FilterSettings filter, Conventions conventions, int step, FilterDomain domain, int count, Func<int, float[]> rent, int threads, CancellationToken cancellation)
    {
        if (domain.Doubles is not null)
        {
            return ExactFilters.Apply(filter, conventions, step, domain, count, threads, cancellation);
        }

        var responses = new float[count][];
        var result = new Intensities[count];
        for (var i = 0; i < count; i++)
        {
            result[i] = responses[i] = rent(domain.Output.Count);
        }

        Apply(filter, conventions, step, domain, responses, threads, cancellation);
        return result;
    }

    /// <summary>Makes the maps of one step: as many as the filter has, divided by its steps.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="conventions">Whose definition.</param>
    /// <param name="step">Which step.</param>
    /// <param name="domain">The image.</param>
    /// <param name="responses">The maps, in the layout of the domain's output box.</param>
    /// <param name="threads">Most threads at a time, for filters that take long; the values don't depend on it.</param>
    /// <param name="cancellation">Checked now and then.</param>
    /// <exception cref="RadiomicsException"><c>InvalidSettings</c>: the image is too small for this filter.</exception>
    public static void Apply(
        FilterSettings filter, Conventions conventions, int step, FilterDomain domain, ReadOnlySpan<float[]> responses, int threads, CancellationToken cancellation)
    {
        var pyRadiomics = conventions == Conventions.PyRadiomics;
        switch (filter.Type)
        {
            case FilterType.Log when pyRadiomics:
                RecursiveLogFilter.Apply(domain, filter.Sigma!.Value, responses[0], cancellation);
                break;
            case FilterType.Log when filter.Riesz is { } order:
                RieszLogFilter.Apply(domain, filter, order, responses[0], threads, cancellation);
                break;
            case FilterType.Log when filter is { IsInSlices: false, Cutoff: null or LogFilter.DefaultCutoff, Border: BorderRule.Mirror }:
                LogFilter.Apply(domain, filter.Sigma!.Value, responses[0], cancellation);
                break;
            case FilterType.Log:
                LogFilter.Apply(domain, filter, responses[0], cancellation);
                break;
            case FilterType.Wavelet when !IsPlainWavelet(filter):
                SubBandFilter.Apply(domain, filter, filter.SubBands[step], responses[0], cancellation);
                break;
            case FilterType.Wavelet:
                var border = pyRadiomics ? BorderRule.PeriodicEven : BorderRule.Mirror;
                WaveletFilter.Apply(domain, border, filter.Mother, step, responses[0], responses[1], cancellation);
                break;
            case FilterType.Gradient:
                GradientFilter.Apply(domain, responses[0]);
                break;
            case FilterType.Gabor:
                GaborFilter.Apply(domain, filter.Border, GaborOptions.Of(filter), responses[0], threads, cancellation);
                break;
            case FilterType.Simoncelli:
                SimoncelliFilter.Apply(domain, filter.IsInSlices, filter.Level ?? 1, filter.Riesz, responses[0], threads, cancellation);
                break;
            case FilterType.Mean:
                MeanFilter.Apply(domain, filter.Support!.Value, filter.IsInSlices, filter.Border, responses[0], cancellation);
                break;
            case FilterType.Laws:
                LawsFilter.Apply(domain, filter, responses[0], cancellation);
                break;
            default:
                PointFilter.Apply(domain, filter.Type, pyRadiomics, responses[0]);
                break;
        }
    }

    /// <summary>Whether all bands of the first level are wanted as PyRadiomics has them, too: in the volume, not rotated, borders mirrored.</summary>
    private static bool IsPlainWavelet(FilterSettings f) =>
        f is { IsInSlices: false, Border: BorderRule.Mirror, Level: null or 1, Bands: null, Pooling: RotationInvariance.None };

    /// <summary>Why a response isn't a finite number: the filter's range ends before its values, or the image that it sees has such voxels.</summary>
    public static RadiomicsException NotFinite(FilterSettings filter, Intensities image) => image.AreFinite()
        ? new(
            "FilterOutOfRange",
            $"The '{filter.Type.ToString().ToLowerInvariant()}' filter gives values beyond the number range for this ROI's intensities; normalise them or leave the filter out.")
        : new("NonFiniteVoxels", "The image has voxels near the ROI, where a filter looks, that are not a finite number.");
}
