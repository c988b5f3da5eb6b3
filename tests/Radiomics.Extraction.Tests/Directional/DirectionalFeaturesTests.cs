namespace Radiomics.Extraction.Tests;

/// <summary>Features of directional matrices: against the definitions written out, and where an ROI hardly has a texture.</summary>
public class DirectionalFeaturesTests
{
    private static readonly TextureSettings All = new() { Aggregations = Enum.GetValues<Aggregation>() };

    public static TheoryData<bool, int, DistanceWeighting> Variants() => new()
    {
        { true, 1, DistanceWeighting.None },
        { false, 1, DistanceWeighting.None },
        { true, 2, DistanceWeighting.None },
        { true, 1, DistanceWeighting.Euclidean },
        { false, 1, DistanceWeighting.Manhattan },
        { true, 2, DistanceWeighting.Infinity },
    };

    [Theory]
    [MemberData(nameof(Variants))]
    public void Every_aggregation_is_what_the_definitions_give(bool symmetric, int distance, DistanceWeighting weighting)
    {
        (int X, int Y, int Z) size = (7, 6, 5);
        var spacing = (0.5, 0.75, 1.25);
        var settings = All with { SymmetricCooccurrence = symmetric, CooccurrenceDistance = distance, DistanceWeighting = weighting };
        var levels = LevelGrids.Random(size, 5, seed: 3);
        // A slice with a single voxel has no pair.
        Array.Clear(levels, 0, size.X * size.Y);
        levels[10] = 5;
        var naive = new NaiveTexture(size, levels, spacing, settings);
        var computed = Measure(LevelGrids.Of(size, levels, padding: 2, spacing), settings).Values;
        var expected =
            from aggregation in All.Aggregations
            from runLength in new[] { false, true }
            from feature in naive.Measure(aggregation, runLength)
            select (Tag: feature.Key + Endings[aggregation], feature.Value);
        Assert.Equal(computed.Keys, expected.Select(e => e.Tag).Order(StringComparer.Ordinal));
        Assert.All(expected, e => Assert.Equal(e.Value, computed[e.Tag]!.Value, Math.Max(1e-10, Math.Abs(e.Value) * 1e-10)));
    }

    [Fact]
    public void More_levels_than_dense_matrices_hold_are_measured_by_the_definitions_too()
    {
        (int X, int Y, int Z) size = (9, 8, 6);
        var levels = LevelGrids.Random(size, 800, seed: 4);
        var naive = new NaiveTexture(size, levels, (1, 1, 1), All);
        var grid = LevelGrids.Of(size, levels);
        Assert.True(grid.Levels.Length > 200);
        var computed = Measure(grid, All).Values;
        Assert.All(
            naive.Measure(Aggregation.Averaged3D, runLength: false),
            e => Assert.Equal(e.Value, computed[e.Key + "_3D_avg"]!.Value, Math.Max(1e-10, Math.Abs(e.Value) * 1e-10)));
    }

    [Fact]
    public void One_voxel_has_no_pair_but_a_run()
    {
        var features = Measure(LevelGrids.Of((1, 1, 1), [3]), All);
        Assert.All(features.Values, f => Assert.Equal(f.Key.StartsWith("cm_", StringComparison.Ordinal), f.Value is null));
        Assert.Equal(25 * 6, features.Undefined.Count);
        Assert.Contains("no two voxels", features.Undefined["cm_contrast_3D_comb"], StringComparison.Ordinal);
        Assert.Equal(1, features.Values["rlm_sre_3D_comb"]);
        Assert.Equal(1, features.Values["rlm_r_perc_2D_avg"]);
        Assert.Equal(0, features.Values["rlm_rl_entr_3D_avg"]);
    }

    [Fact]
    public void A_line_along_z_has_pairs_in_3D_only()
    {
        var features = Measure(LevelGrids.Of((1, 1, 4), [1, 2, 1, 2]), All).Values;
        Assert.All(features.Where(f => f.Key.StartsWith("cm_", StringComparison.Ordinal)), f => Assert.Equal(f.Key.Contains("3D", StringComparison.Ordinal), f.Value is not null));
        Assert.Equal(1, features["cm_contrast_3D_avg"]);
        Assert.Equal(-1, features["cm_corr_3D_comb"]!.Value, 12);
    }

