using Radiomics.Dicom.Tests.Building;
using Radiomics.Extraction;

namespace Radiomics.Dicom.Tests.Rois;

public sealed class RegionTests
{
    [Fact]
    public void Frames_of_a_seg_whose_size_is_no_multiple_of_8_are_unpacked_bit_by_bit()
    {
        var grid = Grids.Axial with { SizeX = 7, SizeY = 5 };
        bool Inside(int i, int j, int k) => (i * 3 + j * 5 + k * 7) % 4 == 0;
        var sequence = Ingest.ReadOne(TestStudy.Dixon with
        {
            Series = [new MrSeries { Grid = grid }],
            Segmentations = [new SegObject { Grid = grid, Inside = Inside }],
        });
        for (var n = 0; n < grid.Count; n++)
        {
            Assert.Equal(Inside(n % 7, n / 7 % 5, n / 35) ? 1 : 0, sequence.Roi.Voxels[n]);
        }
    }

    [Fact]
    public void A_fractional_seg_is_cut_at_one_half() =>
        Assert.Equal(6 * 5 * 4, Ingest.ReadOne(TestStudy.Dixon with { Series = [new MrSeries()], Segmentations = [new SegObject { Fractional = true }] }).Roi.CountInside());

    [Fact]
    public void A_seg_may_leave_out_empty_slices() =>
        Assert.Equal(6 * 5 * 2, Ingest.ReadOne(TestStudy.Dixon with { Series = [new MrSeries()], Segmentations = [new SegObject { Without = [0, 2, 3, 5] }] }).Roi.CountInside());

    [Fact]
    public void A_seg_on_another_grid_is_laid_onto_the_series()
    {
        var fine = Grids.Axial with
        {
            SizeX = 24,
            SizeY = 20,
            SizeZ = 12,
            SpacingX = 1,
            SpacingY = 0.75,
            SpacingZ = 1.5,
            Origin = Grids.Axial.ToPatient(-0.25, -0.25, -0.25),
        };
        var roi = Ingest.ReadOne(TestStudy.Dixon with
        {
            Series = [new MrSeries()],
            Segmentations = [new SegObject { Grid = fine, Inside = (i, j, k) => i is >= 6 and < 18 && j is >= 4 and < 14 && k is >= 2 and < 10 }],
        }).Roi;
        Assert.Equal(6 * 5 * 4, roi.CountInside());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Contours_cover_the_voxels_whose_centers_they_enclose(bool oblique)
    {
        var grid = oblique ? Grids.Oblique : Grids.Axial;
        var sequence = Ingest.ReadOne(TestStudy.Dixon with
        {
            Series = [new MrSeries { Grid = grid }],
            Segmentations = [],
            StructureSets = [new StructureSetObject { Contours = [.. Enumerable.Range(1, 4).Select(k => StructureSetObject.Rectangle(grid, 2.5, 8.5, 1.5, 6.5, k))] }],
        });
        Assert.Equal("RTSTRUCT", sequence.RoiSource);
        Assert.Equal(6 * 5 * 4, sequence.Roi.CountInside());
        Assert.Equal(1, sequence.Roi.Voxels[((1 * grid.SizeY) + 2) * grid.SizeX + 3]);
        Assert.Equal(0, sequence.Roi.Voxels[((0 * grid.SizeY) + 2) * grid.SizeX + 3]);
    }

    [Fact]
    public void A_contour_inside_another_is_a_hole()
    {
        var roi = Ingest.ReadOne(TestStudy.Dixon with
        {
            Series = [new MrSeries()],
            Segmentations = [],
            StructureSets =
            [
                new StructureSetObject
                {
                    Contours = [StructureSetObject.Rectangle(Grids.Axial, 1.5, 9.5, 1.5, 7.5, 2), StructureSetObject.Rectangle(Grids.Axial, 3.5, 6.5, 3.5, 5.5, 2)],
                },
            ],
        }).Roi;
        Assert.Equal((8 * 6) - (3 * 2), roi.CountInside());
    }

    [Fact]
    public void Contours_drawn_on_axial_slices_are_laid_onto_a_sagittal_series()
    {
        var sagittal = Grids.Sagittal with { SizeX = 60, SizeY = 60, SizeZ = 60, SpacingX = 1, SpacingY = 1, SpacingZ = 1, Origin = new Point3(25, -30, 60) };
        var roi = Ingest.ReadOne(TestStudy.Dixon with
        {
            Series = [new MrSeries { Grid = sagittal }],
            Segmentations = [],
            StructureSets = [new StructureSetObject { Contours = [.. Enumerable.Range(1, 4).Select(k => StructureSetObject.Rectangle(Grids.Axial, 2.5, 8.5, 1.5, 6.5, k))] }],
        }).Roi;
        var drawn = 6 * 2 * 5 * 1.5 * 4 * 3;
        Assert.InRange(roi.CountInside() * sagittal.VoxelVolume, drawn * 0.9, drawn * 1.1);
    }

    [Fact]
    public void The_first_pattern_that_fits_any_region_chooses_it()
    {
        var rules = Ingest.Research with { RoiNames = ["^liver$", "hepar"] };
        var (_, sequences) = Ingest.Read(
            TestStudy.Dixon with
            {
                Series = [new MrSeries()],
                Segmentations = [new SegObject { Label = "Hepar", Inside = (i, _, _) => i == 0 }, new SegObject { Label = "LIVER", Inside = (i, j, k) => i + j + k == 0 }],
            },
            rules);
        Assert.Equal(1, Assert.Single(sequences).Roi.CountInside());
    }
}
