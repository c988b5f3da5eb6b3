namespace Radiomics.Extraction;

/// <summary>Intensity-volume histogram, <c>ivh_</c> (IBSI manual 3.5): of the intensity mask, with a discretisation of its own.</summary>
internal static class IntensityVolumeHistogramFeatures
{
    private const string OneLevel = "The intensity range is no wider than one level of the intensity-volume histogram; choose smaller bins or a fixed bin number.";

    /// <summary>What a response map is discretised by unless the settings fix a bin number: its intensities have no unit (IBSI manual 3.5.3).</summary>
    private static readonly DiscretisationSettings Arbitrary = new() { Method = DiscretisationMethod.FixedBinNumber, Bins = 1000 };

    public static void Add(MeasuredImage image, FeatureSink features)
    {
        var settings = image.Settings.IntensityVolumeHistogram;
        if (!image.IsOriginal && settings.Method != DiscretisationMethod.FixedBinNumber)
        {
            settings = Arbitrary;
        }

        var histogram = new IntensityVolumeHistogram(image.Sorted, settings, image.IsOriginal ? image.Settings.ReSegmentation : new());
        var (v10, v90) = (histogram.VolumeAt(10), histogram.VolumeAt(90));
        var (i10, i90) = (histogram.IntensityAt(10), histogram.IntensityAt(90));
        features.Add("ivh_v10", v10, OneLevel);
        features.Add("ivh_v90", v90, OneLevel);
        features.Add("ivh_i10", i10);
        features.Add("ivh_i90", i90);
        features.Add("ivh_diff_v10_v90", v10 - v90, OneLevel);
        features.Add("ivh_diff_i10_i90", i10 - i90);
        features.Add("ivh_auc", histogram.Area(), OneLevel);
    }
}
