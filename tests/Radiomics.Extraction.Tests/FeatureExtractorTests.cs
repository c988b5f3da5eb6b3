using System.Text.Json;

namespace Radiomics.Extraction.Tests;

public class FeatureExtractorTests
{
    private static readonly ExtractionSettings Plain = new()
    {
        Name = "test",
        Discretisation = new() { Method = DiscretisationMethod.FixedBinNumber, Bins = 8 },
    };

    private static readonly ExtractionSettings Resampled = Plain with { Resampling = new() { Method = InterpolationMethod.Linear, Spacing = 2 } };

    [Fact]
    public void Image_and_ROI_on_different_grids_are_refused()
    {
        var (image, roi) = Ball(10);
        AssertCode("GridMismatch", image, new Mask(roi.Geometry with { Origin = new(5, 0, 0) }, roi.Voxels), Plain);
    }

    [Fact]
    public void An_empty_ROI_is_refused()
    {
        var (image, roi) = Ball(10);
        AssertCode("EmptyRoi", image, new Mask(roi.Geometry, new byte[roi.Voxels.Length]), Plain);
    }

    [Fact]
    public void An_ROI_that_re_segmentation_empties_is_refused()
    {
        var (image, roi) = Ball(10);
        AssertCode("EmptyRoi", image, roi, Plain with { ReSegmentation = new() { Lower = 1e6 } });
    }

