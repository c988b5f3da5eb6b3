namespace Radiomics.Extraction;

/// <summary>The response maps of one step of one filter, within the ROI's mask as the unfiltered image gives it.</summary>
internal sealed class ResponseSource : MeasureSource
{
    private readonly ProcessedRoi _roi;
    private readonly ExtractionSettings _settings;
    private readonly FilterSettings _filter;
    private readonly int _step;
    private readonly ResponsePool _pool;
    private readonly int _threads;

    private ResponseSource(ProcessedRoi roi, ExtractionSettings settings, FilterSettings filter, int step, string[] prefixes, ResponsePool pool, int threads)
    {
        (_roi, _settings, _filter, _step, Prefixes, _pool, _threads) = (roi, settings, filter, step, prefixes, pool, threads);
        Families = [.. settings.MeasuredFamilies.Where(f => f is not (FeatureFamily.Morphology or FeatureFamily.SpatialAutocorrelation))];
    }

    public override IReadOnlyList<string> Prefixes { get; }

    public override IReadOnlyList<FeatureFamily> Families { get; }

    /// <summary>The sources of all maps of the settings' filters, in order.</summary>
    public static IEnumerable<ResponseSource> All(ProcessedRoi roi, ExtractionSettings settings, int threads)
    {
        var pool = new ResponsePool();
        foreach (var filter in settings.Filters)
        {
            var prefixes = FilterNames.Of(filter, settings.Conventions);
            var steps = ImageFilter.Steps(filter);
            var maps = prefixes.Length / steps;
            for (var step = 0; step < steps; step++)
            {
                yield return new(roi, settings, filter, step, prefixes[(step * maps)..((step + 1) * maps)], pool, threads);
            }
        }
    }

    public override IReadOnlyList<IMeasuredImage> Make(CancellationToken cancellation)
    {
        var domain = Domain();
        var responses = ImageFilter.Respond(_filter, _settings.Conventions, _step, domain, Prefixes.Count, _pool.Rent, _threads, cancellation);
        var images = new IMeasuredImage[responses.Length];
        for (var i = 0; i < images.Length; i++)
        {
            images[i] = Measured(responses[i], domain);
        }

        return images;
    }

    public override void Release(IReadOnlyList<IMeasuredImage> images)
    {
        foreach (var one in images)
        {
            var image = one is DiscretisedImages several ? several.First : (MeasuredImage)one;
            _pool.Return(image.Sorted);
            _pool.Return(image.Intensities);
            if (image.Support is { } around && !around.Intensities.IsSame(image.Intensities))
            {
                _pool.Return(around.Intensities);
            }
        }
    }

    /// <summary>The image around the ROI; responses are wanted in the ROI's box or, for intensity peaks, as far around it as those look.</summary>
    private FilterDomain Domain()
    {
        var grid = _roi.Intensity;
        var (voxels, within) = _roi.Support is { } support ? (support.Intensities, support.Box) : (grid.Intensities, grid.Box);
        var output = Families.Contains(FeatureFamily.LocalIntensity) ? grid.Box.Grow(VoxelMargin.Peaks(grid.Spacing), grid.GridSize) : grid.Box;
        return FilterDomain.Of(
            voxels,
            (within.SizeX, within.SizeY, within.SizeZ),
            grid.Spacing,
            output with { X = output.X - within.X, Y = output.Y - within.Y, Z = output.Z - within.Z },
            _roi.SortedIntensities[0],
            _roi.SortedIntensities[^1]);
    }

    private IMeasuredImage Measured(Intensities response, FilterDomain domain)
    {
        var grid = _roi.Intensity;
        var within = _roi.Support?.Box ?? grid.Box;
        var output = domain.Output with { X = domain.Output.X + within.X, Y = domain.Output.Y + within.Y, Z = domain.Output.Z + within.Z };
        var around = new SupportGrid
        {
            Spacing = grid.Spacing,
            Box = output,
            Offset = (grid.Box.X - output.X, grid.Box.Y - output.Y, grid.Box.Z - output.Z),
            Intensities = response,
        };
        var inBox = grid.Box.CutFrom(response, output);
        var sorted = Sorted(inBox, domain);
        return _settings.FilterDiscretisations is not { } several
            ? Image(_filter.Discretisation ?? _settings.FilterDiscretisation)
            : new DiscretisedImages([.. several.Select(Image)], DiscretisedImages.Suffixes(several));

        MeasuredImage Image(DiscretisationSettings discretisation) => WithLevels(new(_roi, inBox, sorted, _settings, discretisation, around));
    }

    private MeasuredImage WithLevels(MeasuredImage image)
    {
        if (Families.Any(f => f is not (FeatureFamily.LocalIntensity or FeatureFamily.Statistics or FeatureFamily.Histogram or FeatureFamily.IntensityVolumeHistogram)))
        {
            // Here, where only this thread waits for it.
            _ = image.Grid;
        }

        return image;
    }

    /// <summary>The responses inside the intensity mask, ascending.</summary>
    private Intensities Sorted(Intensities response, FilterDomain domain)
    {
        var sorted = response.Doubles is null ? Collected(response.Floats) : _roi.Intensity.Collect(response);

        // What is no finite number comes first or last.
        sorted.Sort();
        return double.IsFinite(sorted[0]) && double.IsFinite(sorted[^1]) ? sorted : throw ImageFilter.NotFinite(_filter, domain.Intensities);
    }

    private float[] Collected(float[] response)
    {
        var (mask, width) = (_roi.Intensity.Mask, _roi.Intensity.Box.SizeX);
        var sorted = _pool.Rent(_roi.SortedIntensities.Length);
        var count = 0;
        for (var row = 0; row < mask.Length; row += width)
        {
            for (var end = 0; MaskRun.Next(mask.AsSpan(row, width), ref end, out var start); count += end - start)
            {
                response.AsSpan(row + start, end - start).CopyTo(sorted.AsSpan(count));
            }
        }

        return sorted;
    }
}
