namespace Radiomics.Extraction;

/// <summary>A response that there is none of, or one without numbers: every feature is undefined.</summary>
internal sealed class UndefinedImage(PyRadiomicsSettings settings, string reason) : IMeasuredImage
{
    /// <summary>The reason where a filter finds the image too small.</summary>
    public const string TooSmall = "The image around the ROI is too small for this filter.";

    public FeatureSink Measure(FeatureFamily family, int threads)
    {
        var features = new ClassSink(PyRadiomicsFeatures.Of(family), settings);
        features.AddUndefined(reason);
        return features.Features;
    }
}
