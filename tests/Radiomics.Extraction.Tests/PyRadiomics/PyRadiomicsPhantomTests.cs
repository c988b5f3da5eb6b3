namespace Radiomics.Extraction.Tests;

/// <summary>
/// The digital phantom with bins of width 1, where PyRadiomics' grey levels are IBSI's: what both define alike is alike, and what they don't differs as
/// it must.
/// </summary>
public class PyRadiomicsPhantomTests
{
    private static readonly FeatureVector Theirs = FeatureExtractor.Extract(DigitalPhantom.Image, DigitalPhantom.Roi, PyRadiomicsCase.Settings(1));

    private static readonly FeatureVector Ours = FeatureExtractor.Extract(
        DigitalPhantom.Image,
        DigitalPhantom.Roi,
        new() { Name = "phantom", Texture = new() { Aggregations = [Aggregation.Averaged3D] } });

    private static readonly ExtractionSettings Filtered = PyRadiomicsCase.Settings(1) with
    {
        Filters = [new() { Type = FilterType.Wavelet }, new() { Type = FilterType.Square }, new() { Type = FilterType.Log, Sigma = 1 }],
    };

    public static TheoryData<string, string> Same => new()
    {
        { "shape_VoxelVolume", "morph_vol_approx" }, { "shape_Maximum3DDiameter", "morph_diam" }, { "shape_Elongation", "morph_pca_elongation" },
        { "shape_Flatness", "morph_pca_flatness" },
        { "firstorder_Energy", "stat_energy" }, { "firstorder_Minimum", "stat_min" }, { "firstorder_10Percentile", "stat_p10" },
        { "firstorder_90Percentile", "stat_p90" }, { "firstorder_Maximum", "stat_max" }, { "firstorder_Mean", "stat_mean" },
        { "firstorder_Median", "stat_median" }, { "firstorder_InterquartileRange", "stat_iqr" }, { "firstorder_Range", "stat_range" },
        { "firstorder_MeanAbsoluteDeviation", "stat_mad" }, { "firstorder_RobustMeanAbsoluteDeviation", "stat_rmad" },
        { "firstorder_RootMeanSquared", "stat_rms" }, { "firstorder_Skewness", "stat_skew" }, { "firstorder_Variance", "stat_var" },
        { "firstorder_Entropy", "ih_entropy" }, { "firstorder_Uniformity", "ih_uniformity" },
        { "glcm_Autocorrelation", "cm_auto_corr_3D_avg" }, { "glcm_JointAverage", "cm_joint_avg_3D_avg" }, { "glcm_ClusterProminence", "cm_clust_prom_3D_avg" },
        { "glcm_ClusterShade", "cm_clust_shade_3D_avg" }, { "glcm_ClusterTendency", "cm_clust_tend_3D_avg" }, { "glcm_Contrast", "cm_contrast_3D_avg" },
        { "glcm_Correlation", "cm_corr_3D_avg" }, { "glcm_DifferenceAverage", "cm_diff_avg_3D_avg" }, { "glcm_DifferenceEntropy", "cm_diff_entr_3D_avg" },
        { "glcm_DifferenceVariance", "cm_diff_var_3D_avg" }, { "glcm_JointEnergy", "cm_energy_3D_avg" }, { "glcm_JointEntropy", "cm_joint_entr_3D_avg" },
        { "glcm_Imc1", "cm_info_corr1_3D_avg" }, { "glcm_Imc2", "cm_info_corr2_3D_avg" }, { "glcm_Idm", "cm_inv_diff_mom_3D_avg" },
        { "glcm_Idmn", "cm_inv_diff_mom_norm_3D_avg" }, { "glcm_Id", "cm_inv_diff_3D_avg" }, { "glcm_Idn", "cm_inv_diff_norm_3D_avg" },
        { "glcm_InverseVariance", "cm_inv_var_3D_avg" }, { "glcm_MaximumProbability", "cm_joint_max_3D_avg" }, { "glcm_SumAverage", "cm_sum_avg_3D_avg" },
        { "glcm_SumEntropy", "cm_sum_entr_3D_avg" }, { "glcm_SumSquares", "cm_joint_var_3D_avg" },
        { "glrlm_ShortRunEmphasis", "rlm_sre_3D_avg" }, { "glrlm_LongRunEmphasis", "rlm_lre_3D_avg" }, { "glrlm_GrayLevelNonUniformity", "rlm_glnu_3D_avg" },
        { "glrlm_GrayLevelNonUniformityNormalized", "rlm_glnu_norm_3D_avg" }, { "glrlm_RunLengthNonUniformity", "rlm_rlnu_3D_avg" },
        { "glrlm_RunLengthNonUniformityNormalized", "rlm_rlnu_norm_3D_avg" }, { "glrlm_RunPercentage", "rlm_r_perc_3D_avg" },
        { "glrlm_GrayLevelVariance", "rlm_gl_var_3D_avg" }, { "glrlm_RunVariance", "rlm_rl_var_3D_avg" }, { "glrlm_RunEntropy", "rlm_rl_entr_3D_avg" },
        { "glrlm_LowGrayLevelRunEmphasis", "rlm_lgre_3D_avg" }, { "glrlm_HighGrayLevelRunEmphasis", "rlm_hgre_3D_avg" },
        { "glrlm_ShortRunLowGrayLevelEmphasis", "rlm_srlge_3D_avg" }, { "glrlm_ShortRunHighGrayLevelEmphasis", "rlm_srhge_3D_avg" },
        { "glrlm_LongRunLowGrayLevelEmphasis", "rlm_lrlge_3D_avg" }, { "glrlm_LongRunHighGrayLevelEmphasis", "rlm_lrhge_3D_avg" },
        { "glszm_SmallAreaEmphasis", "szm_sze_3D" }, { "glszm_LargeAreaEmphasis", "szm_lze_3D" }, { "glszm_GrayLevelNonUniformity", "szm_glnu_3D" },
        { "glszm_GrayLevelNonUniformityNormalized", "szm_glnu_norm_3D" }, { "glszm_SizeZoneNonUniformity", "szm_zsnu_3D" },
        { "glszm_SizeZoneNonUniformityNormalized", "szm_zsnu_norm_3D" }, { "glszm_ZonePercentage", "szm_z_perc_3D" },
        { "glszm_GrayLevelVariance", "szm_gl_var_3D" }, { "glszm_ZoneVariance", "szm_zs_var_3D" }, { "glszm_ZoneEntropy", "szm_zs_entr_3D" },
        { "glszm_LowGrayLevelZoneEmphasis", "szm_lgze_3D" }, { "glszm_HighGrayLevelZoneEmphasis", "szm_hgze_3D" },
        { "glszm_SmallAreaLowGrayLevelEmphasis", "szm_szlge_3D" }, { "glszm_SmallAreaHighGrayLevelEmphasis", "szm_szhge_3D" },
        { "glszm_LargeAreaLowGrayLevelEmphasis", "szm_lzlge_3D" }, { "glszm_LargeAreaHighGrayLevelEmphasis", "szm_lzhge_3D" },
        { "ngtdm_Coarseness", "ngt_coarseness_3D" }, { "ngtdm_Contrast", "ngt_contrast_3D" }, { "ngtdm_Busyness", "ngt_busyness_3D" },
        { "ngtdm_Complexity", "ngt_complexity_3D" }, { "ngtdm_Strength", "ngt_strength_3D" },
        { "gldm_SmallDependenceEmphasis", "ngl_lde_3D" }, { "gldm_LargeDependenceEmphasis", "ngl_hde_3D" }, { "gldm_GrayLevelNonUniformity", "ngl_glnu_3D" },
        { "gldm_DependenceNonUniformity", "ngl_dcnu_3D" }, { "gldm_DependenceNonUniformityNormalized", "ngl_dcnu_norm_3D" },
        { "gldm_GrayLevelVariance", "ngl_gl_var_3D" }, { "gldm_DependenceVariance", "ngl_dc_var_3D" }, { "gldm_DependenceEntropy", "ngl_dc_entr_3D" },
        { "gldm_LowGrayLevelEmphasis", "ngl_lgce_3D" }, { "gldm_HighGrayLevelEmphasis", "ngl_hgce_3D" },
        { "gldm_SmallDependenceLowGrayLevelEmphasis", "ngl_ldlge_3D" }, { "gldm_SmallDependenceHighGrayLevelEmphasis", "ngl_ldhge_3D" },
        { "gldm_LargeDependenceLowGrayLevelEmphasis", "ngl_hdlge_3D" }, { "gldm_LargeDependenceHighGrayLevelEmphasis", "ngl_hdhge_3D" },
    };

