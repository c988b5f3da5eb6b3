using Radiomics.Dicom.Tests.Building;
using Radiomics.Extraction;

namespace Radiomics.Dicom.Tests.Rois;

/// <summary>A NIfTI mask as the region.</summary>
public sealed class NiftiRegionTests
{
    private static readonly IngestRules _rules = Ingest.Shipped with { RoiLimits = null };

    [Theory]
    [InlineData("liver.nii.gz")]
    [InlineData("roi/Doe_Jane liver mask.NII.GZ")]
    [InlineData("mask.nii.gz")]
    [InlineData("segmentation.nii.gz")]
    public void A_mask_of_a_fitting_name_lies_where_it_was_drawn(string name)
    {
        var (study, sequences) = Ingest.Read(With((name, File(Grids.Oblique))), _rules);
        Assert.Equal("NIFTI", sequences[0].RoiSource);
        Assert.Equal(Box(Grids.Oblique).Voxels, sequences[0].Roi.Voxels);
        Assert.Contains(study.Warnings, warning => warning.Contains("NIfTI", StringComparison.Ordinal));
        Assert.DoesNotContain(study.Warnings, warning => warning.Contains("Doe", StringComparison.Ordinal) || warning.Contains("not DICOM", StringComparison.Ordinal));
    }

    [Fact]
    public void A_plain_file_in_another_order_of_axes_is_read()
    {
        var grid = Grids.Oblique;
        var turned = grid with { Origin = grid.ToPatient(grid.SizeX - 1, 0, 0), DirectionX = grid.DirectionX * -1 };
        using var stream = new MemoryStream();
        NiftiFile.Write(stream, new Mask(turned, [.. Enumerable.Range(0, grid.Count).Select(n => Box(grid).Voxels[(n / grid.SizeX * grid.SizeX) + grid.SizeX - 1 - (n % grid.SizeX)])]), compress: false);
        Assert.Equal(Box(grid).Voxels, Ingest.Read(With(("liver.nii", stream.ToArray())), _rules).Sequences[0].Roi.Voxels);
    }

    [Theory]
    [InlineData("liver_vessels.nii.gz")]
    [InlineData("T1.nii.gz")]
    public void A_mask_of_another_name_is_no_region(string name) => Ingest.Refused("StudyHasNoRoi", With((name, File(Grids.Oblique))), _rules);

    [Fact]
    public void Of_two_masks_without_a_telling_name_nobody_knows_which() =>
        Ingest.Refused("StudyHasNoRoi", With(("mask.nii.gz", File(Grids.Oblique)), ("roi.nii.gz", File(Grids.Oblique))), _rules);

    [Fact]
    public void A_dicom_region_comes_first()
    {
        var study = With(("liver.nii.gz", File(Grids.Oblique))) with { Segmentations = [new SegObject { Grid = Grids.Oblique, Inside = (i, j, k) => i + j + k == 0 }] };
        Assert.Equal(("SEG", 1), (Ingest.Read(study, _rules).Sequences[0].RoiSource, Ingest.Read(study, _rules).Sequences[0].Roi.CountInside()));
    }

    [Fact]
    public void Several_labels_in_one_mask_are_refused()
    {
        using var stream = new MemoryStream();
        NiftiFile.Write(stream, new Volume(Grids.Oblique, [.. Box(Grids.Oblique).Voxels.Select((voxel, n) => (float)(voxel * (1 + (n % 2))))]));
        Ingest.Refused("RoiUnreadable", With(("liver.nii.gz", stream.ToArray())), _rules);
    }

    [Fact]
    public void A_mask_cut_short_is_refused() => Ingest.Refused("RoiUnreadable", With(("liver.nii.gz", File(Grids.Oblique)[..^30])), _rules);

    private static TestStudy With(params (string Name, byte[] Content)[] masks) => TestStudy.Dixon with
    {
        Series = [TestStudy.Dixon.Series[3] with { Grid = Grids.Oblique }],
        Segmentations = [],
        Extra = masks,
    };

    private static byte[] File(VolumeGeometry grid)
    {
        using var stream = new MemoryStream();
        NiftiFile.Write(stream, Box(grid));
        return stream.ToArray();
    }

    private static Mask Box(VolumeGeometry grid) =>
        new(grid, [.. Enumerable.Range(0, grid.Count).Select(n => (byte)(n % grid.SizeX is >= 3 and < 9 && n / grid.SizeX % grid.SizeY is >= 2 and < 7 && n / grid.SizeX / grid.SizeY is >= 1 and < 5 ? 1 : 0))]);
}
