using Radiomics.Dicom.Tests.Building;
using Radiomics.Extraction;

namespace Radiomics.Dicom.Tests.Geometry;

public sealed class StackGeometryTests
{
    private static readonly Dictionary<string, VolumeGeometry> _grids = new()
    {
        ["axial"] = Grids.Axial,
        ["sagittal"] = Grids.Sagittal,
        ["oblique"] = Grids.Oblique,
    };

    [Theory]
    [InlineData("axial")]
    [InlineData("sagittal")]
    [InlineData("oblique")]
    public void Shuffled_slices_of_any_orientation_become_the_grid_they_were_cut_from(string name)
    {
        var grid = _grids[name];
        int[] order = [3, 0, 5, 1, 4, 2];
        var (built, sorted) = StackGeometry.Build([.. order.Select(k => Slice(grid, k))]);
        Assert.True(built.IsSameGridAs(grid));
        Assert.Equal([0, 1, 2, 3, 4, 5], sorted.Select(slice => slice.Entry));
    }

    [Fact]
    public void Jitter_of_positions_is_tolerated()
    {
        var jitter = new[] { 0, 0.02, -0.03, 0.01, 0.04, 0 };
        var (built, _) = StackGeometry.Build([.. jitter.Select((shift, k) => Slice(Grids.Axial, k) with { Position = Grids.Axial.ToPatient(0, 0, k + (shift / 3)) })]);
        Assert.Equal(3, built.SpacingZ, 2);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void A_gap_is_a_missing_slice(int missing)
    {
        var slices = Enumerable.Range(0, 6).Where(k => k != missing).Select(k => Slice(Grids.Axial, k)).ToArray();
        Assert.Equal("SliceMissing", Assert.Throws<RadiomicsException>(() => StackGeometry.Build(slices)).Code);
    }

    [Fact]
    public void Uneven_slices_are_no_volume()
    {
        var slices = new[] { 0, 1, 2, 3.4, 4.4, 5.4 }.Select(z => Slice(Grids.Axial, 0) with { Position = Grids.Axial.ToPatient(0, 0, z) }).ToArray();
        Assert.Equal("GeometryUnusable", Assert.Throws<RadiomicsException>(() => StackGeometry.Build(slices)).Code);
    }

    [Fact]
    public void An_orientation_that_is_not_perpendicular_is_no_volume()
    {
        var slice = Slice(Grids.Axial, 0) with { DirectionY = new Point3(0.3, 0.95, 0) };
        Assert.Equal("GeometryUnusable", Assert.Throws<RadiomicsException>(() => StackGeometry.Build([slice])).Code);
    }

    [Fact]
    public void Slices_shifted_in_their_planes_are_no_volume()
    {
        var slices = Enumerable.Range(0, 6).Select(k => Slice(Grids.Axial, k) with { Position = Grids.Axial.ToPatient(k, 0, k) }).ToArray();
        Assert.Equal("GeometryUnusable", Assert.Throws<RadiomicsException>(() => StackGeometry.Build(slices)).Code);
    }

    private static SliceHeader Slice(VolumeGeometry grid, int k) => new()
    {
        Entry = k,
        Frame = 0,
        Rows = grid.SizeY,
        Columns = grid.SizeX,
        PixelSpacing = (grid.SpacingY, grid.SpacingX),
        Position = grid.ToPatient(0, 0, k),
        DirectionX = grid.DirectionX,
        DirectionY = grid.DirectionY,
        RescaleSlope = 1,
        RescaleIntercept = 0,
        ImageType = ["ORIGINAL", "PRIMARY"],
    };
}
