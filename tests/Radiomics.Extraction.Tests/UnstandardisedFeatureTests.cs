using System.Globalization;

namespace Radiomics.Extraction.Tests;

/// <summary>The five tags on which the consortium has no value yet: what the engine gives, printed, and what must hold of any value.</summary>
public class UnstandardisedFeatureTests(ITestOutputHelper output)
{
    [Fact]
    public void Of_the_digital_phantom()
    {
        var vector = FeatureExtractor.Extract(DigitalPhantom.Image, DigitalPhantom.Roi, ExtractionSettingsFile.Load("ibsi-digital"));
        Check(vector);

        // Of the 74 voxels 74, 24, 24, 23, 7, 7 lie at or above levels 1 to 6, a fifth of the range apart; by trapezoids.
        Assert.Equal(((74 + 7) / 2.0 + 24 + 24 + 23 + 7) / 74 / 5, vector.Features["ivh_auc"]!.Value, 12);
    }

    [Theory]
    [InlineData("ibsi-a")]
    [InlineData("ibsi-c")]
    [InlineData("ibsi-d")]
    public void Of_the_CT_phantom(string settings)
    {
        using var image = File.OpenRead(TestData.Require("ibsi1/ct_phantom/image.nii.gz"));
        using var mask = File.OpenRead(TestData.Require("ibsi1/ct_phantom/mask.nii.gz"));
        var families = new[] { FeatureFamily.Morphology, FeatureFamily.IntensityVolumeHistogram };
        Check(FeatureExtractor.Extract(NiftiFile.ReadVolume(image), NiftiFile.ReadMask(mask), ExtractionSettingsFile.Load(settings) with { Families = families }));
    }

    private void Check(FeatureVector vector)
    {
        double Value(string tag) => vector.Features[tag]!.Value;
        foreach (var tag in (string[])["morph_vol_dens_ombb", "morph_area_dens_ombb", "morph_vol_dens_mvee", "morph_area_dens_mvee", "ivh_auc"])
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{tag} {Value(tag):R}"));
        }

        // No smaller than the hull, no larger than the box along the axes; an ellipsoid of a box's volume has π/6 of it.
        Assert.InRange(Value("morph_vol_dens_ombb"), Value("morph_vol_dens_aabb") * 0.5, Value("morph_vol_dens_conv_hull"));
        Assert.InRange(Value("morph_vol_dens_mvee"), Value("morph_vol_dens_ombb") * 2 / (Math.PI * Math.Sqrt(3)), Value("morph_vol_dens_conv_hull"));
        Assert.True(Value("morph_area_dens_ombb") <= Value("morph_area_dens_conv_hull"));
        Assert.True(Value("morph_area_dens_mvee") <= Value("morph_area_dens_conv_hull"));
    }
}
