namespace Radiomics.Extraction;

/// <summary>Local intensity, <c>loc_</c> (IBSI manual 3.2): mean intensities in spheres of 1 cm³ around voxels of the intensity mask; the spheres reach beyond the ROI.</summary>
internal static class LocalIntensityFeatures
{
    public static void Add(MeasuredImage image, FeatureSink features)
    {
        const string reason = "Every sphere has a voxel that is not a finite number, or the image around the ROI is not known.";
        var (local, global) = image.Support is { } support
            ? IntensityPeaks.Find(support, image.Roi.Intensity, image.Sorted[^1])
            : (double.NaN, double.NaN);
        features.Add("loc_peak_loc", local, reason);
        features.Add("loc_peak_glob", global, reason);
    }
}
