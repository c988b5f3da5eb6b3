namespace Radiomics.Extraction.Tests;

/// <summary>Images whose intensities are held in doubles, beside the same in floats.</summary>
public class DoubleImageTests
{
    private const long Far = 1L << 30;

    private static readonly VolumeGeometry Geometry = Case.Geometry(14, 13, 12, 1, 1.25, 2);
    private static readonly Mask Roi = Case.Roi(Geometry, (x, y, z) => (x - 7) * (x - 7) + (y - 6) * (y - 6) + (z - 6) * (z - 6) <= 25);

    private static readonly ExtractionSettings Ibsi = new()
    {
        Name = "test",
        Discretisation = new() { Method = DiscretisationMethod.FixedBinNumber, Bins = 16 },
        FilterDiscretisation = new() { Method = DiscretisationMethod.FixedBinNumber, Bins = 16 },
        Families = Enum.GetValues<FeatureFamily>(),
    };

    /// <summary>Filters that answer 0, or a weighted mean, to a constant; and those of one voxel.</summary>
    private static readonly FilterSettings[] Linear =
    [
        new() { Type = FilterType.Log, Sigma = 2 },
        new() { Type = FilterType.Log, Sigma = 2, Dimension = FilterDimension.Slices, Boundary = FilterBoundary.Nearest },
        new() { Type = FilterType.Wavelet, Wavelet = "coif1" },
        new() { Type = FilterType.Wavelet, Wavelet = "db2", Level = 2, Bands = ["LLH"], RotationInvariance = RotationInvariance.Max },
        new() { Type = FilterType.Wavelet, Wavelet = "haar", Bands = ["LLL", "HHL"], RotationInvariance = RotationInvariance.Average },
        new() { Type = FilterType.Gradient },
        new() { Type = FilterType.Mean, Support = 3 },
        new() { Type = FilterType.Simoncelli, Level = 1 },
        new() { Type = FilterType.Log, Sigma = 1.5, RieszOrder = [1, 0, 0] },
        new() { Type = FilterType.Laws, Kernels = "E5L5S5", RotationInvariance = RotationInvariance.Min },
        new() { Type = FilterType.Laws, Kernels = "L5E5E5", EnergyDistance = 2, RotationInvariance = RotationInvariance.Max },
    ];

    private static readonly FilterSettings[] OfOneVoxel =
        [new() { Type = FilterType.Square }, new() { Type = FilterType.SquareRoot }, new() { Type = FilterType.Logarithm }];

    public static TheoryData<string> Chains => [.. AllChains.Keys];

    private static Dictionary<string, ExtractionSettings> AllChains => new()
    {
        ["plain"] = Ibsi,
        ["filters"] = Ibsi with { Filters = [.. Linear, .. OfOneVoxel] },
        ["linear"] = Ibsi with { Resampling = new() { Method = InterpolationMethod.Linear, Spacing = new(1.5, 1.5, 1.5) }, Rounding = IntensityRounding.NearestInteger },
        ["spline"] = Ibsi with { Resampling = new() { Method = InterpolationMethod.CubicSpline, Spacing = new(1.5, 1.5, 1.5) } },
        ["smoothed"] = Ibsi with { Resampling = new() { Method = InterpolationMethod.Linear, Spacing = new(2.5, 2.5, 2.5), AntiAliasing = 0.98 } },
        ["zScore"] = Ibsi with { Normalisation = new() { Method = NormalisationMethod.ZScoreImage, Scale = 100, ClipSigma = 1.5 } },
        ["percentiles"] = Ibsi with { Normalisation = new() { Method = NormalisationMethod.PercentileClip, LowerPercentile = 5, UpperPercentile = 95, Scale = 100 }, IntensityVolumeHistogram = new() { Method = DiscretisationMethod.FixedBinNumber, Bins = 100 } },
        ["outliers"] = Ibsi with { ReSegmentation = new() { OutlierSigma = 1.2 }, WholeImageDiagnostics = true },
        ["volumeHistogram"] = Ibsi with { IntensityVolumeHistogram = new() { Method = DiscretisationMethod.FixedBinNumber, Bins = 100 } },
        ["pyRadiomics"] = PyRadiomicsCase.Settings(25) with
        {
            Filters = [Linear[0], new() { Type = FilterType.Wavelet, Wavelet = "coif1" }, Linear[5], .. OfOneVoxel],
        },
        ["pyRadiomicsResampled"] = PyRadiomicsCase.Settings(25) with
        {
            Resampling = new()
            {
                Method = InterpolationMethod.CubicSpline,
                Spacing = new(1.5, 1.5, 1.5),
                RoiMethod = InterpolationMethod.Nearest,
                Alignment = GridAlignment.Origin,
            },
            Normalisation = new() { Method = NormalisationMethod.ZScoreImage, Scale = 100 },
        },
    };

