namespace Radiomics.Extraction.Tests;

/// <summary>PyRadiomics' way from image and mask to what is measured.</summary>
public class PyRadiomicsProcessingTests
{
    private const string Mean = "original_firstorder_Mean";
    private const string Maximum = "original_firstorder_Maximum";
    private const string Voxels = "original_shape_VoxelVolume";

    [Theory]
    [InlineData(ReSegmentationUnit.Intensity, 3, 3.5)]
    [InlineData(ReSegmentationUnit.Maximum, 0.5, 3)]
    [InlineData(ReSegmentationUnit.StandardDeviation, 0, 3.5)]
    public void Re_segmentation_takes_its_limits_in_three_units(ReSegmentationUnit unit, double lower, double mean)
    {
        // 1 2 3 4: half the maximum is 2, the mean 2.5.
        var settings = PyRadiomicsCase.Settings(1) with { ReSegmentation = new() { Unit = unit, Lower = lower } };
        Assert.Equal(mean, PyRadiomicsCase.Extract((2, 4, 1), [1, 2, 3, 4, 1, 2, 3, 4], settings).Features[Mean]);
    }

    [Theory]
    [InlineData(false, 4)]
    [InlineData(true, 2)]
    public void Re_segmentation_goes_for_shape_only_if_asked(bool shape, double volume)
    {
        var settings = PyRadiomicsCase.Settings(1, new() { ReSegmentShape = shape, MinimumRoiDimensions = 1 }) with { ReSegmentation = new() { Lower = 2 } };
        var features = PyRadiomicsCase.Extract((2, 2, 1), [1, 2, 2, 1], settings).Features;
        Assert.Equal(volume, features[Voxels]);
        Assert.Equal(2, features[Mean]);
    }

    [Fact]
    public void The_normalised_image_has_a_sample_variance_of_the_scale()
    {
        var settings = PyRadiomicsCase.Settings(5) with { Normalisation = new() { Method = NormalisationMethod.ZScoreImage, Scale = 100 } };
        var vector = PyRadiomicsCase.Extract((2, 2, 1), [1, 2, 3, 4], settings);
        Assert.Equal(0, vector.Features[Mean]!.Value, 1e-4);
        Assert.Equal(10000 * 3 / 4.0, vector.Features["original_firstorder_Variance"]!.Value, 1e-2);
    }

    [Theory]
    [InlineData(PixelType.Int16, 1)]
    [InlineData(PixelType.UInt8, 1)]
    [InlineData(PixelType.Float32, 1.5)]
    [InlineData(PixelType.Float64, 1.5)]
    public void A_resampled_image_has_the_files_own_type_of_voxels(PixelType type, double expected)
    {
        // Pairs of voxels become one, whose center is halfway between them: 1.5 is cut to 1 where voxels are integers, not where they only happen to be whole.
        float[] voxels = [.. Enumerable.Range(0, 64).Select(i => 1f + i % 2)];
        var settings = PyRadiomicsCase.Settings(1) with
        {
            Resampling = new()
            {
                Method = InterpolationMethod.Linear,
                Spacing = 2,
                Alignment = GridAlignment.Origin,
                RoiMethod = InterpolationMethod.Nearest,
            },
        };
        var features = PyRadiomicsCase.Extract((4, 4, 4), voxels, settings, type: type).Features;
        Assert.Equal(expected, features["original_firstorder_Minimum"]!.Value, 6);
        Assert.Equal(64, features[Voxels]!.Value, 9);
    }

    [Theory]
    [InlineData(3e38f, "FilterOutOfRange")]
    [InlineData(float.NaN, "NonFiniteVoxels")]
    public void A_response_that_is_no_number_says_whether_the_filter_or_the_image_is_to_blame(float value, string code)
    {
        // Columns of alternating sign, which the high pass adds up; the ROI doesn't hold those at the border, where no number may be.
        float[] voxels = [.. Enumerable.Range(0, 512).Select(i => i % 8 == 0 ? value : i % 2 == 0 ? 3e38f : -3e38f)];
        byte[] mask = [.. Enumerable.Range(0, 512).Select(i => i % 8 is 1 or 2 && i < 24 ? (byte)1 : (byte)0)];
        var settings = PyRadiomicsCase.Settings(1e38) with { Filters = [new() { Type = FilterType.Wavelet }], MeasureOriginal = false };
        Case.AssertCode(code, () => PyRadiomicsCase.Extract((8, 8, 8), voxels, settings, mask));
    }

