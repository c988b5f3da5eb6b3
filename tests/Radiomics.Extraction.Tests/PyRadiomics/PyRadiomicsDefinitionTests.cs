namespace Radiomics.Extraction.Tests;

/// <summary>PyRadiomics' definitions on images whose features can be worked out by hand.</summary>
public class PyRadiomicsDefinitionTests
{
    private static readonly PyRadiomicsSettings Lines = new() { MinimumRoiDimensions = 1 };

    [Theory]
    [InlineData(54, 1)]
    [InlineData(74.9f, 1)]
    [InlineData(75, 2)]
    [InlineData(166, 5)]
    public void Bins_begin_at_multiples_of_their_width(float value, int level) =>
        Assert.Equal(level, new PyRadiomicsBins(54, 166, PyRadiomicsDefaults.BinWidth(25)).LevelOf(value));

    [Fact]
    public void Bins_below_zero_begin_at_multiples_too()
    {
        var bins = new PyRadiomicsBins(-30, 30, PyRadiomicsDefaults.BinWidth(25));
        Assert.Equal([1, 2, 3, 4], new[] { -30f, -25f, 24f, 30f }.Select(value => bins.LevelOf(value)));
    }

    [Fact]
    public void A_number_of_bins_spans_the_range_with_its_upper_end()
    {
        var bins = new PyRadiomicsBins(0, 8, new() { Method = DiscretisationMethod.FixedBinNumber, Bins = 4 });
        Assert.Equal([1, 1, 2, 4, 4], new[] { 0f, 1.9f, 2f, 6f, 8f }.Select(value => bins.LevelOf(value)));
        Assert.Equal(3, new PyRadiomicsBins(5, 5, new() { Method = DiscretisationMethod.FixedBinNumber, Bins = 4 }).LevelOf(5));
    }

    [Fact]
    public void Voxel_array_shift_goes_into_energy_and_root_mean_square_only()
    {
        var plain = PyRadiomicsCase.Extract((2, 2, 1), [-1, 0, 1, 2], PyRadiomicsCase.Settings(1));
        var shifted = PyRadiomicsCase.Extract((2, 2, 1), [-1, 0, 1, 2], PyRadiomicsCase.Settings(1, new() { VoxelArrayShift = 10 }));

        Assert.Equal(81 + 100 + 121 + 144, shifted.Features["original_firstorder_Energy"]);
        Assert.Equal(Math.Sqrt((81 + 100 + 121 + 144) / 4.0), shifted.Features["original_firstorder_RootMeanSquared"]);
        Assert.Equal(
            ["original_firstorder_Energy", "original_firstorder_RootMeanSquared", "original_firstorder_TotalEnergy"],
            plain.Features.Keys.Where(name => plain.Features[name] != shifted.Features[name]));
    }

    [Fact]
    public void Entropy_of_one_grey_level_is_what_epsilon_leaves()
    {
        var flat = PyRadiomicsCase.Extract((3, 3, 3), [.. Enumerable.Repeat(7f, 27)], PyRadiomicsCase.Settings(25));
        Assert.Equal(-Math.Log2(Math.BitIncrement(1.0)), flat.Features["original_firstorder_Entropy"]);
        Assert.InRange(flat.Features["original_firstorder_Entropy"]!.Value, -3.3e-16, -3.1e-16);
    }

    [Fact]
    public void A_flat_region_has_pyradiomics_values_and_none_undefined()
    {
        var flat = PyRadiomicsCase.Extract((3, 3, 3), [.. Enumerable.Repeat(7f, 27)], PyRadiomicsCase.Settings(25));
        Assert.Empty(flat.Undefined);
        Assert.Equal(1, flat.Features["original_glcm_MCC"]);
        Assert.Equal(1, flat.Features["original_glcm_Correlation"]);
        Assert.Equal(0, flat.Features["original_glcm_Imc1"]);
        Assert.Equal(0, flat.Features["original_firstorder_Kurtosis"]);
        Assert.Equal(1e6, flat.Features["original_ngtdm_Coarseness"]);
        Assert.Equal(0, flat.Features["original_ngtdm_Busyness"]);
    }

    [Fact]
    public void Maximal_correlation_of_two_grey_levels_is_the_magnitude_of_their_correlation()
    {
        var line = PyRadiomicsCase.Extract((9, 1, 1), [1, 2, 2, 1, 2, 1, 2, 1, 1], PyRadiomicsCase.Settings(1, Lines));
        Assert.True(line.Features["original_glcm_Correlation"] < 0);
        Assert.Equal(-line.Features["original_glcm_Correlation"]!.Value, line.Features["original_glcm_MCC"]!.Value, 12);
    }

    [Fact]
    public void Maximal_correlation_is_1_where_a_level_only_meets_itself()
    {
        var line = PyRadiomicsCase.Extract((4, 3, 1), [1, 1, 1, 1, 0, 0, 0, 0, 2, 2, 2, 2], PyRadiomicsCase.Settings(1, Lines), [1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1]);
        Assert.Equal(1, line.Features["original_glcm_MCC"]!.Value, 12);
    }

