namespace Radiomics.Extraction;

/// <summary>PyRadiomics' image types as steps of work: a step makes some responses of a filter within the ROI's box.</summary>
internal sealed record PyRadiomicsFilters(FilterSettings Filter, int Step, IReadOnlyList<string> Names)
{
    /// <summary>Whether a voxel may have no value: the samples' variance where that is 0, or their kurtosis.</summary>
    public bool MayBeUndefined => Filter is { Type: FilterType.Lbp3D } or { Type: FilterType.Lbp2D, PyRadiomics.Lbp2DMethod: BinaryPatternMethod.Var };

    /// <summary>The steps of all filters of the settings, in order.</summary>
    public static IEnumerable<PyRadiomicsFilters> All(ExtractionSettings settings)
    {
        foreach (var filter in settings.Filters)
        {
            var names = PyRadiomicsNames.Of(filter, SlicesAlongZ.AreWanted(settings));
            if (IsWhole(filter, settings))
            {
                yield return new(filter, 0, names);
                continue;
            }

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
        var special = Filter.PyRadiomics ?? PyRadiomicsFilterSettings.Defaults;
        var slices = settings.PyRadiomics?.SliceAxis ?? SliceAxis.Z;
        switch (Filter.Type)
        {
            case FilterType.Wavelet when IsWhole(Filter, settings):
                return Own(domain, maps => LevelledWavelet.Apply(domain, Filter.Mother, special, SlicesAlongZ.AreWanted(settings) ? slices : null, maps, cancellation));
            case FilterType.Lbp2D:
                return Own(domain, maps => PlaneBinaryPattern.Apply(domain, special, slices, maps[0], cancellation));
            case FilterType.Lbp3D:
                var mask = ExtractionMaps.Paste(frame.Roi, domain.Output);
                return Own(domain, maps => SphereBinaryPattern.Apply(domain, mask, special, frame.PixelType, maps, cancellation));
            case FilterType.Gradient when !special.GradientPerMillimetre:
                domain = domain with { Spacing = (1, 1, 1) };
                break;
        }

        return ImageFilter.Respond(Filter, Conventions.PyRadiomics, Step, domain, Names.Count, size => new float[size], threads: 1, cancellation);
    }

    /// <summary>Responses of a filter that makes doubles; floats are enough for those of an image of floats.</summary>
    private Intensities[] Own(FilterDomain domain, Action<double[][]> filter)
    {
        var maps = new double[Names.Count][];
        for (var i = 0; i < maps.Length; i++)
        {
            maps[i] = new double[domain.Output.Count];
        }

        filter(maps);
        var responses = new Intensities[maps.Length];
        for (var i = 0; i < maps.Length; i++)
        {
            responses[i] = domain.Doubles is null ? Array.ConvertAll(maps[i], value => (float)value) : maps[i];
        }

        return responses;
    }

    /// <summary>Whether all responses are made at once: of what isn't a wavelet, and of one of several levels or within slices.</summary>
    private static bool IsWhole(FilterSettings filter, ExtractionSettings settings) =>
        filter.Type != FilterType.Wavelet || SlicesAlongZ.AreWanted(settings) || filter.PyRadiomics is { Levels: > 1 } or { StartLevel: > 0 };

    private static bool IsLongEnough(PyRadiomicsFrame frame, double sigma)
    {
        var (size, spacing) = (frame.Size, frame.Spacing);
        return IsLong(size.X, spacing.X) && IsLong(size.Y, spacing.Y) && IsLong(size.Z, spacing.Z);

        bool IsLong(int length, double step) => length >= RecursiveGaussian.Order && length >= Math.Ceiling(sigma / step) + 1;
    }
}
