using System.Text.Json;

namespace Radiomics.Extraction.Tests;

public class ResponseMapTests
{
    private static readonly ExtractionSettings _settings = new()
    {
        Name = "test",
        Discretisation = new() { Method = DiscretisationMethod.FixedBinNumber, Bins = 8 },
        Families = [FeatureFamily.Morphology, FeatureFamily.LocalIntensity, FeatureFamily.Statistics, FeatureFamily.Histogram, FeatureFamily.Glcm, FeatureFamily.Glszm, FeatureFamily.Gldzm],
    };

    private static readonly FilterSettings[] _all =
    [
        new() { Type = FilterType.Log, Sigma = 1.5 },
        new() { Type = FilterType.Wavelet, Wavelet = "haar" },
        new() { Type = FilterType.Wavelet, Wavelet = "coif2" },
        new() { Type = FilterType.Square },
        new() { Type = FilterType.SquareRoot },
        new() { Type = FilterType.Logarithm },
        new() { Type = FilterType.Gradient },
    ];

    [Fact]
    public void Names_carry_the_filter()
    {
        Assert.Equal(["log_s3.0mm__"], FilterNames.Of(new() { Type = FilterType.Log, Sigma = 3 }, Conventions.Ibsi));
        Assert.Equal(["log_s1.25mm__"], FilterNames.Of(new() { Type = FilterType.Log, Sigma = 1.25 }, Conventions.Ibsi));
        Assert.Equal("wavelet_coif1_LLH__", FilterNames.Of(new() { Type = FilterType.Wavelet }, Conventions.Ibsi)[1]);
        Assert.Equal("wavelet_db2_HHH__", FilterNames.Of(new() { Type = FilterType.Wavelet, Wavelet = "db2" }, Conventions.Ibsi)[7]);
        Assert.Equal(["squareroot__"], FilterNames.Of(new() { Type = FilterType.SquareRoot }, Conventions.Ibsi));
        Assert.Equal(["log-sigma-3-0-mm-3D"], FilterNames.Of(new() { Type = FilterType.Log, Sigma = 3 }, Conventions.PyRadiomics));
        Assert.Equal("wavelet-LLH", FilterNames.Of(new() { Type = FilterType.Wavelet }, Conventions.PyRadiomics)[1]);
        Assert.Equal(["gradient"], FilterNames.Of(new() { Type = FilterType.Gradient }, Conventions.PyRadiomics));
    }

    [Fact]
    public void Every_map_has_every_family_but_shape()
    {
        var (image, roi) = Ball(14);
        var features = FeatureExtractor.Extract(image, roi, _settings with { Filters = _all }).Features;
        var original = features.Keys.Where(k => !k.Contains("__")).ToList();
        string[] prefixes = [.. _all.SelectMany(f => FilterNames.Of(f, Conventions.Ibsi))];
        Assert.Equal(21, prefixes.Length);
        foreach (var prefix in prefixes)
        {
            Assert.Equal(
                original.Where(k => !k.StartsWith("morph_")).Select(k => prefix + k), features.Keys.Where(k => k.StartsWith(prefix)), StringComparer.Ordinal);
        }

        Assert.Contains("log_s1.5mm__cm_contrast_3D_comb", features.Keys);
        Assert.Contains("log_s1.5mm__loc_peak_loc", features.Keys);
    }

    [Fact]
    public void The_original_can_be_left_out()
    {
        var (image, roi) = Ball(14);
        var features = FeatureExtractor.Extract(image, roi, _settings with { MeasureOriginal = false, Filters = [_all[0]] }).Features;
        Assert.All(features.Keys, k => Assert.StartsWith("log_s1.5mm__", k));
    }

