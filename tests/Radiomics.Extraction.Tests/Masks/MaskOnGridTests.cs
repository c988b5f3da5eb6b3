namespace Radiomics.Extraction.Tests.Masks;

public class MaskOnGridTests
{
    private static readonly VolumeGeometry Grid = Oblique(5, 4, 3);

    public static TheoryData<int, int> Orders()
    {
        var orders = new TheoryData<int, int>();
        for (var permutation = 0; permutation < 6; permutation++)
        {
            for (var flips = 0; flips < 8; flips++)
            {
                orders.Add(permutation, flips);
            }
        }

        return orders;
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void A_mask_stored_in_any_order_of_the_same_voxels_comes_back_voxel_by_voxel(int permutation, int flips)
    {
        var mask = Pattern(Grid);
        var stored = Stored(mask, permutation, flips);
        var read = stored.Reindexed(Grid);
        Assert.NotNull(read);
        Assert.Equal(mask.Voxels, read.Voxels);
        Assert.Equal(Grid, read.Geometry);
        Assert.Equal(mask.Voxels, stored.ResampledOnto(Grid).Voxels);
    }

    [Fact]
    public void Features_of_a_mask_in_another_order_are_those_of_the_mask()
    {
        var grid = Oblique(9, 8, 7);
        var mask = Pattern(grid);
        var image = new Volume(grid, [.. Enumerable.Range(0, grid.Count).Select(i => (float)(i * 37 % 101))]);
        foreach (var settings in (ExtractionSettings[])[Statistics, PyRadiomicsDefaults.Settings])
        {
            var expected = FeatureExtractor.Extract(image, mask, settings);
            var flipped = FeatureExtractor.Extract(image, Stored(mask, 4, 5), settings);
            Assert.Equal(expected.Features, flipped.Features);
            Assert.Equal(expected.Diagnostics, flipped.Diagnostics);
        }
    }

    [Fact]
    public void A_mask_in_the_same_order_is_not_copied()
    {
        var mask = Pattern(Grid);
        Assert.Same(mask, mask.Reindexed(Grid with { Origin = Grid.Origin + new Point3(0.001, 0, 0) }));
    }

    [Fact]
    public void A_plane_of_one_slice_is_found_whichever_way_its_normal_points()
    {
        var plane = Oblique(4, 3, 1);
        var mask = Pattern(plane);
        Assert.Equal(mask.Voxels, new Mask(plane with { DirectionZ = plane.DirectionZ * -1, SpacingZ = 7 }, mask.Voxels).Reindexed(plane)!.Voxels);
    }

    [Fact]
    public void A_mask_on_another_grid_has_no_order_of_it()
    {
        var mask = Pattern(Grid);
        Assert.Null(new Mask(Grid with { SpacingX = 1.1 }, mask.Voxels).Reindexed(Grid));
        Assert.Null(new Mask(Grid with { Origin = Grid.Origin + new Point3(0, 0.02, 0) }, mask.Voxels).Reindexed(Grid));
        Assert.Null(Pattern(Oblique(5, 4, 4)).Reindexed(Grid));
    }

    [Fact]
    public void A_mismatch_tells_the_corner_the_distance_and_the_option_that_helps()
    {
        var image = new Volume(Grid, new float[Grid.Count]);
        var error = Assert.Throws<RadiomicsException>(() =>
            FeatureExtractor.Extract(image, new Mask(Grid with { SpacingX = Grid.SpacingX + 0.25 }, Pattern(Grid).Voxels), Statistics));
        Assert.Equal("GridMismatch", error.Code);
        Assert.Contains("at the image's corner (4, 0, 0) they lie 1 mm apart, and 0.01 mm are allowed", error.Detail, StringComparison.Ordinal);
        Assert.Contains("--resample-mask", error.Detail, StringComparison.Ordinal);
        Assert.Contains("correctMask", error.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mismatch_of_a_flipped_grid_measures_the_corners_that_belong_together()
    {
        var moved = Stored(Pattern(Grid), 3, 6);
        moved = new(moved.Geometry with { Origin = moved.Geometry.Origin + new Point3(0, 0, 3) }, moved.Voxels);
        var error = Assert.Throws<RadiomicsException>(() => FeatureExtractor.Extract(new(Grid, new float[Grid.Count]), moved, Statistics));
        Assert.Contains("they lie 3 mm apart", error.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("voxels", error.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mismatch_of_size_tells_both_sizes()
    {
        var image = new Volume(Grid, new float[Grid.Count]);
        var error = Assert.Throws<RadiomicsException>(() => FeatureExtractor.Extract(image, Pattern(Oblique(5, 4, 2)), Statistics));
        Assert.Contains("the image has 5 × 4 × 3 voxels, the ROI 5 × 4 × 2", error.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void On_another_grid_a_voxel_is_what_the_mask_is_at_its_center()
    {
        var mask = Pattern(Oblique(6, 5, 4));
        foreach (var grid in (VolumeGeometry[])
            [
                mask.Geometry with { SizeX = 13, SizeY = 11, SpacingX = 0.6, SpacingY = 0.7, Origin = mask.Geometry.Origin + new Point3(-0.9, 0.2, 0.3) },
                new() { SizeX = 9, SizeY = 12, SizeZ = 10, SpacingX = 1.3, SpacingY = 1, SpacingZ = 1.9, Origin = mask.Geometry.Origin + new Point3(-6, -4, -5) },
            ])
        {
            var resampled = mask.ResampledOnto(grid);
            for (var index = 0; index < grid.Count; index++)
            {
                var center = grid.ToPatient(index % grid.SizeX, index / grid.SizeX % grid.SizeY, index / (grid.SizeX * grid.SizeY));
                Assert.Equal(NearestOf(mask, center), resampled.Voxels[index]);
            }

            Assert.NotEqual(0, resampled.CountInside());
        }
    }

    [Fact]
    public void A_mask_that_lies_elsewhere_leaves_nothing()
    {
        var mask = Pattern(Grid);
        Assert.Equal(0, mask.ResampledOnto(Grid with { Origin = new(1000, 0, 0) }).CountInside());
        Assert.Equal(0, new Mask(Grid, new byte[Grid.Count]).ResampledOnto(Oblique(9, 9, 9)).CountInside());
    }

    private static ExtractionSettings Statistics { get; } = new() { Name = "statistics", Discretisation = new() { Bins = 8, Method = DiscretisationMethod.FixedBinNumber }, Families = [FeatureFamily.Statistics, FeatureFamily.Glcm] };

    /// <summary>The nearest of all voxel centers, by looking at each.</summary>
    private static byte NearestOf(Mask mask, Point3 position)
    {
        var g = mask.Geometry;
        var at = g.ToIndex(position);
        if (at.X < -0.5 || at.Y < -0.5 || at.Z < -0.5 || at.X >= g.SizeX - 0.5 || at.Y >= g.SizeY - 0.5 || at.Z >= g.SizeZ - 0.5)
        {
            return 0;
        }

        var (best, nearest) = ((byte)0, double.MaxValue);
        for (var index = 0; index < g.Count; index++)
        {
            var center = new Point3(index % g.SizeX, index / g.SizeX % g.SizeY, index / (g.SizeX * g.SizeY));
            if ((center - at).Length is var distance && distance < nearest)
            {
                (best, nearest) = (mask.Voxels[index], distance);
            }
        }

        return best;
    }

    private static Mask Pattern(VolumeGeometry grid) => new(grid, [.. Enumerable.Range(0, grid.Count).Select(i => (byte)((i * i + i / 3) % 7 < 3 ? 1 : 0))]);

    /// <summary>The same region as a file may hold it: axes in another order, counted from the other end.</summary>
    private static Mask Stored(Mask mask, int permutation, int flips)
    {
        var g = mask.Geometry;
        int[] axes = ((int[][])[[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]])[permutation];
        int[] sizes = [g.SizeX, g.SizeY, g.SizeZ];
        double[] spacings = [g.SpacingX, g.SpacingY, g.SpacingZ];
        Point3[] directions = [g.DirectionX, g.DirectionY, g.DirectionZ];
        bool Flips(int t) => (flips >> t & 1) != 0;
        Point3 Direction(int t) => directions[axes[t]] * (Flips(t) ? -1 : 1);
        var last = new int[3];
        for (var t = 0; t < 3; t++)
        {
            last[axes[t]] = Flips(t) ? sizes[axes[t]] - 1 : 0;
        }

        var stored = new VolumeGeometry
        {
            SizeX = sizes[axes[0]],
            SizeY = sizes[axes[1]],
            SizeZ = sizes[axes[2]],
            SpacingX = spacings[axes[0]],
            SpacingY = spacings[axes[1]],
            SpacingZ = spacings[axes[2]],
            DirectionX = Direction(0),
            DirectionY = Direction(1),
            DirectionZ = Direction(2),
            Origin = g.ToPatient(last[0], last[1], last[2]),
        };
        var voxels = new byte[stored.Count];
        for (var index = 0; index < voxels.Length; index++)
        {
            var at = g.ToIndex(stored.ToPatient(index % stored.SizeX, index / stored.SizeX % stored.SizeY, index / (stored.SizeX * stored.SizeY)));
            voxels[index] = mask.Voxels[((int)Math.Round(at.Z) * g.SizeY + (int)Math.Round(at.Y)) * g.SizeX + (int)Math.Round(at.X)];
        }

        return new(stored, voxels);
    }

    private static VolumeGeometry Oblique(int x, int y, int z)
    {
        var (c, s) = (Math.Cos(0.3), Math.Sin(0.3));
        return new()
        {
            SizeX = x,
            SizeY = y,
            SizeZ = z,
            SpacingX = 1.5,
            SpacingY = 2,
            SpacingZ = 2.5,
            Origin = new(-12, 7, 3),
            DirectionX = new(c, s, 0),
            DirectionY = new(-s, c, 0),
            DirectionZ = new(0, 0, 1),
        };
    }
}
