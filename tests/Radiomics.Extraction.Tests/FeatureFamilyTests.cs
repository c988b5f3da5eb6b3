namespace Radiomics.Extraction.Tests;

/// <summary>A family that is declared is computed, and says by its tags what it is.</summary>
public class FeatureFamilyTests
{
    private static readonly Dictionary<FeatureFamily, string> Prefixes = new()
    {
        [FeatureFamily.Morphology] = "morph_",
        [FeatureFamily.SpatialAutocorrelation] = "morph_",
        [FeatureFamily.LocalIntensity] = "loc_",
        [FeatureFamily.Statistics] = "stat_",
        [FeatureFamily.Histogram] = "ih_",
        [FeatureFamily.IntensityVolumeHistogram] = "ivh_",
        [FeatureFamily.Glcm] = "cm_",
        [FeatureFamily.Glrlm] = "rlm_",
        [FeatureFamily.Glszm] = "szm_",
        [FeatureFamily.Gldzm] = "dzm_",
        [FeatureFamily.Ngtdm] = "ngt_",
        [FeatureFamily.Ngldm] = "ngl_",
    };

    public static TheoryData<FeatureFamily> Families => [.. Enum.GetValues<FeatureFamily>()];

    [Theory]
    [MemberData(nameof(Families))]
    public void Every_family_gives_features_under_its_prefix(FeatureFamily family)
    {
        var features = FeatureExtractor.Extract(DigitalPhantom.Image, DigitalPhantom.Roi, ExtractionSettingsFile.Load("ibsi-digital") with { Families = [family] }).Features;

        Assert.NotEmpty(features);
        Assert.All(features.Keys, tag => Assert.StartsWith(Prefixes[family], tag));
    }
}
