namespace Radiomics.Extraction;

/// <summary>The engine's front: one volume, one ROI, one set of settings in; one feature vector out.</summary>
public static class FeatureExtractor
{
    /// <summary>Declared version of the engine; changes whenever a value may, so that stored features are never mixed.</summary>
    public const string EngineVersion = "0.1.0";

    /// <summary>Extracts features of <paramref name="roi"/> in <paramref name="image"/>. The same input gives the same values, bit by bit.</summary>
    /// <exception cref="RadiomicsException">
    /// <c>GridMismatch</c>: image and ROI lie on different grids; <c>EmptyRoi</c>: no voxel inside, or none left by interpolation or re-segmentation;
    /// <c>NonFiniteVoxels</c>: NaN or infinity where an intensity is needed; <c>InvalidSettings</c>: options that don't fit each other or this image.
    /// </exception>
    public static FeatureVector Extract(Volume image, Mask roi, ExtractionSettings settings)
    {
        settings.Validated();
        var processed = ProcessedRoi.From(image, roi, settings);
        var features = new FeatureSink();
        foreach (var family in settings.Families)
        {
            switch (family)
            {
                case FeatureFamily.Morphology:
                    MorphologyFeatures.Add(processed, features);
                    break;
                case FeatureFamily.Statistics:
                    StatisticsFeatures.Add(processed.SortedIntensities, features);
                    break;
                case FeatureFamily.Histogram:
                    HistogramFeatures.Add(processed.SortedIntensities, settings, features);
                    break;
            }
        }

        return new()
        {
            Features = features.Values,
            Diagnostics = processed.Diagnostics,
            Undefined = features.Undefined,
            Settings = settings,
            SettingsHash = settings.ComputeHash(),
            EngineVersion = EngineVersion,
        };
    }
}