    [Fact]
    public void Original_features_do_not_change_with_filters()
    {
        var (image, roi) = Ball(14);
        var expected = FeatureExtractor.Extract(image, roi, _settings).Features;
        var actual = FeatureExtractor.Extract(image, roi, _settings with { Filters = _all }).Features;
        Assert.All(expected, f => Assert.Equal(f.Value, actual[f.Key]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void The_same_bytes_on_one_thread_and_on_eight(double spacing)
    {
        var (image, roi) = Ball(20);
        var settings = _settings with
        {
            Filters = _all,
            Resampling = spacing > 0 ? new() { Method = InterpolationMethod.CubicSpline, Spacing = spacing } : new(),
        };
        string Run(int threads) =>
            JsonSerializer.Serialize(FeatureExtractor.Extract(image, roi, settings, new() { MaxThreads = threads }).Features, RadiomicsJson.Options);
        var one = Run(1);
        Assert.Equal(one, Run(8));
        Assert.Equal(one, Run(3));
    }

    [Fact]
    public void Maps_have_grey_levels_of_their_own()
    {
        var (image, roi) = Ball(14);
        double Levels(int bins) => FeatureExtractor.Extract(
            image,
            roi,
            _settings with { Filters = [_all[0]], FilterDiscretisation = new() { Method = DiscretisationMethod.FixedBinNumber, Bins = bins } })
            .Features["log_s1.5mm__ih_max"]!.Value;
        Assert.Equal(32, FeatureExtractor.Extract(image, roi, _settings with { Filters = [_all[0]] }).Features["log_s1.5mm__ih_max"]);
        Assert.Equal(16, Levels(16));
    }

    [Fact]
    public void Re_segmentation_is_decided_on_the_unfiltered_image()
    {
        var (image, roi) = Ball(14);
        var settings = _settings with { ReSegmentation = new() { Lower = 110, Upper = 140 }, Filters = [new() { Type = FilterType.Square }] };
        var result = FeatureExtractor.Extract(image, roi, settings);
        Assert.Equal(Math.Pow(result.Features["stat_min"]!.Value, 2), result.Features["square__stat_min"]!.Value, 1e-3);
        Assert.Equal(Math.Pow(result.Features["stat_max"]!.Value, 2), result.Features["square__stat_max"]!.Value, 1e-3);
        Assert.InRange(result.Features["stat_max"]!.Value, 130, 140);
    }

    [Fact]
    public void A_filter_sees_the_image_beyond_the_ROI_and_the_re_segmentation()
    {
        var (image, roi) = Ball(16);
        var settings = _settings with { ReSegmentation = new() { Lower = 120 }, Filters = [_all[0]], Families = [FeatureFamily.Statistics] };
        var whole = new FilterDomain(image.Voxels, (16, 16, 16), (1, 1, 1), new(0, 0, 0, 16, 16, 16), 125);
        var map = new float[whole.Output.Count];
        LogFilter.Apply(whole, 1.5, map, CancellationToken.None);
        float[] inside = [.. map.Where((_, i) => roi.Voxels[i] != 0 && image.Voxels[i] >= 120)];
        var features = FeatureExtractor.Extract(image, roi, settings).Features;
        Assert.Equal(inside.Min(), features["log_s1.5mm__stat_min"]!.Value, 1e-4);
        Assert.Equal(inside.Max(), features["log_s1.5mm__stat_max"]!.Value, 1e-4);
        Assert.Equal(inside.Average(v => (double)v), features["log_s1.5mm__stat_mean"]!.Value, 1e-5);
    }

    [Fact]
    public void An_ROI_at_the_images_border_and_of_one_voxel_has_values_or_reasons()
    {
        var (image, _) = Ball(9);
        foreach (var at in (int[])[0, 364, 728])
        {
            var mask = new byte[image.Voxels.Length];
            mask[at] = 1;
            var result = FeatureExtractor.Extract(image, new(image.Geometry, mask), _settings with { Filters = _all });
            Assert.All(result.Features, f => Assert.True(f.Value is null ? result.Undefined.ContainsKey(f.Key) : double.IsFinite(f.Value.Value), f.Key));
        }
    }

    [Fact]
    public void An_exponential_beyond_the_number_range_is_refused()
    {
        var (image, roi) = Ball(9);
        var settings = _settings with { Filters = [new() { Type = FilterType.Exponential }] };
        AssertCode("FilterOutOfRange", image, roi, settings);
        Assert.True(double.IsFinite(
            FeatureExtractor.Extract(image, roi, settings with { Normalisation = new() { Method = NormalisationMethod.ZScoreImage } })
                .Features["exponential__stat_max"]!.Value));
    }

    [Fact]
    public void A_voxel_that_is_no_number_does_harm_only_where_a_filter_looks()
    {
        var (image, roi) = Ball(30);
        var settings = _settings with { Families = [FeatureFamily.Statistics], Filters = [new() { Type = FilterType.Log, Sigma = 1 }] };
        image.Voxels[0] = float.NaN;
        Assert.True(double.IsFinite(FeatureExtractor.Extract(image, roi, settings).Features["log_s1.0mm__stat_mean"]!.Value));
        image.Voxels[Array.IndexOf(roi.Voxels, (byte)1) - 1] = float.NaN;
        AssertCode("NonFiniteVoxels", image, roi, settings);
    }

    [Fact]
    public void Filters_of_one_name_are_refused()
    {
        var (image, roi) = Ball(9);
        AssertCode(
            "InvalidSettings",
            image,
            roi,
            _settings with { Filters = [new() { Type = FilterType.Wavelet }, new() { Type = FilterType.Wavelet, Wavelet = "coif1" }] });
    }

    [Fact]
    public void A_sigma_of_a_thousand_voxels_is_refused()
    {
        var (image, roi) = Ball(9);
        AssertCode("InvalidSettings", image, roi, _settings with { Filters = [new() { Type = FilterType.Log, Sigma = 1000 }] });
        AssertCode("InvalidSettings", image, roi, _settings with { Filters = [new() { Type = FilterType.Log, Sigma = 1e300 }] });
    }

    [Fact]
    public void The_first_fault_in_order_is_reported_on_any_number_of_threads()
    {
        var (image, roi) = Ball(9);
        var settings = _settings with { Filters = [new() { Type = FilterType.Exponential }, new() { Type = FilterType.Log, Sigma = 1000 }] };
        Assert.All((int[])[1, 2, 8], threads => Assert.Equal(
            "FilterOutOfRange",
            Assert.Throws<RadiomicsException>(() => FeatureExtractor.Extract(image, roi, settings, new() { MaxThreads = threads })).Code));
    }

    [Fact]
    public void A_run_can_be_cancelled()
    {
        var (image, roi) = Ball(9);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        foreach (var threads in (int[])[1, 4])
        {
            Assert.ThrowsAny<OperationCanceledException>(
                () => FeatureExtractor.Extract(image, roi, _settings with { Filters = _all }, new() { MaxThreads = threads, Cancellation = cancelled.Token }));
        }
    }

    private static void AssertCode(string code, Volume image, Mask roi, ExtractionSettings settings) =>
        Assert.Equal(code, Assert.Throws<RadiomicsException>(() => FeatureExtractor.Extract(image, roi, settings)).Code);

    /// <summary>A ball that leaves two voxels of margin, in a cube of random intensities.</summary>
    private static (Volume Image, Mask Roi) Ball(int size)
    {
        var geometry = new VolumeGeometry { SizeX = size, SizeY = size, SizeZ = size, SpacingX = 1, SpacingY = 1, SpacingZ = 1 };
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
}
