namespace Radiomics.Extraction;

/// <summary>A response that there is none of, since a filter finds the image too small: every feature is undefined.</summary>
internal sealed class TooSmallImage(PyRadiomicsSettings settings) : IMeasuredImage
{
    public FeatureSink Measure(FeatureFamily family, int threads)
    {
        var features = new ClassSink(PyRadiomicsFeatures.Of(family), settings);
        features.AddUndefined("The image around the ROI is too small for this filter.");
        return features.Features;
    }
}
