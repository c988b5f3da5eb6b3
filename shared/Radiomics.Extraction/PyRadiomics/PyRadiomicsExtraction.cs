namespace Radiomics.Extraction;

/// <summary>Extraction with PyRadiomics' conventions: its way through processing and filters, its feature classes.</summary>
internal static class PyRadiomicsExtraction
{
    /// <summary>Processes image and ROI; what there is to measure, the diagnostics, and the warnings.</summary>
    public static (IEnumerable<MeasureSource> Sources, IReadOnlyDictionary<string, double> Diagnostics, IReadOnlyList<string> Warnings) Prepare(
        Volume image, Mask roi, ExtractionSettings settings, ExtractionOptions options)
    {
        var frame = PyRadiomicsFrame.Create(image, roi, settings, options);
        if (options.Maps is { } maps)
        {
            ExtractionMaps.Show(maps, frame, settings, options);
            if (settings.PyRadiomics?.Voxels is not null)
            {
                VoxelMaps.Show(maps, frame, settings, options);
            }
        }

        return (Sources(frame, settings), frame.Diagnostics, [.. frame.Warnings, .. LogResolution.Check(settings, frame.Size, frame.Spacing)]);
    }

    /// <summary>The ROI's shape once, whether or not the image itself is measured; the image; the responses of each step of the filters.</summary>
    private static IEnumerable<MeasureSource> Sources(PyRadiomicsFrame frame, ExtractionSettings settings)
    {
        FeatureFamily[] shape = [.. settings.Families.Where(f => f == FeatureFamily.Morphology)];
        FeatureFamily[] others = [.. settings.Families.Where(f => f != FeatureFamily.Morphology)];
        yield return new PyRadiomicsSource(["original"], shape, _ => [new ShapeImage(frame.Shape, settings.PyRadiomics ?? new())]);
        if (settings.PyRadiomics is { Shape2D: true })
        {
            yield return new PyRadiomicsSource(["original"], [FeatureFamily.Morphology], _ => [new Shape2DImage(frame.Shape, settings)]);
        }

        if (settings.MeasureOriginal)
        {
            yield return new PyRadiomicsSource(["original"], others, _ => [Map(frame.Roi, settings.Discretisation, settings, others)]);
        }

        foreach (var step in PyRadiomicsFilters.All(settings))
        {
            yield return new PyRadiomicsSource(step.Names, others, cancellation => Responses(frame, step, settings, others, cancellation));
        }
    }

    private static IReadOnlyList<IMeasuredImage> Responses(
        PyRadiomicsFrame frame, PyRadiomicsFilters step, ExtractionSettings settings, FeatureFamily[] families, CancellationToken cancellation)
    {
        if (step.Apply(frame, settings, cancellation) is not { } responses)
        {
            return [.. step.Names.Select(_ => new UndefinedImage(settings.PyRadiomics ?? new(), UndefinedImage.TooSmall))];
        }

        var bins = step.Filter.Discretisation ?? settings.FilterDiscretisation;
        var images = new IMeasuredImage[responses.Length];
        for (var i = 0; i < images.Length; i++)
        {
            var roi = frame.Roi with { Intensities = responses[i] };
            images[i] = roi.Collect().AreFinite() ? Map(roi, bins, settings, families)
                : step.MayBeUndefined && frame.Voxels.AreFinite()
                    ? new UndefinedImage(settings.PyRadiomics ?? new(), "A voxel of the ROI has no value in this image: all samples around it are equal.")
                : throw ImageFilter.NotFinite(step.Filter, frame.Voxels);
        }

        return images;
    }

    private static PyRadiomicsMap Map(RoiGrid roi, DiscretisationSettings bins, ExtractionSettings settings, FeatureFamily[] families)
    {
        var map = new PyRadiomicsMap(roi, bins, settings);
        if (families.Any(f => f != FeatureFamily.Statistics))
        {
            // Here, where only this thread waits for it.
            _ = map.Grid;
        }

        return map;
    }
}
