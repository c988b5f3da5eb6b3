namespace Radiomics.Dicom.Tests.Reports;

public sealed class IbsiFeaturesTests
{
    [Theory]
    [InlineData("stat_mean", "Q4LE", "1", null)]
    [InlineData("morph_volume", "RNU0", "mm3", null)]
    [InlineData("cm_joint_max_3D_comb", "GYBY", "1", "IAZD")]
    [InlineData("rlm_sre_2_5D_avg", "22OV", "1", "JJUI")]
    [InlineData("szm_gl_var_2D", "BYLV", "1", "8QNN")]
    [InlineData("ngl_dc_energy_3D", "CAS9", "1", "KOBO")]
    public void A_feature_has_its_code_unit_and_aggregation(string tag, string code, string unit, string? aggregation)
    {
        var feature = IbsiFeatures.Of(tag);
        Assert.Equal(("IBSI", code, unit, aggregation), (feature.Concept.Scheme, feature.Concept.Value, feature.Unit, feature.Aggregation?.Value));
    }

    [Theory]
    [InlineData("log_s3.0mm__stat_mean")]
    [InlineData("age")]
    [InlineData("stat_mean_3D_comb_3D")]
    public void What_IBSI_has_no_code_for_is_named_by_its_tag(string tag) =>
        Assert.Equal((CodedEntry.OwnScheme, tag), (IbsiFeatures.Of(tag).Concept.Scheme, IbsiFeatures.Of(tag).Concept.Value));

    [Fact]
    public void Every_feature_of_the_reference_tables_has_a_code_of_its_own()
    {
        string[] families = ["morph_", "loc_", "stat_", "ih_", "ivh_", "cm_", "rlm_", "szm_", "dzm_", "ngt_", "ngl_"];
        var features = File.ReadLines(TestData.Require("ibsi1/reference/dig_phantom.csv"))
            .Select(line => line.Split(';')[^1].Trim())
            .Where(tag => families.Any(family => tag.StartsWith(family, StringComparison.Ordinal)) && !tag.StartsWith("morph_mask", StringComparison.Ordinal))
            .Distinct()
            .Select(IbsiFeatures.Of)
            .ToArray();
        Assert.True(features.Length >= 480, $"There were {features.Length} features.");
        Assert.All(features, feature => Assert.Matches("^[0-9A-Z]{4}$", feature.Concept.Value));
        Assert.Equal(features.Length, features.Select(feature => (feature.Concept.Value, feature.Aggregation)).Distinct().Count());
    }
}
