using static Radiomics.Extraction.FeatureUnit;

namespace Radiomics.Extraction;

/// <summary>Local intensity, <c>loc_</c> (IBSI manual 3.2): mean intensities in spheres of 1 cm³ around voxels of the intensity mask; the spheres reach beyond the ROI.</summary>
internal static class LocalIntensityFeatures
{
    private const string NoSphere = "Every sphere has a voxel that is not a finite number, or the image around the ROI is not known.";

    public static readonly FeatureTable<LocalPeaks> Table = new(
        FeatureFamily.LocalIntensity,
        new("loc_peak_loc", "VJGA", "Local intensity peak", Intensity, "3.2.1", "mean x in the sphere of 1 cm³ around the ROI's maximum; of several, the highest", p => p.Local)
        {
            Undefined = NoSphere,
        },
        new("loc_peak_glob", "0F91", "Global intensity peak", Intensity, "3.2.2", "highest mean x of all spheres of 1 cm³ around voxels of the ROI", p => p.Global)
        {
            Undefined = NoSphere,
        });

    public static void Add(MeasuredImage image, FeatureSink features)
    {
        var (local, global) = image.Support is { } support
            ? IntensityPeaks.Find(support, image.Roi.Intensity, image.Sorted[^1])
            : (double.NaN, double.NaN);
        Table.Add(new(local, global), features);
    }

    /// <summary>Mean intensities of spheres.</summary>
    internal sealed record LocalPeaks(double Local, double Global);
}
