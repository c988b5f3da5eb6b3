namespace Radiomics.Extraction;

/// <summary>The engine's front: one volume, one ROI, one set of settings in; one feature vector out.</summary>
public static class FeatureExtractor
{
    /// <summary>Declared version of the engine; changes whenever a value may, so that stored features are never mixed.</summary>
    public const string EngineVersion = "1.1.0";

    /// <summary>Extracts features of <paramref name="roi"/> in <paramref name="image"/>. The same input gives the same values, bit by bit, on any number of threads.</summary>
    /// <exception cref="RadiomicsException">
    /// <c>GridMismatch</c>: image and ROI lie on different grids; <c>EmptyRoi</c>: no voxel inside, or none left by erosion, interpolation or re-segmentation;
    /// <c>NonFiniteVoxels</c>: NaN or infinity where an intensity is needed; <c>InvalidSettings</c>: options that don't fit each other or this image;
    /// <c>RunTooLarge</c>: it would take more memory than there is, or than <see cref="ExtractionOptions.MaxMemory"/>;
    /// <c>FilterOutOfRange</c>: a filter's response exceeds the number range;
    /// <c>IntensityPrecisionExceeded</c>: a filter of single precision would round this image's intensities visibly;
    /// <c>ReferenceRegionMissing</c>: the settings normalise by a reference region, and none was given; <c>ReferenceRegionEmpty</c>, <c>ReferenceRegionWithoutSignal</c>:
    /// it has no voxel, or a mean intensity that isn't above 0.
    /// </exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static FeatureVector Extract(Volume image, Mask roi, ExtractionSettings settings, ExtractionOptions? options = null)
    {
        options ??= ExtractionOptions.Default;
        settings.Validated();
        RunLimits.Ensure(image.Geometry, roi, settings, options);
        var (sources, diagnostics, warnings) = settings.Conventions == Conventions.PyRadiomics
            ? PyRadiomicsExtraction.Prepare(image, roi, settings, options)
            : Prepare(image, roi, settings, options);
        var features = FeatureRun.Measure(sources, options);
        return new()
        {
            Features = features.Values,
            Diagnostics = diagnostics,
            Undefined = features.Undefined,
            Warnings = warnings,
            Settings = settings,
            SettingsHash = settings.ComputeHash(),
            EngineVersion = EngineVersion,
        };
    }

    private static (IEnumerable<MeasureSource> Sources, IReadOnlyDictionary<string, double> Diagnostics, IReadOnlyList<string> Warnings) Prepare(
        Volume image, Mask roi, ExtractionSettings settings, ExtractionOptions options)
    {
        var processed = ProcessedRoi.From(image, roi, settings, options);
        string[] warnings = [.. processed.Warnings, .. LogResolution.Check(settings, processed.Morphological.GridSize, processed.Morphological.Spacing)];
        if (options.Maps is { } maps)
        {
            ExtractionMaps.Show(maps, image.Geometry, processed, settings, options);
        }

        IEnumerable<MeasureSource> filtered = ResponseSource.All(processed, settings, options.MaxThreads);
        return (settings.MeasureOriginal ? filtered.Prepend(new OriginalSource(processed, settings)) : filtered, processed.Diagnostics, warnings);
    }
}