    [Fact]
    public void A_spacing_that_is_the_images_own_resamples_nothing()
    {
        var voxels = PyRadiomicsCase.Noise(60, 50);
        var plain = PyRadiomicsCase.Extract((5, 4, 3), voxels, PyRadiomicsCase.Settings(5));
        var resampled = PyRadiomicsCase.Extract((5, 4, 3), voxels, PyRadiomicsCase.Settings(5) with
        {
            Resampling = new()
            {
                Method = InterpolationMethod.CubicSpline,
                Spacing = 1.000001,
                Alignment = GridAlignment.Origin,
                RoiMethod = InterpolationMethod.Nearest,
            },
        });
        Assert.Equal(plain.Features, resampled.Features);
    }

    [Fact]
    public void A_filter_sees_the_whole_image_or_the_padded_box()
    {
        // The brightest voxel lies far from the ROI; square's scale is the largest magnitude that it sees.
        var voxels = Enumerable.Repeat(2f, 1000).ToArray();
        voxels[999] = 8;
        var mask = new byte[1000];
        foreach (var i in (int[])[0, 1, 10, 11])
        {
            mask[i] = 1;
        }

        Assert.Equal(4 / 8.0, Square(new()), 1e-6);
        Assert.Equal(4 / 2.0, Square(new() { PreCrop = true }), 1e-6);
        Assert.Equal(4 / 8.0, Square(new() { PreCrop = true, PadDistance = 20 }), 1e-6);

        double Square(PyRadiomicsSettings special)
        {
            var settings = PyRadiomicsCase.Settings(1, special) with { Filters = [new() { Type = FilterType.Square }] };
            return PyRadiomicsCase.Extract((10, 10, 10), voxels, settings, mask).Features["square_firstorder_Mean"]!.Value;
        }
    }

    [Fact]
    public void A_laplacian_for_which_the_image_is_too_small_is_undefined()
    {
        var settings = PyRadiomicsCase.Settings(1) with { Filters = [new() { Type = FilterType.Log, Sigma = 3 }], Families = [FeatureFamily.Statistics] };
        var vector = PyRadiomicsCase.Extract((3, 3, 3), PyRadiomicsCase.Noise(27, 9), settings);
        Assert.Null(vector.Features["log-sigma-3-0-mm-3D_firstorder_Mean"]);
        Assert.Contains("too small", vector.Undefined["log-sigma-3-0-mm-3D_firstorder_Mean"]);
        Assert.NotNull(vector.Features[Mean]);
    }

    [Theory]
    [InlineData(SliceAxis.Y)]
    [InlineData(SliceAxis.X)]
    public void Slices_across_another_axis_are_those_of_the_turned_image(SliceAxis axis)
    {
        var voxels = PyRadiomicsCase.Noise(6 * 5 * 4, 8);
        var (turnedSize, turned) = axis == SliceAxis.Y ? ((6, 4, 5), new float[120]) : ((4, 5, 6), new float[120]);
        for (var i = 0; i < voxels.Length; i++)
        {
            var (x, y, z) = (i % 6, i / 6 % 5, i / 30);
            var to = axis == SliceAxis.Y ? (y * 4 + z) * 6 + x : (x * 5 + y) * 4 + z;
            turned[to] = voxels[i];
        }

        FeatureFamily[] textures = [FeatureFamily.Glcm, FeatureFamily.Glrlm, FeatureFamily.Glszm, FeatureFamily.Ngtdm, FeatureFamily.Ngldm];
        var settings = PyRadiomicsCase.Settings(1) with { Texture = new() { Aggregations = [Aggregation.Averaged2Point5D] }, Families = textures };
        var expected = PyRadiomicsCase.Extract(turnedSize, turned, settings).Features;
        var actual = PyRadiomicsCase.Extract((6, 5, 4), voxels, settings with { PyRadiomics = new() { SliceAxis = axis } }).Features;
        Assert.All(expected, feature => Assert.Equal(feature.Value!.Value, actual[feature.Key]!.Value, 9));
    }

