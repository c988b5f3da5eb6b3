namespace Radiomics.Extraction;

/// <summary>PyRadiomics' image types as steps of work: a step makes some responses of a filter within the ROI's box.</summary>
internal sealed record PyRadiomicsFilters(FilterSettings Filter, int Step, IReadOnlyList<string> Names)
{
    /// <summary>The steps of all filters of the settings, in order.</summary>
    public static IEnumerable<PyRadiomicsFilters> All(ExtractionSettings settings)
    {
        foreach (var filter in settings.Filters)
        {
            if (filter.Type == FilterType.Wavelet && IsPlane(settings))
            {
                yield return new(filter, 0, [.. PlaneWavelet.Bands.Select(band => $"wavelet-{band}")]);
                continue;
            }

            var names = FilterNames.Of(filter, Conventions.PyRadiomics);
            var steps = ImageFilter.Steps(filter);
            var count = names.Length / steps;
            for (var step = 0; step < steps; step++)
            {
                yield return new(filter, step, names[(step * count)..((step + 1) * count)]);
            }
        }
    }

    /// <summary>The responses in the layout of the ROI's box, or of another box of the frame, in the order of the names; null where PyRadiomics finds the image too small.</summary>
    public Intensities[]? Apply(PyRadiomicsFrame frame, ExtractionSettings settings, CancellationToken cancellation, VoxelBox? output = null)
    {
        if (Filter is { Type: FilterType.Log, Sigma: { } sigma } && !IsLongEnough(frame, sigma))
        {
            return null;
        }

        var box = output ?? frame.Roi.Box;
        var domain = FilterDomain.Of(frame.Voxels, frame.Size, frame.Spacing, box, frame.Center, frame.Center);
        return Filter.Type == FilterType.Wavelet && IsPlane(settings)
            ? PlaneWavelet.Apply(domain, Filter.Mother, settings.PyRadiomics?.SliceAxis ?? SliceAxis.Z)
            : ImageFilter.Respond(Filter, Conventions.PyRadiomics, Step, domain, Names.Count, size => new float[size], threads: 1, cancellation);
    }

    private static bool IsPlane(ExtractionSettings settings) =>
        settings.Texture.Aggregations[0] is Aggregation.Averaged2Point5D or Aggregation.Merged2Point5D;

    private static bool IsLongEnough(PyRadiomicsFrame frame, double sigma)
    {
        var (size, spacing) = (frame.Size, frame.Spacing);
        return IsLong(size.X, spacing.X) && IsLong(size.Y, spacing.Y) && IsLong(size.Z, spacing.Z);

        bool IsLong(int length, double step) => length >= RecursiveGaussian.Order && length >= Math.Ceiling(sigma / step) + 1;
    }
}
