namespace Radiomics.Extraction;

/// <summary>The ROI as PyRadiomics' class <c>shape2D</c> measures it: a mask of one slice and the outline half a pixel around it.</summary>
internal sealed class Shape2DImage(RoiGrid roi, ExtractionSettings settings) : IMeasuredImage
{
    public FeatureSink Measure(FeatureFamily family, int threads)
    {
        var special = settings.PyRadiomics ?? new();
        var features = new ClassSink(PyRadiomicsFeatures.Shape2D, special);
        if (!SlicesAlongZ.AreWanted(settings))
        {
            features.AddUndefined("shape2D needs 'force2D: true'.");
            return features.Features;
        }

        Shape2DClass.Add(SliceMask.Of(roi, special.SliceAxis), features);
        return features.Features;
    }
}