    [Fact]
    public void Distances_are_shells_without_what_lies_between()
    {
        var line = PyRadiomicsCase.Extract((5, 1, 1), [1, 2, 1, 3, 1], PyRadiomicsCase.Settings(1, Lines with { Distances = [2] }));

        // Two apart: 1-1, 2-3, 1-1.
        Assert.Equal(1 / 3.0, line.Features["original_glcm_Contrast"]!.Value, 12);

        // Each end 1 depends on the middle one, that on both ends, and 2 and 3 on nothing but themselves.
        Assert.Equal((4 + 9 + 4 + 1 + 1) / 5.0, line.Features["original_gldm_LargeDependenceEmphasis"]!.Value, 12);

        // Differences 0, |2 − 3|, 0, |3 − 2|, 0: coarseness 1 / (1/5 + 1/5).
        Assert.Equal(2.5, line.Features["original_ngtdm_Coarseness"]!.Value, 12);
    }

    [Fact]
    public void A_whole_neighbourhood_of_shells_is_ibsis()
    {
        var voxels = PyRadiomicsCase.Noise(6 * 5 * 4, 5);
        var solid = PyRadiomicsCase.Extract((6, 5, 4), voxels, PyRadiomicsCase.Settings(1, new() { Distances = [1, 2] }));
        var grid = new PyRadiomicsSettings { Distances = [2, 1] };
        var geometry = new VolumeGeometry { SizeX = 6, SizeY = 5, SizeZ = 4, SpacingX = 1, SpacingY = 1, SpacingZ = 1 };
        var map = new PyRadiomicsMap(
            RoiGrid.Cut(new(geometry, voxels), new(geometry, [.. Enumerable.Repeat((byte)1, 120)]), new(0, 0, 0, 6, 5, 4)),
            PyRadiomicsDefaults.BinWidth(1),
            PyRadiomicsCase.Settings(1, grid));
        var shells = CountMatrixSums.Of(ShellNeighbours.Dependences(map.Grid, [1, 2], 0, inSlice: false).Matrix());
        Assert.Equal(CountMatrixFormulas.Small.Of(shells), solid.Features["original_gldm_SmallDependenceEmphasis"]!.Value, 12);
        var differences = ShellNeighbours.ToneDifferences(map.Grid, [1, 2], inSlice: false).Differences;
        Assert.Equal(ToneDifferences.Of(map.Grid, 2, bySlice: false)[0].Differences, differences, (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Fact]
    public void A_roi_of_one_slice_has_no_directions_out_of_it()
    {
        // Three by three, each row of one level: runs of 3 along x, of 1 along y and both diagonals; the nine directions out of the slice don't count.
        var rows = PyRadiomicsCase.Extract((3, 3, 1), [1, 1, 1, 2, 2, 2, 3, 3, 3], PyRadiomicsCase.Settings(1));
        Assert.Equal((9 + 1 + 1 + 1) / 4.0, rows.Features["original_glrlm_LongRunEmphasis"]!.Value, 12);
    }

    [Fact]
    public void Weights_of_co_occurrences_fall_with_the_square_of_the_distance_and_of_runs_grow_with_it()
    {
        var settings = PyRadiomicsCase.Settings(1) with
        {
            Texture = new() { Aggregations = [Aggregation.Merged3D], DistanceWeighting = DistanceWeighting.Manhattan },
        };
        var square = PyRadiomicsCase.Extract((2, 2, 1), [1, 1, 2, 3], settings);

        // Along x 1-1 and 2-3, along y 1-2 and 1-3, one diagonal each 1-3 and 1-2: differences 0 1, 1 2, 2, 1.
        var (near, far) = (Math.Exp(-1), Math.Exp(-4));
        Assert.Equal((near * (0 + 1 + 1 + 4) + far * (4 + 1)) / (4 * near + 2 * far), square.Features["original_glcm_Contrast"]!.Value, 12);

        // Runs: one of 2 and two of 1 along x, four of 1 in the other three directions; lengths 1, 1, 2, 2.
        Assert.Equal((1 * (4 + 1 + 1) + 4 + 2 * 4 + 2 * 4) / (3 + 4 + 2 * 4 + 2 * 4.0), square.Features["original_glrlm_LongRunEmphasis"]!.Value, 12);
    }

    [Fact]
    public void The_mesh_of_a_box_is_ibsis_and_of_a_ragged_roi_is_not()
    {
        var box = Roi((4, 3, 2), [.. Enumerable.Repeat((byte)1, 24)]);
        var (volume, area) = ShapeMesh.Measure(box);
        var (ibsiVolume, ibsiArea) = MarchingCubes.Measure(box);
        Assert.Equal(ibsiVolume, volume, 9);
        Assert.Equal(ibsiArea, area, 9);
        var ragged = Roi((6, 6, 6), [.. PyRadiomicsCase.Noise(216, 2).Select(inside => (byte)inside)]);
        Assert.NotEqual(MarchingCubes.Measure(ragged).Area, ShapeMesh.Measure(ragged).Area, 1e-3);
    }

    [Fact]
    public void The_mesh_of_one_voxel_is_an_octahedron()
    {
        var (volume, area) = ShapeMesh.Measure(Roi((1, 1, 1), [1]));
        Assert.Equal(1 / 6.0, volume, 12);
        Assert.Equal(Math.Sqrt(3), area, 12);
    }

    private static RoiGrid Roi((int X, int Y, int Z) size, byte[] mask) => new()
    {
        GridSize = size,
        Spacing = (1, 1, 1),
        Box = new(0, 0, 0, size.X, size.Y, size.Z),
        Intensities = new float[mask.Length],
        Mask = mask,
    };
}
