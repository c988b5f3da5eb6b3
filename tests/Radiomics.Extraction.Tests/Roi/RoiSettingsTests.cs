namespace Radiomics.Extraction.Tests;

public class RoiSettingsTests
{
    [Fact]
    public void Only_the_largest_component_stays_and_corners_connect()
    {
        // Three voxels in a diagonal are one component; two that share a face are another.
        var roi = Roi((1, 1, 1), (2, 2, 2), (3, 3, 3), (6, 1, 1), (7, 1, 1));
        var edited = RoiEditing.Apply(roi, new() { LargestComponent = true });

        Assert.Equal(2, edited.Components);
        Assert.Equal([(1, 1, 1), (2, 2, 2), (3, 3, 3)], Inside(edited.Roi));
        Assert.Equal(5, roi.CountInside());
    }

    [Fact]
    public void Of_equal_components_the_first_stays() =>
        Assert.Equal([(1, 1, 1)], Inside(RoiEditing.Apply(Roi((6, 6, 6), (1, 1, 1)), new() { LargestComponent = true }).Roi));

    [Fact]
    public void A_closed_hole_is_filled_in_the_volume_and_one_that_is_open_along_z_only_in_slices()
    {
        // A shell of 5 × 5 × 5 voxels around 27 hollow ones; then with a chimney through its top, which 3D leaves open and each slice closes.
        var shell = Box(1, 5).Where(v => v.X is 1 or 5 || v.Y is 1 or 5 || v.Z is 1 or 5).ToArray();
        Assert.Equal(98, shell.Length);
        Assert.Equal(125, RoiEditing.Apply(Roi(shell), new() { FillHoles = HoleFilling.InVolume }).Roi.CountInside());
        Assert.Equal(125, RoiEditing.Apply(Roi(shell), new() { FillHoles = HoleFilling.InSlices }).Roi.CountInside());

        (int X, int Y, int Z)[] open = [.. shell.Where(v => v != (3, 3, 5))];
        Assert.Equal(97, RoiEditing.Apply(Roi(open), new() { FillHoles = HoleFilling.InVolume }).Roi.CountInside());
        Assert.Equal(125, RoiEditing.Apply(Roi(open), new() { FillHoles = HoleFilling.InSlices }).Roi.CountInside());
    }

    [Fact]
    public void A_gap_over_a_corner_closes_a_hole_since_the_background_steps_over_faces()
    {
        (int X, int Y, int Z)[] ring = [.. Box(1, 3).Where(v => v.Z == 1 && v is not (2, 2, 1) and not (1, 1, 1))];
        Assert.Equal(8, RoiEditing.Apply(Roi(ring), new() { FillHoles = HoleFilling.InSlices }).Roi.CountInside());
    }

    [Theory]
    [InlineData(1, 7)] // the 6 neighbours over faces
    [InlineData(1.42, 19)] // and the 12 over edges, √2 away
    [InlineData(1.74, 27)] // and the 8 over corners, √3 away
    [InlineData(2, 33)] // and the 6 two steps away
    public void Dilation_takes_in_what_lies_so_near_in_millimetres(double margin, int voxels) =>
        Assert.Equal(voxels, RoiEditing.Apply(Roi((4, 4, 4)), new() { Margin = margin }).Roi.CountInside());

    [Fact]
    public void Voxels_that_are_longer_along_z_are_passed_later()
    {
        var edited = RoiEditing.Apply(Roi(new Spacing(1, 1, 3), (4, 4, 4)), new() { Margin = 2 }).Roi;
        Assert.Equal(13, edited.CountInside());
        Assert.All(Inside(edited), voxel => Assert.Equal(4, voxel.Z));
    }

