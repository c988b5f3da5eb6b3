using Radiomics.Extraction;
using Radiomics.Pages.Pictures;
using Radiomics.Pipeline;
using SkiaSharp;

namespace Radiomics.Pages.Tests.Pictures;

/// <summary>The planes of a report.</summary>
public sealed class PlaneDrawingTests
{
    // Spacing differs by axis; the region is a box.
    private static readonly VolumeGeometry s_grid = new() { SizeX = 8, SizeY = 6, SizeZ = 4, SpacingX = 1, SpacingY = 2, SpacingZ = 5, Origin = new(0, 0, 0) };

    [Fact]
    public void A_plane_is_as_wide_and_high_as_the_tissue_it_shows()
    {
        var planes = PlaneDrawing.Of(Images(s_grid));
        Assert.Equal([("axial", 8.0, 12.0), ("coronal", 8.0, 20.0), ("sagittal", 12.0, 20.0)], planes.Select(plane => (plane.Name, plane.Width, plane.Height)));
        Assert.Equal(["RLAP", "RLSI", "APSI"], planes.Select(plane => plane.Labels));
    }

    [Fact]
    public void The_outline_goes_round_the_region_in_straight_lines() =>
        Assert.Equal("M2 1H5M2 4H5M2 1V4M5 1V4", PlaneDrawing.Of(Images(s_grid))[0].Outline);

    [Fact]
    public void A_volume_that_was_acquired_the_other_way_round_shows_the_patient_the_same_way()
    {
        // Columns run to the right, rows to the front: both are turned, so the brightest voxel stays where the patient has it.
        var turned = s_grid with { DirectionX = new(-1, 0, 0), DirectionY = new(0, -1, 0), Origin = new(7, 10, 0) };
        var (straight, mirrored) = (Pixels(PlaneDrawing.Of(Images(s_grid))[0]), Pixels(PlaneDrawing.Of(Images(turned, isTurned: true))[0]));
        Assert.Equal(straight, mirrored);
        Assert.NotEqual(straight.Reverse(), straight);
    }

    [Fact]
    public void No_picture_is_drawn_of_a_region_that_is_empty_or_elsewhere()
    {
        var images = Images(s_grid);
        Assert.Empty(PlaneDrawing.Of(images with { Roi = new Mask(s_grid, new byte[s_grid.Count]) }));
        Assert.Empty(PlaneDrawing.Of(images with { Roi = new Mask(s_grid with { Origin = new(50, 0, 0) }, images.Roi.Voxels) }));
    }

    [Fact]
    public void A_large_picture_is_made_smaller_and_keeps_its_measures()
    {
        var grid = s_grid with { SizeX = 1500, SizeY = 700, SizeZ = 3 };
        var plane = PlaneDrawing.Of(new("T1_F", new Volume(grid, new float[grid.Count]), Box(grid)))[0];
        using var picture = SKBitmap.Decode(Convert.FromBase64String(plane.Png));
        Assert.Equal((500, 350, 1500, 700, 1500.0), (picture.Width, picture.Height, plane.Columns, plane.Rows, plane.Width));
    }

    private static byte[] Pixels(PlaneDrawing plane)
    {
        using var picture = SKBitmap.Decode(Convert.FromBase64String(plane.Png));
        return [.. from y in Enumerable.Range(0, picture.Height) from x in Enumerable.Range(0, picture.Width) select picture.GetPixel(x, y).Red];
    }

    private static ReportImages Images(VolumeGeometry grid, bool isTurned = false)
    {
        var voxels = new float[grid.Count];
        for (var i = 0; i < voxels.Length; i++)
        {
            var (x, y, z) = (i % grid.SizeX, i / grid.SizeX % grid.SizeY, i / grid.SizeX / grid.SizeY);
            if (isTurned)
            {
                (x, y) = (grid.SizeX - 1 - x, grid.SizeY - 1 - y);
            }

            voxels[i] = x + 10 * y + 100 * z;
        }

        return new("T1_F", new Volume(grid, voxels), Box(grid, isTurned));
    }

    private static Mask Box(VolumeGeometry grid, bool isTurned = false)
    {
        var inside = new byte[grid.Count];
        for (var z = 1; z < 3; z++)
        {
            for (var y = 1; y < 4; y++)
            {
                for (var x = 2; x < 5; x++)
                {
                    var (column, row) = isTurned ? (grid.SizeX - 1 - x, grid.SizeY - 1 - y) : (x, y);
                    inside[(z * grid.SizeY + row) * grid.SizeX + column] = 1;
                }
            }
        }

        return new Mask(grid, inside);
    }
}