    [Fact]
    public void One_grey_level_has_correlation_one_and_no_information()
    {
        var levels = new int[60];
        Array.Fill(levels, 7);
        var features = Measure(LevelGrids.Of((5, 4, 3), levels), All).Values;
        Assert.All(features.Values, v => Assert.NotNull(v));
        foreach (var ending in Endings.Values)
        {
            Assert.Equal(1, features["cm_corr" + ending]);
            Assert.Equal(0, features["cm_info_corr1" + ending]);
            Assert.Equal(0, features["cm_info_corr2" + ending]);
            Assert.Equal(0, features["cm_joint_entr" + ending]);
            Assert.Equal(1, features["cm_joint_max" + ending]);
            Assert.Equal(49, features["cm_auto_corr" + ending]);
        }
    }

    /// <summary>Weighted counts of one level, which no longer are whole numbers, must not leave a rounding error divided by another.</summary>
    [Fact]
    public void One_grey_level_has_no_information_with_weights_either()
    {
        var levels = new int[60];
        Array.Fill(levels, 7);
        var grid = LevelGrids.Of((5, 4, 3), levels, spacing: (0.3, 0.7, 1.1));
        var features = Measure(grid, All with { DistanceWeighting = DistanceWeighting.Euclidean }).Values;
        Assert.Equal(1, features["cm_corr_3D_comb"]);
        Assert.Equal(0, features["cm_info_corr1_3D_comb"]);
        Assert.Equal(0, features["cm_info_corr2_3D_comb"]);
    }

    [Fact]
    public void Steps_of_many_millimetres_keep_their_relative_weights()
    {
        var levels = LevelGrids.Random((6, 5, 4), 4, seed: 8);
        var settings = All with { DistanceWeighting = DistanceWeighting.Infinity };
        var near = Measure(LevelGrids.Of((6, 5, 4), levels), settings).Values;
        var far = Measure(LevelGrids.Of((6, 5, 4), levels, spacing: (50, 50, 50)), settings).Values;
        // By this norm all steps between cubic voxels are as long, so the weights cancel.
        Assert.All(near.Where(f => f.Key.StartsWith("cm_", StringComparison.Ordinal)), f => Assert.Equal(f.Value!.Value, far[f.Key]!.Value, 12));
    }

    [Fact]
    public void Only_the_aggregations_asked_for_are_reported()
    {
        var features = Measure(LevelGrids.Phantom(), new() { Aggregations = [Aggregation.Merged2Point5D] });
        Assert.Equal(25 + 16, features.Values.Count);
        Assert.All(features.Values.Keys, tag => Assert.EndsWith("_2_5D_comb", tag, StringComparison.Ordinal));
    }

    [Fact]
    public void An_ROI_up_to_the_images_border_is_measured_like_one_within()
    {
        var levels = LevelGrids.Random((5, 4, 3), 4, seed: 9);
        var inside = new int[9 * 8 * 7];
        for (var i = 0; i < levels.Length; i++)
        {
            inside[((2 + i / 20) * 8 + 2 + i / 5 % 4) * 9 + 2 + i % 5] = levels[i];
        }

        Assert.Equal(Measure(LevelGrids.Of((5, 4, 3), levels), All).Values, Measure(LevelGrids.Of((9, 8, 7), inside), All).Values);
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        var settings = ExtractionSettingsFile.Load("ibsi-digital") with { Families = [FeatureFamily.Glcm, FeatureFamily.Glrlm] };
        Assert.Equal(
            FeatureExtractor.Extract(DigitalPhantom.Image, DigitalPhantom.Roi, settings, new() { MaxThreads = 1 }).Features,
            FeatureExtractor.Extract(DigitalPhantom.Image, DigitalPhantom.Roi, settings, new() { MaxThreads = 8 }).Features);
    }

    private static readonly Dictionary<Aggregation, string> Endings = new()
    {
        [Aggregation.Averaged2D] = "_2D_avg",
        [Aggregation.Merged2D] = "_2D_comb",
        [Aggregation.Averaged2Point5D] = "_2_5D_avg",
        [Aggregation.Merged2Point5D] = "_2_5D_comb",
        [Aggregation.Averaged3D] = "_3D_avg",
        [Aggregation.Merged3D] = "_3D_comb",
    };

    private static FeatureSink Measure(GreyLevelGrid grid, TextureSettings settings)
    {
        var features = new FeatureSink();
        CooccurrenceFeatures.Add(grid, settings, features);
        RunLengthFeatures.Add(grid, settings, features);
        return features;
    }
}
