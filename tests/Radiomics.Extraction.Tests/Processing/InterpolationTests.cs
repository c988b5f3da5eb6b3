namespace Radiomics.Extraction.Tests;

/// <summary>Where interpolated voxels lie and what they are made of.</summary>
public class InterpolationTests
{
    private static readonly VolumeGeometry Geometry = Case.Geometry(11, 9, 7, 0.9, 1.2, 3);

    [Theory]
    [InlineData(2.0)]
    [InlineData(0.7)]
    public void Linear_interpolation_is_what_eight_neighbours_make_of_it(double spacing)
    {
        var image = Case.Random(Geometry);
        var grid = Case.Resample(image, new() { Method = InterpolationMethod.Linear, Spacing = spacing });
        Assert.Equal(VoxelBox.Whole(grid.GridSize), grid.Box);
        for (var i = 0; i < grid.Intensities.Length; i++)
        {
            var (x, y, z) = Position(grid, i);
            Assert.Equal(Trilinear(image.Voxels, x, y, z), grid.Intensities[i], 1e-3);
        }
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.25)]
    [InlineData(1.0)]
    public void An_interpolated_ROI_has_the_voxels_with_enough_of_it_inside(double threshold)
    {
        var roi = Case.Roi(Geometry, (x, y, z) => (x - 5) * (x - 5) + (y - 4) * (y - 4) + 3 * (z - 3) * (z - 3) < 13);
        var voxels = Array.ConvertAll(roi.Voxels, v => (float)v);
        var settings = Case.Plain with { Resampling = new() { Method = InterpolationMethod.Linear, Spacing = 1.1, RoiThreshold = threshold } };
        var grid = Case.Process(Case.Random(Geometry), roi, settings).Morphological;
        var count = 0;
        var (sizeX, sizeY, sizeZ) = grid.GridSize;
        for (var i = 0; i < sizeX * sizeY * sizeZ; i++)
        {
            var whole = grid with { Box = VoxelBox.Whole(grid.GridSize) };
            var (x, y, z) = Position(whole, i);
            var isInside = Trilinear(voxels, x, y, z) >= threshold - 1e-6;
            count += isInside ? 1 : 0;
            var (a, b, c) = (i % sizeX - grid.Box.X, i / sizeX % sizeY - grid.Box.Y, i / sizeX / sizeY - grid.Box.Z);
            var isInBox = a >= 0 && a < grid.Box.SizeX && b >= 0 && b < grid.Box.SizeY && c >= 0 && c < grid.Box.SizeZ;
            Assert.Equal(isInside, isInBox && grid.Mask[(c * grid.Box.SizeY + b) * grid.Box.SizeX + a] == 1);
        }

        Assert.InRange(count, 50, 1000);
    }

    [Fact]
    public void The_box_of_an_interpolated_ROI_is_no_larger_than_the_ROI()
    {
        var roi = Case.Block(Geometry, (3, 3, 2), (7, 5, 4));
        var grid = Case.Process(Case.Random(Geometry), roi, Case.Plain with { Resampling = new() { Method = InterpolationMethod.Linear, Spacing = 0.5 } }).Morphological;
        Assert.Equal(grid.Box with { X = 0, Y = 0, Z = 0 }, VoxelBox.Around(grid.Mask, grid.Box.SizeX, grid.Box.SizeY, grid.Box.SizeZ));
    }

    [Fact]
    public void A_voxel_just_between_two_takes_the_upper_ones_intensity_if_nearest()
    {
        // New centers lie at 0.5 and 2.5.
        var image = Case.Image(Case.Geometry(4, 1, 1), (x, _, _) => x);
        var grid = Case.Resample(image, new() { Method = InterpolationMethod.Nearest, Spacing = new(2, 0, 0), RoiMethod = InterpolationMethod.Nearest });
        Assert.Equal([1, 3], grid.Intensities);
    }

    [Theory]
    [InlineData(InterpolationMethod.Linear)]
    [InlineData(InterpolationMethod.CubicSpline)]
    public void In_plane_each_slice_is_interpolated_as_if_it_were_alone(InterpolationMethod method)
    {
        var image = Case.Random(Geometry);
        var resampling = new ResamplingSettings { Method = method, Spacing = 2, InPlane = true };
        var grid = Case.Resample(image, resampling);
        Assert.Equal((2.0, 2.0, 3.0), grid.Spacing);
        Assert.Equal(7, grid.GridSize.Z);
        var slice = Geometry.SizeX * Geometry.SizeY;
        var newSlice = grid.GridSize.X * grid.GridSize.Y;
        for (var z = 0; z < 7; z++)
        {
            var alone = new Volume(Geometry with { SizeZ = 1 }, image.Voxels[(z * slice)..((z + 1) * slice)]);
            Assert.Equal(Case.Resample(alone, resampling).Intensities.Floats, grid.Intensities.Floats[(z * newSlice)..((z + 1) * newSlice)]);
        }

        Assert.Equal(grid.Intensities, Case.Resample(image, resampling with { InPlane = false, Spacing = new(2, 2, 0) }).Intensities);
    }

    [Fact]
    public void Each_axis_has_its_own_spacing_and_0_keeps_the_images()
    {
        var grid = Case.Resample(Case.Random(Geometry), new() { Method = InterpolationMethod.Linear, Spacing = new(0, 2.4, 1) });
        Assert.Equal((0.9, 2.4, 1.0), grid.Spacing);
        Assert.Equal((11, 5, 21), grid.GridSize);
    }

    [Theory]
    [InlineData(InterpolationMethod.Nearest)]
    [InlineData(InterpolationMethod.Linear)]
    [InlineData(InterpolationMethod.CubicSpline)]
    public void The_images_own_spacing_changes_nothing(InterpolationMethod method)
    {
        var image = Case.Random(Geometry);
        Assert.Equal(image.Voxels, Case.Resample(image, new() { Method = method, Spacing = new(0.9, 1.2, 3) }).Intensities);
    }

    [Fact]
    public void Grids_begin_at_one_corner_if_aligned_by_origin_and_end_where_the_image_ends()
    {
        // Centers at 0.5, 2.5 and 4.5: the last one on the image's edge, which isn't inside.
        var image = Case.Image(Case.Geometry(5, 3, 3), (x, _, _) => x);
        var resampling = new ResamplingSettings { Method = InterpolationMethod.Linear, Spacing = new(2, 0, 0), RoiMethod = InterpolationMethod.Nearest };
        var origin = Case.Resample(image, resampling with { Alignment = GridAlignment.Origin });
        Assert.Equal((3, 3, 3), origin.GridSize);
        Assert.Equal([0.5f, 2.5f], origin.Intensities.Floats[..2]);
        Assert.Equal(2, origin.Box.SizeX);
        Assert.Equal([0f, 2f, 4f], Case.Resample(image, resampling).Intensities.Floats[..3]);
    }

    [Fact]
    public void Aligned_by_origin_an_axis_along_which_the_ROI_is_one_voxel_thick_stays()
    {
        var roi = Case.Block(Geometry, (2, 2, 3), (8, 6, 3));
        var resampling = new ResamplingSettings { Method = InterpolationMethod.Linear, Spacing = 2, RoiMethod = InterpolationMethod.Nearest, Alignment = GridAlignment.Origin };
        var grid = Case.Process(Case.Random(Geometry), roi, Case.Plain with { Resampling = resampling }).Morphological;
        Assert.Equal((2.0, 2.0, 3.0), grid.Spacing);
        Assert.Equal(1, grid.Box.SizeZ);
    }

    [Fact]
    public void One_voxel_becomes_eight_at_half_the_spacing_if_nearest_and_none_by_partial_volume()
    {
        var geometry = Case.Geometry(6, 6, 6);
        var roi = Case.Block(geometry, (2, 3, 4), (2, 3, 4));
        var settings = Case.Plain with { Resampling = new() { Method = InterpolationMethod.Linear, Spacing = 0.5, RoiMethod = InterpolationMethod.Nearest } };
        var grid = Case.Process(Case.Random(geometry), roi, settings).Morphological;
        Assert.Equal(new VoxelBox(4, 6, 8, 2, 2, 2), grid.Box);
        Assert.Equal(8, grid.Mask.Sum(v => v));

        // The nearest new centers have 0.75³ of it, less than half.
        Case.AssertCode(
            "EmptyRoi",
            () => Case.Process(Case.Random(geometry), roi, settings with { Resampling = settings.Resampling with { RoiMethod = InterpolationMethod.Linear } }));
    }

    [Theory]
    [InlineData(InterpolationMethod.Nearest)]
    [InlineData(InterpolationMethod.Linear)]
    public void An_ROI_on_the_images_border_goes_up_to_it(InterpolationMethod method)
    {
        var roi = Case.Block(Geometry, (0, 3, 4), (4, 8, 6));
        var settings = Case.Plain with { Resampling = new() { Method = InterpolationMethod.CubicSpline, Spacing = 1, RoiMethod = method } };
        var grid = Case.Process(Case.Random(Geometry), roi, settings).Morphological;
        Assert.Equal(0, grid.Box.X);
        Assert.Equal(grid.GridSize.Y, grid.Box.Y + grid.Box.SizeY);
        Assert.Equal(grid.GridSize.Z, grid.Box.Z + grid.Box.SizeZ);
    }

    [Fact]
    public void Spacings_that_make_too_many_voxels_are_refused()
    {
        foreach (var spacing in (double[])[1e-4, 1e-12])
        {
            Case.AssertCode("InvalidSettings", () => Case.Resample(Case.Random(Geometry), new() { Method = InterpolationMethod.Linear, Spacing = spacing }));
        }
    }

    /// <summary>Position of a voxel of a grid aligned by centers, in the old grid's indices.</summary>
    private static (double X, double Y, double Z) Position(RoiGrid grid, int i)
    {
        var (x, y, z) = (i % grid.Box.SizeX, i / grid.Box.SizeX % grid.Box.SizeY, i / grid.Box.SizeX / grid.Box.SizeY);
        return (
            Old(grid.Box.X + x, grid.GridSize.X, grid.Spacing.X, Geometry.SizeX, Geometry.SpacingX),
            Old(grid.Box.Y + y, grid.GridSize.Y, grid.Spacing.Y, Geometry.SizeY, Geometry.SpacingY),
            Old(grid.Box.Z + z, grid.GridSize.Z, grid.Spacing.Z, Geometry.SizeZ, Geometry.SpacingZ));

        static double Old(int index, int size, double spacing, int oldSize, double oldSpacing) =>
            (index - (size - 1) / 2.0) * spacing / oldSpacing + (oldSize - 1) / 2.0;
    }

    private static double Trilinear(float[] voxels, double x, double y, double z)
    {
        var (cx, cy, cz) = (Math.Clamp(x, 0, Geometry.SizeX - 1), Math.Clamp(y, 0, Geometry.SizeY - 1), Math.Clamp(z, 0, Geometry.SizeZ - 1));
        double sum = 0;
        for (var i = 0; i < voxels.Length; i++)
        {
            var (vx, vy, vz) = (i % Geometry.SizeX, i / Geometry.SizeX % Geometry.SizeY, i / Geometry.SizeX / Geometry.SizeY);
            sum += voxels[i] * Math.Max(0, 1 - Math.Abs(vx - cx)) * Math.Max(0, 1 - Math.Abs(vy - cy)) * Math.Max(0, 1 - Math.Abs(vz - cz));
        }

        return sum;
    }
}
