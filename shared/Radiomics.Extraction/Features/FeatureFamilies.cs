namespace Radiomics.Extraction;

/// <summary>The families by name: what each computes of a measured image.</summary>
internal static class FeatureFamilies
{
    /// <summary>The features of one family.</summary>
    public static FeatureSink Measure(FeatureFamily family, MeasuredImage image, int threads)
    {
        var features = new FeatureSink(image.Choice);
        switch (family)
        {
            case FeatureFamily.Morphology:
                MorphologyFeatures.Add(image.Roi, features);
                break;
            case FeatureFamily.SpatialAutocorrelation:
                SpatialAutocorrelation.Add(image.Roi, threads, features);
                break;
            case FeatureFamily.LocalIntensity:
                LocalIntensityFeatures.Add(image, features);
                break;
            case FeatureFamily.Statistics:
                StatisticsFeatures.Add(image.Sorted, features);
                break;
            case FeatureFamily.Histogram:
                HistogramFeatures.Add(image.Sorted, image.Levels, features);
                break;
            case FeatureFamily.IntensityVolumeHistogram:
                IntensityVolumeHistogramFeatures.Add(image, features);
                break;
            case FeatureFamily.Glcm:
                CooccurrenceFeatures.Add(image.Grid, image.Settings.Texture, features);
                break;
            case FeatureFamily.Glrlm:
                RunLengthFeatures.Add(image.Grid, image.Settings.Texture, features);
                break;
            case FeatureFamily.Glszm:
                GlszmFeatures.Add(image, features);
                break;
            case FeatureFamily.Gldzm:
                GldzmFeatures.Add(image, features);
                break;
            case FeatureFamily.Ngtdm:
                NgtdmFeatures.Add(image, features);
                break;
            case FeatureFamily.Ngldm:
                NgldmFeatures.Add(image, features);
                break;
        }

        return features;
    }
}
