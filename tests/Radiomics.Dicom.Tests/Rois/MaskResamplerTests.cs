using Radiomics.Dicom.Tests.Building;
using Radiomics.Extraction;

namespace Radiomics.Dicom.Tests.Rois;

public sealed class MaskResamplerTests
{
    [Fact]
    public void The_same_grid_gives_the_same_voxels()
    {
        var mask = Box(Grids.Oblique);
        Assert.Equal(mask.Voxels, MaskResampler.Resample(mask, Grids.Oblique with { }).Voxels);
    }

    [Fact]
    public void A_grid_turned_the_other_way_gives_the_same_voxels_in_other_order()
    {
        var grid = Grids.Axial;
        var turned = grid with { Origin = grid.ToPatient(grid.SizeX - 1, 0, 0), DirectionX = grid.DirectionX * -1, DirectionY = grid.DirectionY, DirectionZ = grid.DirectionZ };
        var mask = Box(grid);
        var result = MaskResampler.Resample(mask, turned);
        Assert.Equal(mask.CountInside(), result.CountInside());
        Assert.Equal(mask.Voxels[((2 * grid.SizeY) + 3) * grid.SizeX + 4], result.Voxels[((2 * grid.SizeY) + 3) * grid.SizeX + grid.SizeX - 1 - 4]);
    }

    [Fact]
    public void Another_orientation_and_spacing_keeps_the_volume()
    {
        var fine = Grids.Axial with { SizeX = 120, SizeY = 100, SizeZ = 60, SpacingX = 0.2, SpacingY = 0.15, SpacingZ = 0.3 };
        var mask = Fill(fine, (i, j, k) => i is >= 30 and < 90 && j is >= 20 and < 70 && k is >= 10 and < 50);
        var target = Grids.Oblique with { SizeX = 80, SizeY = 80, SizeZ = 80, SpacingX = 0.5, SpacingY = 0.5, SpacingZ = 0.5, Origin = new Point3(-20, -30, 20) };
        var result = MaskResampler.Resample(mask, target);
        var expected = mask.CountInside() * fine.VoxelVolume;
        Assert.InRange(result.CountInside() * target.VoxelVolume, expected * 0.97, expected * 1.03);
    }

    [Fact]
    public void A_coarser_voxel_is_inside_if_half_of_it_is()
    {
        var fine = Grids.Axial with { SizeX = 4, SizeY = 1, SizeZ = 1, SpacingX = 1, Origin = Point3.Zero };
        var coarse = fine with { SizeX = 2, SpacingX = 2, Origin = new Point3(0.5, 0, 0) };
        Assert.Equal([1, 0], MaskResampler.Resample(new Mask(fine, [1, 0, 0, 0]), coarse).Voxels);
        Assert.Equal([1, 1], MaskResampler.Resample(new Mask(fine, [1, 1, 0, 1]), coarse).Voxels);
    }

    private static Mask Box(VolumeGeometry grid) => Fill(grid, (i, j, k) => i is >= 3 and < 9 && j is >= 2 and < 7 && k is >= 1 and < 5);

    private static Mask Fill(VolumeGeometry grid, Func<int, int, int, bool> inside)
    {
        var voxels = new byte[grid.Count];
        for (var n = 0; n < voxels.Length; n++)
        {
            voxels[n] = (byte)(inside(n % grid.SizeX, n / grid.SizeX % grid.SizeY, n / grid.SizeX / grid.SizeY) ? 1 : 0);
        }

        return new Mask(grid, voxels);
    }
}
