namespace Radiomics.Extraction.Tests;

/// <summary>Reference values of the digital phantom, without any file.</summary>
public class DigitalPhantomTests
{
    private static readonly Lazy<FeatureVector> Result = new(
        () => FeatureExtractor.Extract(DigitalPhantom.Image, DigitalPhantom.Roi, ExtractionSettingsFile.Load("ibsi-digital")));

    public static TheoryData<string, double, string> References => new()
    {
        { "556", 4, "morph_volume" },
        { "592", 4, "morph_vol_approx" },
        { "388", 3, "morph_area_mesh" },
        { "0.698", 0.004, "morph_av" },
        { "0.0411", 0.0003, "morph_comp_1" },
        { "0.599", 0.004, "morph_comp_2" },
        { "1.19", 0.01, "morph_sph_dispr" },
        { "0.843", 0.005, "morph_sphericity" },
        { "0.186", 0.001, "morph_asphericity" },
        { "0.672", 0.004, "morph_com" },
        { "11.4", 0.1, "morph_pca_maj_axis" },
        { "9.31", 0.06, "morph_pca_min_axis" },
        { "8.54", 0.05, "morph_pca_least_axis" },
        { "0.816", 0.005, "morph_pca_elongation" },
        { "0.749", 0.005, "morph_pca_flatness" },
        { "0.869", 0.005, "morph_vol_dens_aabb" },
        { "0.866", 0.005, "morph_area_dens_aabb" },
        { "1.17", 0.01, "morph_vol_dens_aee" },
        { "1.36", 0.01, "morph_area_dens_aee" },
        { "1200", 10, "morph_integ_int" },
        { "2.15", 0, "stat_mean" },
        { "3.05", 0, "stat_var" },
        { "1.08", 0, "stat_skew" },
        { "-0.355", 0, "stat_kurt" },
        { "1", 0, "stat_median" },
        { "1", 0, "stat_min" },
        { "1", 0, "stat_p10" },
        { "4", 0, "stat_p90" },
        { "6", 0, "stat_max" },
        { "3", 0, "stat_iqr" },
        { "5", 0, "stat_range" },
        { "1.55", 0, "stat_mad" },
        { "1.11", 0, "stat_rmad" },
        { "1.15", 0, "stat_medad" },
        { "0.812", 0, "stat_cov" },
        { "0.6", 0, "stat_qcod" },
        { "567", 0, "stat_energy" },
        { "2.77", 0, "stat_rms" },
        { "2.15", 0, "ih_mean" },
        { "3.05", 0, "ih_var" },
        { "1.08", 0, "ih_skew" },
        { "-0.355", 0, "ih_kurt" },
        { "1", 0, "ih_median" },
        { "1", 0, "ih_min" },
        { "1", 0, "ih_p10" },
        { "4", 0, "ih_p90" },
        { "6", 0, "ih_max" },
        { "1", 0, "ih_mode" },
        { "3", 0, "ih_iqr" },
        { "5", 0, "ih_range" },
        { "1.55", 0, "ih_mad" },
        { "1.11", 0, "ih_rmad" },
        { "1.15", 0, "ih_medad" },
        { "0.812", 0, "ih_cov" },
        { "0.6", 0, "ih_qcod" },
        { "1.27", 0, "ih_entropy" },
        { "0.512", 0, "ih_uniformity" },
        { "8", 0, "ih_max_grad" },
        { "3", 0, "ih_max_grad_g" },
        { "-50", 0, "ih_min_grad" },
        { "1", 0, "ih_min_grad_g" },
    };

    [Theory]
    [MemberData(nameof(References))]
    public void A_reference_value_is_reproduced(string value, double tolerance, string tag) =>
        new ReferenceValue(value, tolerance, tag).AssertMatches(Result.Value.Features[tag]);

    [Fact]
    public void The_mesh_encloses_556_cubic_millimetres() => Assert.Equal(556 + 1.0 / 3, Result.Value.Features["morph_volume"]!.Value, 9);

    [Fact]
    public void Every_feature_has_a_value() => Assert.All(Result.Value.Features, f => Assert.NotNull(f.Value));
}