    [Theory]
    [InlineData(0)]
    [InlineData((1L << 53) - 300)]
    [InlineData(-(1L << 53) + 5)]
    public void Moments_of_whole_numbers_far_from_0_are_those_of_their_distances(long far)
    {
        var values = Enumerable.Range(0, 1000).Select(i => i * i % 211).Order().ToArray();
        var mean = values.Average();
        var expected = values.Average(v => (v - mean) * (v - mean));
        double[] moved = [.. values.Select(v => (double)(far + v))];
        var moments = IntensityMoments.Of(moved);
        Assert.Equal(expected, moments.Variance, 1e-9);
        Assert.Equal(values.Average(v => Math.Abs(v - mean)), moments.MeanAbsoluteDeviation, 1e-9);
        Assert.Equal(far + mean, moments.Mean, far == 0 ? 1e-9 : 1);
        Assert.Equal(far + values[^1], moments.Maximum);
        Assert.Equal(far + mean, IntensitySummary.Of(moved, 1).Mean, far == 0 ? 1e-9 : 1);
        Assert.Equal(expected, IntensitySummary.Of(moved, 1).Squares / values.Length, far == 0 ? 1e-9 : 1);
    }

    [Theory]
    [MemberData(nameof(Chains))]
    public void Doubles_that_floats_would_hold_give_the_features_of_floats(string chain)
    {
        var floats = Case.Random(Geometry);
        var doubles = new Volume(Geometry, Array.ConvertAll(floats.Voxels, v => (double)v), PixelType.Float64);
        Assert.NotNull(doubles.Doubles);

        var expected = FeatureExtractor.Extract(floats, Roi, AllChains[chain]);
        var actual = FeatureExtractor.Extract(doubles, Roi, AllChains[chain]);

        AssertSame(expected.Features, actual.Features, 2e-4);
        Assert.Equal(expected.Diagnostics.Keys, actual.Diagnostics.Keys);
        Assert.All(expected.Diagnostics, check => Assert.Equal(check.Value, actual.Diagnostics[check.Key], 1e-5 * (1 + Math.Abs(check.Value))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Far_from_zero_statistics_are_shifted_and_textures_are_what_they_were(int seed)
    {
        var (near, far) = Shifted(seed);
        foreach (var discretisation in (DiscretisationSettings[])
            [Ibsi.Discretisation, new() { Method = DiscretisationMethod.FixedBinSize, BinSize = 1, Origin = BinOrigin.Minimum }, new() { Method = DiscretisationMethod.FixedBinSize, BinSize = 64, Origin = BinOrigin.Zero }])
        {
            var settings = Ibsi with { Discretisation = discretisation, Resampling = new() { Method = InterpolationMethod.Linear, Spacing = new(1, 1.25, 1) } };
            var (before, after) = (FeatureExtractor.Extract(near, Roi, settings).Features, FeatureExtractor.Extract(far, Roi, settings).Features);
            foreach (var tag in (string[])["stat_min", "stat_max", "stat_median", "stat_p10", "stat_p90"])
            {
                Assert.Equal(before[tag] + Far, after[tag]);
            }

            foreach (var tag in (string[])["stat_mean", "loc_peak_glob", "loc_peak_loc"])
            {
                Assert.Equal(before[tag]!.Value + Far, after[tag]!.Value, 1e-6);
            }

            string[] moved = ["stat_mean", "stat_median", "stat_min", "stat_max", "stat_p10", "stat_p90", "stat_cov", "stat_qcod", "stat_energy", "stat_rms", "loc_", "ivh_i", "morph_com", "morph_integ"];
            AssertSame(before.Where(f => !moved.Any(f.Key.StartsWith)).ToDictionary(), after, 1e-6);
        }
    }

    [Fact]
    public void Far_from_zero_filters_answer_what_they_answered()
    {
        var (near, far) = Shifted(5);
        foreach (var (settings, families) in (IEnumerable<(ExtractionSettings, string[])>)
            [
                (Ibsi with { Filters = Linear, Families = [FeatureFamily.Statistics, FeatureFamily.Glcm] }, ["stat_var", "cm_contrast_3D_comb", "stat_iqr"]),
                (PyRadiomicsCase.Settings(25) with { Filters = [Linear[0], Linear[5]] }, ["firstorder_Variance", "firstorder_Range"]),
            ])
        {
            var (before, after) = (FeatureExtractor.Extract(near, Roi, settings).Features, FeatureExtractor.Extract(far, Roi, settings).Features);
            AssertSame(before.Where(f => families.Any(f.Key.EndsWith)).ToDictionary(), after, 2e-4);
        }
    }

    [Fact]
    public void Whole_numbers_far_from_zero_have_one_bin_each_with_PyRadiomics_conventions()
    {
        var (near, far) = Shifted(6);
        var settings = PyRadiomicsCase.Settings(1) with { Families = [FeatureFamily.Statistics, FeatureFamily.Glcm, FeatureFamily.Glszm] };
        var (before, after) = (FeatureExtractor.Extract(near, Roi, settings).Features, FeatureExtractor.Extract(far, Roi, settings).Features);
        foreach (var tag in (string[])["original_firstorder_Entropy", "original_firstorder_Variance", "original_glcm_Contrast", "original_glszm_ZonePercentage"])
        {
            Assert.Equal(before[tag]!.Value, after[tag]!.Value, 1e-9 * Math.Abs(before[tag]!.Value));
        }
    }

    [Fact]
    public void Squares_of_doubles_keep_what_floats_would_round()
    {
        var image = Volume.Of(Geometry, [.. Enumerable.Range(0, Geometry.Count).Select(n => 100_000_001.0 + n % 7)]);
        var settings = Ibsi with { Filters = [OfOneVoxel[0]], MeasureOriginal = false, Families = [FeatureFamily.Statistics] };
        var features = FeatureExtractor.Extract(image, Roi, settings).Features;
        Assert.Equal(100_000_007.0 * 100_000_007, features["square__stat_max"]!.Value, 4.0);
        Assert.Equal(100_000_001.0 * 100_000_001, features["square__stat_min"]!.Value, 4.0);
    }

    [Fact]
    public void A_value_that_rounding_keeps_from_an_edge_of_its_bin_is_on_the_edge()
    {
        // 0.1 + 0.2 and 0.3, of which one is a bit more and one is a bit less than three tenths.
        Intensities values = (double[])[0.1, 0.2, 0.3, 0.1 + 0.2, 0.1 * 7, 0.7999999999999999, 0.8];
        foreach (var origin in (BinOrigin[])[BinOrigin.Minimum, BinOrigin.Zero])
        {
            var levels = new GreyLevels(values, new() { Method = DiscretisationMethod.FixedBinSize, BinSize = 0.1, Origin = origin }, null);
            Assert.Equal([1, 2, 3, 3, 7, 8, 8], values.Select(value => levels.LevelOf(value)));
        }

        var number = new GreyLevels(values, new() { Method = DiscretisationMethod.FixedBinNumber, Bins = 7 }, null);
        Assert.Equal([1, 2, 3, 3, 7, 7, 7], values.Select(value => number.LevelOf(value)));
    }

    [Fact]
    public void Perturbations_keep_doubles()
    {
        var (near, far) = Shifted(7);
        var motion = new Perturbation { Name = "moved", Translation = new(0.3, -0.2, 0.4), Rotation = 3, Noise = 1 };
        var (before, _) = Perturbations.Apply(near, Roi, motion, seed: 1);
        var (after, _) = Perturbations.Apply(far, Roi, motion, seed: 1);
        for (var n = 0; n < before.Voxels.Length; n++)
        {
            Assert.Equal(before[n] + Far, after[n], 1e-3);
        }

        Assert.Equal(NoiseEstimate.Of(near, Roi), NoiseEstimate.Of(far, Roi), 1e-9);
    }

    [Fact]
    public void A_filter_of_single_precision_is_refused_where_it_would_round_intensities_visibly()
    {
        var filter = new FilterSettings { Type = FilterType.Gabor, Sigma = 3, Wavelength = 3, Gamma = 1, Theta = 0 };
        var settings = Ibsi with { Filters = [filter], Families = [FeatureFamily.Statistics] };
        Case.AssertCode("IntensityPrecisionExceeded", () => FeatureExtractor.Extract(Shifted(8).Far, Roi, settings));

        // Decimal fractions near zero are rounded by far less.
        var fine = Volume.Of(Geometry, [.. Case.Random(Geometry).Voxels.Select(v => v * 0.1)]);
        Assert.NotNull(fine.Doubles);
        Assert.NotEmpty(FeatureExtractor.Extract(fine, Roi, settings).Features);
    }

    [Fact]
    public void Floats_of_a_double_image_cannot_be_had_by_accident()
    {
        Assert.Throws<InvalidOperationException>(() => Shifted(1).Far.Voxels);
        Assert.Null(Volume.Of(Geometry, new double[Geometry.Count]).Doubles);
    }

    private static (Volume Near, Volume Far) Shifted(int seed)
    {
        var near = Case.Random(Geometry, seed);
        return (near, Volume.Of(Geometry, Array.ConvertAll(near.Voxels, v => (double)v + Far)));
    }

    private static void AssertSame(IReadOnlyDictionary<string, double?> expected, IReadOnlyDictionary<string, double?> actual, double tolerance)
    {
        Assert.NotEmpty(expected);
        foreach (var (tag, value) in expected)
        {
            Assert.True(
                value is null ? actual[tag] is null : Math.Abs(value.Value - actual[tag]!.Value) <= tolerance * (1e-2 + Math.Abs(value.Value)),
                $"{tag}: {value} and {actual[tag]}");
        }
    }
}
