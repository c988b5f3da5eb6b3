namespace Radiomics.Extraction.Tests;

/// <summary>Which voxels leave the intensity mask.</summary>
public class ReSegmentationTests
{
    private static readonly VolumeGeometry Geometry = Case.Geometry(10, 1, 1);
    private static readonly Volume Image = Case.Image(Geometry, (x, _, _) => x == 9 ? 30 : x);

    // Mean 6.6, standard deviation 8.1756.
    [Theory]
    [InlineData(2.0, 5.0, null, 4)]
    [InlineData(2.0, null, null, 8)]
    [InlineData(null, 5.0, null, 6)]
    [InlineData(null, null, 2.0, 9)]
    [InlineData(null, null, 3.0, 10)]
    [InlineData(null, null, 0.2, 4)]
    [InlineData(6.0, 30.0, 2.0, 3)]
    public void Voxels_within_both_limits_stay(double? lower, double? upper, double? sigma, int count)
    {
        var processed = Process(new() { Lower = lower, Upper = upper, OutlierSigma = sigma });
        Assert.Equal(count, processed.SortedIntensities.Length);
        Assert.Equal(count, processed.Intensity.Mask.Sum(v => v));
        Assert.Equal(count, processed.Diagnostics["int_mask_vox_count_reseg_roi"]);
    }

    [Fact]
    public void The_morphological_mask_and_the_checks_before_keep_all_voxels()
    {
        var processed = Process(new() { Lower = 3, Upper = 8 });
        Assert.Equal(10, processed.Morphological.Mask.Sum(v => v));
        Assert.Equal((10.0, 10.0), (processed.Diagnostics["morph_mask_vox_count_reseg_roi"], processed.Diagnostics["int_mask_vox_count_interp_roi"]));
        Assert.Equal((6.0, 10.0), (processed.Diagnostics["int_mask_bb_dim_x_reseg_roi"], processed.Diagnostics["morph_mask_bb_dim_x_reseg_roi"]));
        Assert.Equal((3.0, 8.0, 5.5), (
            processed.Diagnostics["int_mask_min_int_reseg_roi"], processed.Diagnostics["int_mask_max_int_reseg_roi"], processed.Diagnostics["int_mask_mean_int_reseg_roi"]));
        Assert.Equal(30, processed.Diagnostics["int_mask_max_int_interp_roi"]);
    }

    [Fact]
    public void A_range_that_keeps_everything_keeps_the_mask_itself()
    {
        var processed = Process(new() { Lower = 0, Upper = 30 });
        Assert.Same(processed.Morphological.Mask, processed.Intensity.Mask);
    }

    [Theory]
    [InlineData(ReSegmentationUnit.Maximum, 0.1, 0.2, 4)]
    [InlineData(ReSegmentationUnit.StandardDeviation, -0.5, 1.0, 6)]
    public void In_PyRadiomics_units_limits_are_shares_of_the_maximum_or_deviations_from_the_mean(ReSegmentationUnit unit, double lower, double upper, int count)
    {
        var settings = Case.Plain with { ReSegmentation = new() { Lower = lower, Upper = upper, Unit = unit } };
        var processed = ProcessedRoi.From(Image, Case.Everything(Geometry), settings, ExtractionOptions.Default, new VoxelMargin());
        Assert.Equal(count, processed.SortedIntensities.Length);
    }

    [Fact]
    public void An_ROI_of_which_nothing_is_left_is_refused() => Case.AssertCode("EmptyRoi", () => Process(new() { Lower = 9.5, Upper = 29.5 }));

    private static ProcessedRoi Process(ReSegmentationSettings settings) =>
        Case.Process(Image, Case.Everything(Geometry), Case.Plain with { ReSegmentation = settings });
}