    [Theory]
    [MemberData(nameof(Same))]
    public void A_feature_that_both_define_alike_has_ibsis_value(string name, string tag) =>
        Assert.Equal(1, Theirs.Features[$"original_{name}"]!.Value / Ours.Features[tag]!.Value, 1e-12);

    [Fact]
    public void The_names_are_those_of_the_107_default_features()
    {
        var expected = PyRadiomicsFeatures.Classes.SelectMany(c => c.Default.Select(name => $"original_{c.Name}_{name}")).Order(StringComparer.Ordinal);
        Assert.Equal(expected, Theirs.Features.Keys);
        Assert.Equal(107, Theirs.Features.Count);
        Assert.Empty(Theirs.Undefined);
    }

    [Fact]
    public void Kurtosis_is_not_the_excess() =>
        Assert.Equal(Ours.Features["stat_kurt"]!.Value + 3, Theirs.Features["original_firstorder_Kurtosis"]!.Value, 12);

    [Fact]
    public void Energy_in_total_is_that_of_the_volume() =>
        Assert.Equal(8 * Ours.Features["stat_energy"]!.Value, Theirs.Features["original_firstorder_TotalEnergy"]!.Value, 9);

    [Theory]
    [InlineData("MajorAxisLength", "morph_pca_maj_axis")]
    [InlineData("MinorAxisLength", "morph_pca_min_axis")]
    [InlineData("LeastAxisLength", "morph_pca_least_axis")]
    public void Axes_have_variances_over_n(string name, string tag) =>
        Assert.Equal(Math.Sqrt(73 / 74.0) * Ours.Features[tag]!.Value, Theirs.Features[$"original_shape_{name}"]!.Value, 12);

