namespace Radiomics.Extraction.Tests;

/// <summary>The engine's texture features against the manual's formulas taken literally.</summary>
public class LiteralTextureTests
{
    public static IEnumerable<TheoryDataRow<int, int, int, int>> Random() =>
        from seed in Enumerable.Range(1, 4)
        from distance in new[] { 1, 2 }
        from coarseness in new[] { 0, 1, 2 }
        select new TheoryDataRow<int, int, int, int>(seed, distance, 3 - distance, coarseness);

    [Theory]
    [MemberData(nameof(Random))]
    public void Random_levels_give_the_features_of_the_definitions(int seed, int distance, int neighbourhood, int coarseness)
    {
        var settings = LevelImage.AllModes with { DependenceDistance = distance, NeighbourhoodDistance = neighbourhood, DependenceCoarseness = coarseness };
        AssertAsDefined(LevelImage.Random(seed, 11 + 2 * seed, 6, 5, 0.7, 2, 3, 5, 6, 9), settings);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_morphological_mask_that_is_larger_than_the_intensity_mask_only_moves_the_border(int seed) =>
        AssertAsDefined(LevelImage.Random(seed, 9, 8, 6, 0.95, 1, 2, 2, LevelImage.MorphologicalOnly), LevelImage.AllModes);

    [Fact]
    public void A_few_large_zones_give_the_features_of_the_definitions() => AssertAsDefined(LevelImage.Random(5, 20, 9, 7, 1, 3, 3, 3, 4), LevelImage.AllModes);

    [Fact]
    public void Slices_without_voxels_are_left_out()
    {
        var levels = LevelImage.Random(3, 6, 5, 5, 0.8, 1, 2, 4).Levels;
        levels.AsSpan(30, 30).Clear();
        levels.AsSpan(90, 30).Clear();
        AssertAsDefined(new(6, 5, 5, levels), LevelImage.AllModes);
    }

    [Fact]
    public void Intensity_slices_that_re_segmentation_empties_are_left_out()
    {
        var levels = LevelImage.Random(4, 6, 5, 3, 1, 1, 2, 4).Levels;
        levels.AsSpan(30, 30).Fill(LevelImage.MorphologicalOnly);
        AssertAsDefined(new(6, 5, 3, levels), LevelImage.AllModes);
    }

    [Theory]
    [InlineData("3")]
    [InlineData("33333")]
    [InlineData("3", "3", "3")]
    [InlineData("1234567")]
    [InlineData("3.3.3", ".....", "5.5.5")]
    [InlineData("77777", "77777")]
    [InlineData("211")]
    public void A_degenerate_region_gives_the_features_of_the_definitions(params string[] rows) => AssertAsDefined(LevelImage.Draw(rows), LevelImage.AllModes);

    [Fact]
    public void A_voxel_alone_has_no_tone_difference()
    {
        var result = LevelImage.Draw("3").Extract(LevelImage.AllModes);
        Assert.Null(result.Features["ngt_coarseness_3D"]);
        Assert.Contains("neighbour", result.Undefined["ngt_coarseness_3D"], StringComparison.Ordinal);
        Assert.Equal(1, result.Features["szm_sze_3D"]);
        Assert.Equal(1, result.Features["ngl_dc_energy_2D"]);
    }

    [Fact]
    public void One_grey_level_has_the_limits_that_the_manual_sets()
    {
        var features = LevelImage.Draw("44", "44").Extract(LevelImage.AllModes).Features;
        Assert.Equal(1e6, features["ngt_coarseness_3D"]);
        Assert.Equal(0, features["ngt_contrast_3D"]);
        Assert.Equal(0, features["ngt_busyness_3D"]);
        Assert.Equal(0, features["ngt_complexity_3D"]);
        Assert.Equal(0, features["ngt_strength_3D"]);
    }

    [Fact]
    public void As_many_grey_levels_as_there_can_be_are_measured()
    {
        var image = new LevelImage(255, 257, 1, [.. Enumerable.Range(1, 65535)]);
        var features = image.Extract(LevelImage.AllModes with { DependenceCoarseness = 1, NeighbourhoodDistance = 2 }).Features;
        Assert.Equal(1, features["szm_sze_2D"]);
        Assert.Equal(1, features["szm_z_perc_3D"]);
        // Neighbours along a row are one level apart; rows begin and end with two voxels in all, the others have three.
        Assert.Equal((257 * (2 * 4 + 253 * 9)) / 65535.0, features["ngl_hde_3D"]!.Value, 1e-9);
        Assert.All(features.Values, value => Assert.NotNull(value));
    }

    private static void AssertAsDefined(LevelImage image, TextureSettings settings)
    {
        var expected = new LiteralTexture(image, settings).Features();
        var actual = image.Extract(settings).Features;
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys);
        Assert.All(expected, pair =>
        {
            var value = actual[pair.Key];
            Assert.True(
                value is null ? double.IsNaN(pair.Value) : Math.Abs(value.Value - pair.Value) <= 1e-10 * Math.Max(1, Math.Abs(pair.Value)),
                $"{pair.Key}: {value} instead of {pair.Value}");
        });
    }
}
