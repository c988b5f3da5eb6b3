namespace Radiomics.Extraction;

/// <summary>An image that families are measured of, whosever conventions they follow.</summary>
internal interface IMeasuredImage
{
    /// <summary>The features of one family, by names without what the image itself is called.</summary>
    FeatureSink Measure(FeatureFamily family, int threads);
}