    [Fact]
    public void Wavelets_within_slices_have_two_letters_and_their_low_band_keeps_a_constant()
    {
        var settings = PyRadiomicsCase.Settings(1) with
        {
            Texture = new() { Aggregations = [Aggregation.Averaged2Point5D] },
            Filters = [new() { Type = FilterType.Wavelet }],
            Families = [FeatureFamily.Statistics],
            MeasureOriginal = false,
        };
        var features = PyRadiomicsCase.Extract((5, 4, 3), [.. Enumerable.Repeat(3f, 60)], settings).Features;
        Assert.Equal(4 * 18, features.Count);
        Assert.Equal(6, features["wavelet-LL_firstorder_Mean"]!.Value, 1e-5);
        Assert.Equal(0, features["wavelet-HL_firstorder_Mean"]!.Value, 1e-5);
    }

    [Fact]
    public void Features_are_those_asked_for_and_dropped_ones_say_what_they_equal()
    {
        var features = new Dictionary<string, IReadOnlyList<string>> { ["firstorder"] = ["StandardDeviation"], ["glcm"] = ["Dissimilarity", "Contrast"] };
        var settings = PyRadiomicsCase.Settings(1, new() { Features = features }) with { Families = [FeatureFamily.Statistics, FeatureFamily.Glcm] };
        var vector = PyRadiomicsCase.Extract((2, 2, 1), [1, 2, 3, 4], settings);
        Assert.Equal(["original_firstorder_StandardDeviation", "original_glcm_Contrast", "original_glcm_Dissimilarity"], vector.Features.Keys);
        Assert.Contains("DifferenceAverage", vector.Undefined["original_glcm_Dissimilarity"]);
        Assert.Equal(Math.Sqrt(1.25), vector.Features["original_firstorder_StandardDeviation"]!.Value, 12);
    }

    [Theory]
    [InlineData(2, null)]
    [InlineData(1, 3)]
    public void A_roi_smaller_than_asked_for_is_refused(int dimensions, int? size)
    {
        var settings = PyRadiomicsCase.Settings(1, new() { MinimumRoiDimensions = dimensions, MinimumRoiSize = size });
        var error = Assert.Throws<RadiomicsException>(() => PyRadiomicsCase.Extract((3, 1, 1), [1, 2, 3], settings));
        Assert.Equal("RoiTooSmall", error.Code);
    }

    [Fact]
    public void What_lies_outside_the_roi_has_no_say_without_filters()
    {
        float[] voxels = [1, 2, 3, float.NaN, 4, 5, 6, 1e30f];
        byte[] mask = [1, 1, 1, 0, 1, 1, 1, 0];
        Assert.Equal(6, PyRadiomicsCase.Extract((4, 2, 1), voxels, PyRadiomicsCase.Settings(1), mask).Features[Maximum]);
    }

    [Theory]
    [InlineData("alignment")]
    [InlineData("aggregations")]
    [InlineData("origin")]
    [InlineData("families")]
    [InlineData("rounding")]
    public void Options_that_pyradiomics_does_not_have_are_refused(string option)
    {
        var settings = PyRadiomicsCase.Settings(1);
        settings = option switch
        {
            "alignment" => settings with { Resampling = new() { Method = InterpolationMethod.Linear, Spacing = 1 } },
            "aggregations" => settings with { Texture = new() { Aggregations = [Aggregation.Merged2D] } },
            "origin" => settings with { Discretisation = new() { Method = DiscretisationMethod.FixedBinSize, BinSize = 1 } },
            "families" => settings with { Families = [FeatureFamily.Gldzm] },
            _ => settings with { Rounding = IntensityRounding.NearestInteger },
        };
        Assert.Equal("InvalidSettings", Assert.Throws<RadiomicsException>(() => settings.Validated()).Code);
    }

    [Fact]
    public void Options_that_only_pyradiomics_has_are_refused_elsewhere() =>
        Assert.Equal(
            "InvalidSettings",
            Assert.Throws<RadiomicsException>(() => new ExtractionSettings { Name = "x", PyRadiomics = new() }.Validated()).Code);
}