    [Fact]
    public void An_ROI_that_interpolation_empties_is_refused()
    {
        var (image, roi) = Points((1, 1, 1));
        AssertCode("EmptyRoi", image, roi, Plain with { Resampling = new() { Method = InterpolationMethod.Linear, Spacing = 10 } });
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_voxel_in_the_ROI_that_is_no_number_is_refused(float value)
    {
        var (image, roi) = Ball(10);
        image.Voxels[Array.IndexOf(roi.Voxels, (byte)1)] = value;
        AssertCode("NonFiniteVoxels", image, roi, Plain);
        AssertCode("NonFiniteVoxels", image, roi, Resampled);
    }

    [Fact]
    public void A_voxel_far_from_the_ROI_that_is_no_number_does_no_harm()
    {
        var (image, roi) = Ball(10);
        var expected = FeatureExtractor.Extract(image, roi, Resampled).Features;
        image.Voxels[0] = float.NaN;
        Assert.Equal(expected, FeatureExtractor.Extract(image, roi, Resampled).Features);
    }

    [Fact]
    public void Normalising_over_an_image_with_a_voxel_that_is_no_number_is_refused()
    {
        var (image, roi) = Ball(10);
        image.Voxels[0] = float.NaN;
        AssertCode("NonFiniteVoxels", image, roi, Plain with { Normalisation = new() { Method = NormalisationMethod.ZScoreImage } });
    }

    [Fact]
    public void Intensities_that_are_no_grey_levels_need_discretisation()
    {
        var (image, roi) = Ball(10);
        AssertCode("InvalidSettings", image, roi, Plain with { Discretisation = new() });
    }

    [Fact]
    public void Degenerate_ROIs_have_values_or_reasons_but_no_NaN()
    {
        (Volume, Mask)[] cases = [Points((4, 4, 4)), Points((0, 0, 0), (1, 0, 0)), Points((2, 3, 4), (2, 4, 4), (2, 5, 4)), Points((0, 0, 0), (8, 8, 8)), Flat(0), Flat(7)];
        foreach (var (image, roi) in cases)
        {
            foreach (var method in (NormalisationMethod[])[NormalisationMethod.None, NormalisationMethod.ZScoreImage, NormalisationMethod.ZScoreRoi])
            {
                var result = FeatureExtractor.Extract(image, roi, Plain with { Normalisation = new() { Method = method } });
                Assert.All(result.Features, f => Assert.True(f.Value is null ? result.Undefined.ContainsKey(f.Key) : double.IsFinite(f.Value.Value), f.Key));
                Assert.Equal(result.Features.Count(f => f.Value is null), result.Undefined.Count);
                Assert.All(result.Diagnostics, d => Assert.True(double.IsFinite(d.Value), d.Key));
            }
        }
    }

    [Fact]
    public void A_single_voxel_has_the_octahedron_of_its_mesh()
    {
        var (image, roi) = Points((4, 4, 4));
        var features = FeatureExtractor.Extract(image, roi, Plain).Features;
        Assert.Equal(1.0 / 6, features["morph_volume"]!.Value, 12);
        Assert.Equal(Math.Sqrt(3), features["morph_area_mesh"]!.Value, 12);
        Assert.Null(features["morph_pca_elongation"]);
        Assert.Equal(0, features["stat_skew"]);
    }

    [Fact]
    public void A_coefficient_of_variation_around_zero_is_null_with_its_reason()
    {
        var result = FeatureExtractor.Extract(Flat(0).Image, Flat(0).Roi, Plain);
        Assert.Null(result.Features["stat_cov"]);
        Assert.Equal("The mean intensity is 0.", result.Undefined["stat_cov"]);
    }

    [Fact]
    public void A_large_ball_has_a_balls_volume_and_sphericity()
    {
        var (image, roi) = Ball(41);
        var features = FeatureExtractor.Extract(image, roi, Plain).Features;
        var volume = 4.0 / 3 * Math.PI * Math.Pow(18, 3);
        Assert.InRange(features["morph_volume"]!.Value, 0.99 * volume, 1.01 * volume);
        Assert.InRange(features["morph_sphericity"]!.Value, 0.9, 1);

        // The ellipsoid with a ball's variances is a ball of 2/√5 its radius.
        Assert.Equal(Math.Pow(5, 1.5) / 8, features["morph_vol_dens_aee"]!.Value, 0.01);
        Assert.Equal(5.0 / 4 / features["morph_sphericity"]!.Value, features["morph_area_dens_aee"]!.Value, 0.02);
    }

    [Fact]
    public void The_mesh_is_the_same_however_the_axes_lie()
    {
        var random = new Random(5);
        var size = 7;
        var voxels = new byte[size * size * size];
        foreach (ref var voxel in voxels.AsSpan())
        {
            voxel = (byte)random.Next(2);
        }

        var (volume, area) = Measure(voxels);
        var (turnedVolume, turnedArea) = Measure(Map(voxels, size, (x, y, z) => (y, z, x)));
        var (mirroredVolume, mirroredArea) = Measure(Map(voxels, size, (x, y, z) => (size - 1 - x, y, z)));
        Assert.Equal(volume, turnedVolume, 9);
        Assert.Equal(area, turnedArea, 9);
        Assert.Equal(volume, mirroredVolume, 9);
        Assert.Equal(area, mirroredArea, 9);

        (double, double) Measure(byte[] mask)
        {
            var geometry = Geometry(size);
            var features = FeatureExtractor.Extract(new(geometry, new float[geometry.Count]), new(geometry, mask), Plain).Features;
            return (features["morph_volume"]!.Value, features["morph_area_mesh"]!.Value);
        }
    }

    [Fact]
    public void Z_scores_over_the_ROI_have_mean_0_and_variance_1()
    {
        var (image, roi) = Ball(20);
        var features = FeatureExtractor.Extract(image, roi, Plain with { Normalisation = new() { Method = NormalisationMethod.ZScoreRoi } }).Features;
        Assert.Equal(0, features["stat_mean"]!.Value, 6);
        Assert.Equal(1, features["stat_var"]!.Value, 6);
    }

    [Fact]
    public void Z_scores_do_not_depend_on_the_scanners_gain()
    {
        var (image, roi) = Ball(20);
        var settings = Resampled with { Normalisation = new() { Method = NormalisationMethod.ZScoreImage } };
        var louder = new Volume(image.Geometry, [.. image.Voxels.Select(v => 4 * v + 128)]);
        var expected = FeatureExtractor.Extract(image, roi, settings).Features;
        var actual = FeatureExtractor.Extract(louder, roi, settings).Features;
        Assert.All(expected, f => Assert.Equal(f.Value!.Value, actual[f.Key]!.Value, 1e-4 * Math.Max(1, Math.Abs(f.Value.Value))));
    }

    [Fact]
    public void Interpolation_keeps_a_linear_ramp()
    {
        var geometry = Geometry(12) with { SpacingX = 1.2, SpacingY = 0.9, SpacingZ = 3 };
        float[] ramp = [.. Enumerable.Range(0, geometry.Count).Select(i => 10f + i % 12 * 1.2f)];
        var mask = new byte[geometry.Count];
        for (var i = 0; i < mask.Length; i++)
        {
            mask[i] = i % 12 is >= 3 and <= 8 && i / 12 % 12 is >= 2 and <= 9 && i / 144 is >= 3 and <= 8 ? (byte)1 : (byte)0;
        }

        // The box is symmetric about the image's center, so its mean is the ramp's middle on every grid.
        var result = FeatureExtractor.Extract(new(geometry, ramp), new(geometry, mask), Resampled);
        Assert.Equal(10 + 5.5 * 1.2, result.Features["stat_mean"]!.Value, 5);
        Assert.Equal((8, 6, 18), ((int)result.Diagnostics["img_dim_x_interp_img"], (int)result.Diagnostics["img_dim_y_interp_img"], (int)result.Diagnostics["img_dim_z_interp_img"]));
    }

    [Fact]
    public void An_ROI_at_the_images_border_is_interpolated_up_to_it()
    {
        var geometry = Geometry(9);
        var mask = new byte[geometry.Count];
        Array.Fill(mask, (byte)1);
        var result = FeatureExtractor.Extract(new(geometry, new float[geometry.Count]), new(geometry, mask), Resampled);
        Assert.Equal(5 * 5 * 5, result.Diagnostics["int_mask_vox_count_interp_roi"]);
    }

    [Fact]
    public void Range_and_outlier_re_segmentation_meet_in_the_range_that_both_leave()
    {
        var geometry = new VolumeGeometry { SizeX = 12, SizeY = 1, SizeZ = 1, SpacingX = 1, SpacingY = 1, SpacingZ = 1 };
        var image = new Volume(geometry, [0, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 100]);
        var roi = new Mask(geometry, [.. Enumerable.Repeat((byte)1, 12)]);

        // Outliers are judged with the 0 still there, which the range takes out: mean 20.4, deviation 24.6, so 2 deviations end at 69.7.
        var result = FeatureExtractor.Extract(image, roi, Plain with { ReSegmentation = new() { Lower = 5, OutlierSigma = 2 } });
        Assert.Equal(10, result.Diagnostics["int_mask_vox_count_reseg_roi"]);
        Assert.Equal(12, result.Diagnostics["morph_mask_vox_count_reseg_roi"]);
        Assert.Equal((10.0, 19.0), (result.Features["stat_min"], result.Features["stat_max"]));
    }

    [Fact]
    public void The_same_input_gives_the_same_JSON()
    {
        var (image, roi) = Ball(25);
        string Run() => JsonSerializer.Serialize(FeatureExtractor.Extract(image, roi, Resampled), RadiomicsJson.Options);
        Assert.Equal(Run(), Run());
    }

    [Fact]
    public void A_feature_vector_comes_back_from_JSON()
    {
        var (image, roi) = Points((4, 4, 4));
        var vector = FeatureExtractor.Extract(image, roi, Resampled with { Resampling = new() });
        var json = JsonSerializer.Serialize(vector, RadiomicsJson.Options);
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<FeatureVector>(json, RadiomicsJson.Options), RadiomicsJson.Options));
    }

    [Fact]
    public void The_image_and_the_ROI_are_left_as_they_were()
    {
        var (image, roi) = Ball(10);
        var (voxels, inside) = (image.Voxels.ToArray(), roi.Voxels.ToArray());
        FeatureExtractor.Extract(image, roi, Plain with { Normalisation = new() { Method = NormalisationMethod.ZScoreRoi }, Rounding = IntensityRounding.NearestInteger });
        Assert.Equal(voxels, image.Voxels);
        Assert.Equal(inside, roi.Voxels);
    }

    private static void AssertCode(string code, Volume image, Mask roi, ExtractionSettings settings) =>
        Assert.Equal(code, Assert.Throws<RadiomicsException>(() => FeatureExtractor.Extract(image, roi, settings)).Code);

    private static VolumeGeometry Geometry(int size) => new() { SizeX = size, SizeY = size, SizeZ = size, SpacingX = 1, SpacingY = 1, SpacingZ = 1 };

    /// <summary>A ball that leaves two voxels of margin, in a cube of random intensities.</summary>
    private static (Volume Image, Mask Roi) Ball(int size)
    {
        var geometry = Geometry(size);
        var random = new Random(1);
        var center = (size - 1) / 2.0;
        var mask = new byte[geometry.Count];
        for (var i = 0; i < mask.Length; i++)
        {
            var position = new Point3(i % size - center, i / size % size - center, i / size / size - center);
            mask[i] = position.Length <= center - 2 ? (byte)1 : (byte)0;
        }

        return (new(geometry, [.. mask.Select(_ => 100 + 50 * random.NextSingle())]), new(geometry, mask));
    }

    private static (Volume Image, Mask Roi) Points(params (int X, int Y, int Z)[] points)
    {
        var (image, _) = Ball(9);
        var mask = new byte[image.Voxels.Length];
        foreach (var (x, y, z) in points)
        {
            mask[(z * 9 + y) * 9 + x] = 1;
        }

        return (image, new(image.Geometry, mask));
    }

    /// <summary>A ball of one intensity.</summary>
    private static (Volume Image, Mask Roi) Flat(float intensity)
    {
        var (image, roi) = Ball(9);
        Array.Fill(image.Voxels, intensity);
        return (image, roi);
    }

    private static byte[] Map(byte[] voxels, int size, Func<int, int, int, (int X, int Y, int Z)> map)
    {
        var mapped = new byte[voxels.Length];
        for (var i = 0; i < voxels.Length; i++)
        {
            var (x, y, z) = map(i % size, i / size % size, i / size / size);
            mapped[(z * size + y) * size + x] = voxels[i];
        }

        return mapped;
    }
}
