using static Radiomics.Extraction.FeatureUnit;

namespace Radiomics.Extraction;

/// <summary>Intensity-volume histogram, <c>ivh_</c> (IBSI manual 3.5): of the intensity mask, with a discretisation of its own.</summary>
internal static class IntensityVolumeHistogramFeatures
{
    private const string OneLevel = "The intensity range is no wider than one level of the intensity-volume histogram; choose smaller bins or a fixed bin number.";
    private const string VolumeText = "share of voxels with at least the lowest intensity plus this share of the range";
    private const string IntensityText = "lowest intensity that at most this share of voxels has";

    public static readonly FeatureTable<Fractions> Table = new(
        FeatureFamily.IntensityVolumeHistogram,
        new("ivh_v10", "NK6P", "Volume fraction at 10% intensity", None, "3.5", "V_10: " + VolumeText, h => h.V10) { Undefined = OneLevel },
        new("ivh_v90", "4279", "Volume fraction at 90% intensity", None, "3.5", "V_90: " + VolumeText, h => h.V90) { Undefined = OneLevel },
        new("ivh_i10", "PWN1", "Intensity at 10% volume", Intensity, "3.5", "I_10: " + IntensityText, h => h.I10),
        new("ivh_i90", "BOHI", "Intensity at 90% volume", Intensity, "3.5", "I_90: " + IntensityText, h => h.I90),
        new("ivh_diff_v10_v90", "WITY", "Difference in volume fraction between 10% and 90% intensity", None, "3.5", "V_10 − V_90", h => h.V10 - h.V90)
        {
            Undefined = OneLevel,
        },
        new("ivh_diff_i10_i90", "JXJA", "Difference in intensity between 10% and 90% volume", Intensity, "3.5", "I_10 − I_90", h => h.I10 - h.I90),
        new("ivh_auc", "9CMM", "Area under IVH curve", None, "3.5", "area under the volume share over the intensity share, by trapezoids; 0 if all intensities are one level", h => h.Area)
        {
            Undefined = OneLevel,
        });

    /// <summary>What a response map is discretised by unless the settings fix a bin number: its intensities have no unit (IBSI manual 3.5).</summary>
    private static readonly DiscretisationSettings Arbitrary = new() { Method = DiscretisationMethod.FixedBinNumber, Bins = 1000 };

    public static void Add(MeasuredImage image, FeatureSink features)
    {
        var settings = image.Settings.IntensityVolumeHistogram;
        if (!image.IsOriginal && settings.Method != DiscretisationMethod.FixedBinNumber)
        {
            settings = Arbitrary;
        }

        var histogram = new IntensityVolumeHistogram(image.Sorted, settings, image.IsOriginal ? image.Settings.ReSegmentation : new());
        Table.Add(
            new(histogram.VolumeAt(10), histogram.VolumeAt(90), histogram.IntensityAt(10), histogram.IntensityAt(90), histogram.Area()),
            features);
    }

    /// <summary>Points of the curve, and the area below it.</summary>
    internal sealed record Fractions(double V10, double V90, double I10, double I90, double Area);
}
