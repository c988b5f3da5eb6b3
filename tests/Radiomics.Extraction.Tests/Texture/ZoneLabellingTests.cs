namespace Radiomics.Extraction.Tests;

public class ZoneLabellingTests
{
    [Fact]
    public void A_spiral_is_one_zone()
    {
        string[] rows =
        [
            "1111111111",
            "2222222221",
            "1111111121",
            "1222222121",
            "1211112121",
            "1212212121",
            "1212112121",
            "1212222121",
            "1211111121",
            "1222222221",
            "1111111111",
        ];
        var ones = string.Concat(rows).Count(c => c == '1');
        Assert.Equal([(1, ones), (2, 110 - ones)], Zones(rows));
    }

    [Fact]
    public void Teeth_of_a_comb_are_joined_by_the_last_row() =>
        Assert.Equal([(1, 6 * 3 + 11), (2, 3), (2, 3), (2, 3), (2, 3), (2, 3)], Zones("12121212121", "12121212121", "12121212121", "11111111111"));

    [Fact]
    public void Nested_teeth_are_joined_in_any_order() =>
        Assert.Equal([(1, 3), (1, 3), (1, 19), (2, 15), (3, 3)], Zones("121.3.121", "121.3.121", "121.3.121", "12.....21", "122222221", "111111111").Order());

    [Fact]
    public void A_checkerboard_is_two_zones_linked_by_corners() => Assert.Equal([(1, 8), (2, 8)], Zones("1212", "2121", "1212", "2121"));

    [Fact]
    public void Corners_link_only_across_touching_slices()
    {
        int[] levels = [1, 0, 0, 0, /**/ 0, 0, 0, 1, /**/ 1, 0, 0, 0, /**/ 0, 0, 0, 0, /**/ 0, 0, 0, 1];
        var image = new LevelImage(2, 2, 5, levels);
        var measured = image.Measured(LevelImage.AllModes);
        Assert.Equal([3, 1], measured.Zones.Sizes.Columns);
        Assert.Equal([1, 1, 1, 1], measured.SliceZones.Sizes.Columns);
        Assert.Equal([1, 1, 1, 1], measured.SliceZones.Sizes.VoxelCounts);
        Assert.Equal([0, 1, 2, 3, 4], measured.SliceZones.Sizes.Starts);
    }

    [Fact]
    public void A_snake_through_all_slices_is_one_zone()
    {
        const int Size = 9;
        var levels = new int[Size * Size * Size];
        for (var z = 0; z < Size; z++)
        {
            for (var y = 0; y < Size; y++)
            {
                for (var x = 0; x < Size; x++)
                {
                    // Even slices hold a snake of every second row; odd ones pass it on at the corner where it ends.
                    var snake = y % 2 == 0 || x == (y % 4 == 1 ? Size - 1 : 0);
                    var passage = y == (z % 4 == 1 ? Size - 1 : 0) && x == (z % 4 == 1 ? Size - 1 : 0);
                    levels[(z * Size + y) * Size + x] = (z % 2 == 0 ? snake : passage) ? 1 : 2;
                }
            }
        }

        var zones = new LevelImage(Size, Size, Size, levels).Measured(LevelImage.AllModes).Zones.Sizes;
        Assert.Equal(1, zones.Ranks.Count(rank => rank == 1));
        Assert.Equal(levels.Count(level => level == 1), zones.Columns[Array.IndexOf(zones.Ranks, (ushort)1)]);
    }

    [Fact]
    public void Distances_are_those_of_a_search_step_by_step()
    {
        var image = LevelImage.Random(9, 23, 12, 9, 0.97, 1, LevelImage.MorphologicalOnly);
        var literal = new LiteralTexture(image, LevelImage.AllModes);
        var roi = image.Measured(LevelImage.AllModes).Roi;
        var box = roi.Morphological.Box;
        Assert.Equal(image.Levels.Length, box.Count);
        for (var i = 0; i < box.Count; i++)
        {
            var voxel = (i % box.SizeX, i / box.SizeX % box.SizeY, i / box.SizeX / box.SizeY);
            Assert.Equal(literal.BorderDistance(voxel, inSlice: false), roi.BorderDistances.InVolume[i]);
            Assert.Equal(literal.BorderDistance(voxel, inSlice: true), roi.BorderDistances.InSlices[i]);
        }
    }

    [Fact]
    public void The_middle_of_a_cube_is_as_deep_as_half_of_its_side()
    {
        var distances = new LevelImage(7, 7, 7, [.. Enumerable.Repeat(1, 343)]).Measured(LevelImage.AllModes).Roi.BorderDistances;
        Assert.Equal(4, distances.InVolume.Max());
        Assert.Equal(4, distances.InVolume[171]);
    }

    [Fact]
    public void Zones_have_distances_only_if_they_are_asked_for()
    {
        var image = LevelImage.Draw("11").Measured(LevelImage.AllModes);
        var settings = image.Settings with { Families = [FeatureFamily.Glszm] };
        Assert.NotNull(image.Zones.Distances);
        Assert.Null(new MeasuredImage(image.Roi, image.Intensities, image.Sorted, settings).Zones.Distances);
    }

    private static (int Level, int Size)[] Zones(params string[] rows)
    {
        var measured = LevelImage.Draw(rows).Measured(LevelImage.AllModes);
        var zones = measured.Zones.Sizes;
        Assert.Equal(zones.Columns, measured.SliceZones.Sizes.Columns);
        return [.. zones.Ranks.Select((rank, i) => (zones.Levels[rank - 1], zones.Columns[i]))];
    }
}