    [Fact]
    public void Ratios_of_volume_and_area_are_of_its_own_mesh()
    {
        var (volume, area) = (Theirs.Features["original_shape_MeshVolume"]!.Value, Theirs.Features["original_shape_SurfaceArea"]!.Value);
        Assert.Equal(area / volume, Theirs.Features["original_shape_SurfaceVolumeRatio"]!.Value, 12);
        Assert.Equal(Math.Pow(36 * Math.PI * volume * volume, 1 / 3.0) / area, Theirs.Features["original_shape_Sphericity"]!.Value, 12);
        Assert.Equal(Ours.Features["morph_volume"]!.Value, volume, 0.02 * volume);
    }

    [Fact]
    public void Diameters_in_planes_are_no_longer_than_in_space()
    {
        // In every plane the phantom reaches from edge to edge of 5 × 4 × 4 voxels of 2 mm; a vertex lies half a voxel outside, on one axis only.
        var slice = Theirs.Features["original_shape_Maximum2DDiameterSlice"]!.Value;
        Assert.Equal(Math.Max(Math.Sqrt(100 + 36), Math.Sqrt(64 + 64)), slice, 9);
        Assert.True(slice <= Theirs.Features["original_shape_Maximum3DDiameter"]!.Value);
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same()
    {
        var one = FeatureExtractor.Extract(DigitalPhantom.Image, DigitalPhantom.Roi, Filtered, new() { MaxThreads = 1 });
        Assert.All((int[])[2, 8, 0], threads => Assert.Equal(
            one.Features, FeatureExtractor.Extract(DigitalPhantom.Image, DigitalPhantom.Roi, Filtered, new() { MaxThreads = threads }).Features));
    }

    [Fact]
    public void The_shape_is_measured_once_whatever_images_there_are()
    {
        var features = FeatureExtractor.Extract(DigitalPhantom.Image, DigitalPhantom.Roi, Filtered with { MeasureOriginal = false }).Features;
        Assert.Equal(14, features.Keys.Count(name => name.Contains("_shape_", StringComparison.Ordinal)));
        Assert.Equal(14, features.Keys.Count(name => name.StartsWith("original_", StringComparison.Ordinal)));
        Assert.Equal(14 + 10 * 93, features.Count);
        Assert.Equal(Theirs.Features["original_shape_MeshVolume"], features["original_shape_MeshVolume"]);
    }

    [Fact]
    public void A_run_can_be_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(
            () => FeatureExtractor.Extract(DigitalPhantom.Image, DigitalPhantom.Roi, Filtered, new() { Cancellation = cancelled.Token }));
    }
}