    [Theory]
    [InlineData(-1, 27)]
    [InlineData(-2, 1)]
    [InlineData(-0.9, 125)]
    public void Erosion_lets_go_what_lies_so_near_to_the_outside(double margin, int voxels)
    {
        var edited = RoiEditing.Apply(Roi(Box(2, 6)), new() { Margin = margin });
        Assert.Equal(voxels, edited.Roi.CountInside());
        Assert.Equal(margin == -0.9, edited.Warnings.Any(warning => warning.StartsWith("'roi.margin' of -0.9 mm", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_edge_of_the_grid_is_no_border_of_the_roi()
    {
        // All of the grid but its last slice: only the slice next to that one goes.
        var edited = RoiEditing.Apply(Roi(Box(0, 8).Where(v => v.Z < 8)), new() { Margin = -1 }).Roi;
        Assert.Equal(9 * 9 * 7, edited.CountInside());
    }

    [Fact]
    public void Erosion_that_leaves_nothing_says_so()
    {
        var error = Assert.Throws<RadiomicsException>(() => RoiEditing.Apply(Roi(Box(2, 6)), new() { Margin = -3 }));
        Assert.Equal("EmptyRoi", error.Code);
        Assert.Equal("Erosion by 3 mm ('roi.margin') leaves no voxel of the ROI, which has 125; choose less.", error.Detail);
    }

    [Theory]
    [InlineData(Conventions.Ibsi)]
    [InlineData(Conventions.PyRadiomics)]
    public void The_settings_change_what_is_measured_and_the_diagnostics_tell_it(Conventions conventions)
    {
        var roi = Roi([.. Box(2, 6), (0, 0, 0)]);
        var image = new Volume(roi.Geometry, [.. Enumerable.Range(0, roi.Geometry.Count).Select(n => (float)(n * 7919 % 101))]);
        var settings = new ExtractionSettings { Name = "x", Conventions = conventions, Families = [FeatureFamily.Statistics], Discretisation = new() { Method = DiscretisationMethod.FixedBinNumber, Bins = 8 } };
        var changed = FeatureExtractor.Extract(image, roi, settings with { Roi = new() { LargestComponent = true, Margin = -1 } });
        var direct = FeatureExtractor.Extract(image, Roi(Box(3, 5)), settings);

        Assert.Equal(direct.Features, changed.Features);
        if (conventions == Conventions.Ibsi)
        {
            Assert.Equal(126, changed.Diagnostics["int_mask_vox_count_init_roi"]);
            Assert.Equal(2, changed.Diagnostics["int_mask_component_count_init_roi"]);
            Assert.Equal(27, changed.Diagnostics["int_mask_vox_count_edit_roi"]);
            Assert.Equal(27, changed.Diagnostics["int_mask_vox_count_reseg_roi"]);
            Assert.False(direct.Diagnostics.ContainsKey("int_mask_vox_count_edit_roi"));
        }
        else
        {
            Assert.Equal(126, changed.Diagnostics["diagnostics_Mask-original_VoxelNum"]);
            Assert.Equal(27, changed.Diagnostics["diagnostics_Mask-edited_VoxelNum"]);
        }
    }

    [Fact]
    public void A_voxel_without_a_number_that_erosion_takes_away_does_no_harm()
    {
        var roi = Roi(Box(2, 6));
        var voxels = Enumerable.Range(0, roi.Geometry.Count).Select(n => (float)(n % 7)).ToArray();
        voxels[(2 * 9 + 2) * 9 + 2] = float.NaN;
        var settings = new ExtractionSettings { Name = "x", Families = [FeatureFamily.Statistics], Roi = new() { Margin = -1 } };
        var vector = FeatureExtractor.Extract(new(roi.Geometry, voxels), roi, settings);

        Assert.Equal(125, vector.Diagnostics["int_mask_vox_count_init_roi"]);
        Assert.False(vector.Diagnostics.ContainsKey("int_mask_mean_int_init_roi"));
        Assert.Equal("NonFiniteVoxels", Assert.Throws<RadiomicsException>(() => FeatureExtractor.Extract(new(roi.Geometry, voxels), roi, settings with { Roi = null })).Code);
    }

    private static IEnumerable<(int X, int Y, int Z)> Box(int low, int high)
    {
        var along = Enumerable.Range(low, high - low + 1);
        return along.SelectMany(z => along.SelectMany(y => along.Select(x => (x, y, z))));
    }

    private static Mask Roi(params IEnumerable<(int X, int Y, int Z)> voxels) => Roi([.. voxels], 9);

    private static Mask Roi((int X, int Y, int Z)[] voxels, int size) => Roi(new Spacing(1, 1, 1), size, voxels);

    private static Mask Roi(Spacing spacing, params (int X, int Y, int Z)[] voxels) => Roi(spacing, 9, voxels);

    private static Mask Roi(Spacing spacing, int size, (int X, int Y, int Z)[] voxels)
    {
        var g = new VolumeGeometry { SizeX = size, SizeY = size, SizeZ = size, SpacingX = spacing.X, SpacingY = spacing.Y, SpacingZ = spacing.Z };
        var inside = new byte[g.Count];
        foreach (var (x, y, z) in voxels)
        {
            inside[(z * size + y) * size + x] = 1;
        }

        return new(g, inside);
    }

    private static (int X, int Y, int Z)[] Inside(Mask roi) =>
        [.. Enumerable.Range(0, roi.Voxels.Length).Where(n => roi.Voxels[n] == 1).Select(n => (n % roi.Geometry.SizeX, n / roi.Geometry.SizeX % roi.Geometry.SizeY, n / roi.Geometry.SizeX / roi.Geometry.SizeY))];
}
