namespace Radiomics.Extraction;

/// <summary>The ROI as the class <c>shape</c> measures it, without intensities.</summary>
internal sealed class ShapeImage(RoiGrid roi, PyRadiomicsSettings settings) : IMeasuredImage
{
    public FeatureSink Measure(FeatureFamily family, int threads)
    {
        var features = new ClassSink(PyRadiomicsFeatures.Of(family), settings);
        ShapeClass.Add(roi, features);
        return features.Features;
    }
}
