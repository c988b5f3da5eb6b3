namespace Radiomics.Extraction;

/// <summary>The engine's front: one volume, one ROI, one set of settings in; one feature vector out.</summary>
public static class FeatureExtractor
{
    /// <summary>Declared version of the engine; changes whenever a value may, so that stored features are never mixed.</summary>
    public const string EngineVersion = "0.1.0";

    /// <summary>Extracts features of <paramref name="roi"/> in <paramref name="image"/>.</summary>
    /// <exception cref="RadiomicsException"><c>GridMismatch</c>: image and ROI lie on different grids; <c>EmptyRoi</c>: no voxel inside.</exception>
    public static FeatureVector Extract(Volume image, Mask roi, ExtractionSettings settings) => throw new NotSupportedException();
}
