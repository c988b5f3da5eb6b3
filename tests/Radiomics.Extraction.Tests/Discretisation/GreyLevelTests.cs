namespace Radiomics.Extraction.Tests;

/// <summary>Grey levels of intensities, on the edges of levels most of all.</summary>
public class GreyLevelTests
{
    [Fact]
    public void Fixed_bin_numbers_divide_the_range_and_the_maximum_is_in_the_last()
    {
        var levels = new GreyLevels([0, 1, 2, 3, 4, 5, 6, 7, 8], FixedNumber(4), null);
        Assert.Equal(4, levels.Count);
        Assert.Equal([1, 1, 2, 2, 3, 3, 4, 4, 4], Levels(levels, 0, 1, 2, 3, 4, 5, 6, 7, 8));
        Assert.Equal([1, 2, 2], Levels(levels, MathF.BitDecrement(2), 2, MathF.BitIncrement(2)));
    }

    [Theory]
    [InlineData(7, 10)]
    [InlineData(49, 7)]
    [InlineData(1000, 64)]
    [InlineData(6, 3)]
    public void On_an_edge_the_upper_level_counts_however_the_width_is_rounded(int range, int bins)
    {
        var levels = new GreyLevels([0, range], FixedNumber(bins), null);
        for (var value = 0; value < range; value++)
        {
            Assert.Equal(value * bins / range + 1, levels.LevelOf(value));
        }

        Assert.Equal(bins, levels.LevelOf(range));
    }

    [Fact]
    public void No_multiple_lies_above_its_value_however_huge()
    {
        var random = new Random(1);
        for (var i = 0; i < 1000; i++)
        {
            double value = (float)((random.NextDouble() - 0.5) * 1e30);
            Assert.True(GreyLevels.MultipleBelow(value, 25.3) <= value);
        }

        Assert.Equal(-75, GreyLevels.MultipleBelow(-51, 25));
    }

    [Theory]
    [InlineData(BinOrigin.ReSegmentation, -500.0, 20, 24)]
    [InlineData(BinOrigin.ReSegmentation, null, 1, 5)]
    [InlineData(BinOrigin.Minimum, -500.0, 1, 5)]
    [InlineData(BinOrigin.Zero, -500.0, 1, 5)]
    public void Fixed_bin_sizes_begin_at_the_limit_the_minimum_or_a_multiple(BinOrigin origin, double? limit, int ofMinimum, int ofMaximum)
    {
        var levels = new GreyLevels([-20, 90], new() { Method = DiscretisationMethod.FixedBinSize, BinSize = 25, Origin = origin }, limit);
        Assert.Equal([ofMinimum, ofMaximum], Levels(levels, -20, 90));
        Assert.Equal(ofMaximum, levels.Count);

        // 0 is on an edge only of the multiples.
        Assert.Equal(origin == BinOrigin.Minimum || limit is null ? ofMinimum : ofMinimum + 1, levels.LevelOf(0));
    }

    [Fact]
    public void A_maximum_on_an_edge_opens_a_level_of_its_own()
    {
        var levels = new GreyLevels([0, 100], new() { Method = DiscretisationMethod.FixedBinSize, BinSize = 25 }, null);
        Assert.Equal(5, levels.Count);
        Assert.Equal([1, 1, 2, 5], Levels(levels, 0, 24.99f, 25, 100));
    }

    [Fact]
    public void One_intensity_is_one_level()
    {
        Assert.Equal([1], Levels(new([7], FixedNumber(32), null), 7));
        Assert.Equal([1], Levels(new([7], new() { Method = DiscretisationMethod.FixedBinSize, BinSize = 25 }, null), 7));
        Assert.Equal([7], Levels(new([7], new(), null), 7));
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-3f)]
    [InlineData(1.5f)]
    public void Without_discretisation_intensities_must_be_grey_levels(float value) =>
        Case.AssertCode("InvalidSettings", () => new GreyLevels([value, 4], new(), null));

    [Fact]
    public void More_levels_than_a_matrix_can_have_are_refused() => Case.AssertCode(
        "InvalidSettings", () => new GreyLevels([0, 1e9f], new() { Method = DiscretisationMethod.FixedBinSize, BinSize = 1 }, null));

    [Fact]
    public void A_grid_holds_ranks_of_the_levels_that_occur_within_the_mask_and_0_around()
    {
        var geometry = Case.Geometry(6, 5, 4);
        var image = Case.Image(geometry, (x, y, z) => 3 * x + 10 * y + 20 * z);
        var roi = Case.Roi(geometry, (x, y, z) => (x, y, z) is (1, 1, 1) or (3, 1, 1) or (4, 1, 1) or (1, 3, 2) or (2, 3, 2));
        var processed = Case.Process(image, roi, Case.Plain);
        var levels = new GreyLevels(processed.SortedIntensities, new() { Method = DiscretisationMethod.FixedBinSize, BinSize = 4, Origin = BinOrigin.Minimum }, null);
        var grid = GreyLevelGrid.Create(processed.Intensity, processed.Intensity.Intensities, levels, 2);

        // Intensities 33, 39, 42, 73, 76.
        Assert.Equal([1, 2, 3, 11], grid.Levels);
        Assert.Equal((5, 11, (4, 3, 2)), (grid.VoxelCount, grid.LevelCount, (grid.SizeX, grid.SizeY, grid.SizeZ)));
        Assert.Equal([1, 2, 3, 4, 4], new[] { (0, 0, 0), (2, 0, 0), (3, 0, 0), (0, 2, 1), (1, 2, 1) }.Select(v => (int)grid.Ranks[grid.IndexOf(v.Item1, v.Item2, v.Item3)]));
        Assert.Equal(14, grid.Ranks.Sum(r => r));
    }

    private static DiscretisationSettings FixedNumber(int bins) => new() { Method = DiscretisationMethod.FixedBinNumber, Bins = bins };

    private static int[] Levels(GreyLevels levels, params float[] values)
    {
        var many = new ushort[values.Length];
        levels.LevelsOf(values, many);
        int[] each = [.. values.Select(value => levels.LevelOf(value))];
        Assert.Equal(each, many.Select(l => (int)l));
        return each;
    }
}
