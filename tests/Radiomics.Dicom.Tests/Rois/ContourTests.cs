using FellowOakDicom;
using Radiomics.Dicom.Tests.Building;
using Radiomics.Extraction;

namespace Radiomics.Dicom.Tests.Rois;

/// <summary>How contours of one plane make a region.</summary>
public sealed class ContourTests
{
    private static readonly VolumeGeometry _grid = Grids.Axial;

    [Fact]
    public void The_same_contour_twice_counts_once() => Assert.Equal(8 * 6, Count(Box(1.5, 9.5, 1.5, 7.5), Box(1.5, 9.5, 1.5, 7.5)));

    [Fact]
    public void The_same_contour_turned_and_rounded_counts_once() =>
        Assert.Equal(8 * 6, Count(Box(1.5, 9.5, 1.5, 7.5), [.. Box(1.51, 9.49, 1.5, 7.5).Reverse().Skip(1), Box(1.51, 9.49, 1.5, 7.5)[3]]));

    [Fact]
    public void Contours_that_overlap_partly_unite() => Assert.Equal((4 * 4) + (4 * 4) - (2 * 2), Count(Box(0.5, 4.5, 0.5, 4.5), Box(2.5, 6.5, 2.5, 6.5)));

    [Fact]
    public void Contours_that_cross_without_a_corner_inside_the_other_unite() =>
        Assert.Equal((8 * 2) + (2 * 8) - (2 * 2), Count(Box(0.5, 8.5, 3.5, 5.5), Box(3.5, 5.5, 0.5, 8.5)));

    [Fact]
    public void Islands_beside_each_other_add_up() => Assert.Equal((2 * 2) + (3 * 3), Count(Box(0.5, 2.5, 0.5, 2.5), Box(4.5, 7.5, 4.5, 7.5)));

    [Fact]
    public void An_island_in_a_hole_is_inside() =>
        Assert.Equal((10 * 8) - (6 * 4) + (2 * 2), Count(Box(0.5, 10.5, 0.5, 8.5), Box(2.5, 8.5, 2.5, 6.5), Box(4.5, 6.5, 3.5, 5.5)));

    [Fact]
    public void Two_holes_that_overlap_are_one() =>
        Assert.Equal((10 * 8) - ((4 * 4) + (4 * 4) - (2 * 2)), Count(Box(0.5, 10.5, 0.5, 8.5), Box(1.5, 5.5, 1.5, 5.5), Box(3.5, 7.5, 3.5, 7.5)));

    [Fact]
    public void A_hole_in_two_islands_that_unite_is_a_hole() =>
        Assert.Equal((10 * 6) - (2 * 2), Count(Box(0.5, 7.5, 0.5, 6.5), Box(3.5, 10.5, 0.5, 6.5), Box(4.5, 6.5, 2.5, 4.5)));

    [Fact]
    public void A_keyhole_leaves_its_hole_and_its_channel_closed()
    {
        IReadOnlyList<Point3> keyhole =
        [
            .. Box(0.5, 10.5, 0.5, 8.5), Box(0.5, 10.5, 0.5, 8.5)[0],
            .. Box(3.5, 6.5, 3.5, 5.5).Reverse().Prepend(Box(3.5, 6.5, 3.5, 5.5)[0]), Box(0.5, 10.5, 0.5, 8.5)[0],
        ];
        Assert.Equal((10 * 8) - (3 * 2), Count(keyhole));
    }

    [Fact]
    public void Xor_contours_exclude_each_other() =>
        Assert.Equal((4 * 4) + (4 * 4) - (2 * 2 * 2), Read(set => Kind(set, "CLOSEDPLANAR_XOR"), Box(0.5, 4.5, 0.5, 4.5), Box(2.5, 6.5, 2.5, 6.5)).Roi.CountInside());

    [Fact]
    public void Points_and_open_lines_are_no_part_of_it() =>
        Assert.Equal(4 * 4, Read(set => Contour(set, 1).AddOrUpdate(DicomTag.ContourGeometricType, "OPEN_PLANAR"), Box(0.5, 4.5, 0.5, 4.5), Box(2.5, 6.5, 2.5, 6.5)).Roi.CountInside());

    [Theory]
    [InlineData("0\\0\\36\\1\\0\\36\\1\\1\\NaN")]
    [InlineData("0\\0\\36\\1\\0\\36\\1,5\\1\\36")]
    [InlineData("0\\0\\36\\1\\0\\36\\1\\1")]
    [InlineData("0\\0\\36\\1e200\\0\\36\\1\\1\\36")]
    [InlineData("0\\0\\1e5\\1\\0\\1e5\\1\\1\\1e5")]
    [InlineData("")]
    public void A_contour_that_cannot_be_read_makes_the_region_unreadable(string points) =>
        Ingest.Refused("RoiUnreadable", Study(
            set => Contour(set, 1).AddOrUpdate(RawText.Decimal(DicomTag.ContourData, points)),
            Box(0.5, 4.5, 0.5, 4.5),
            Box(2.5, 6.5, 2.5, 6.5)));

    [Fact]
    public void A_contour_of_no_known_type_makes_the_region_unreadable() =>
        Ingest.Refused("RoiUnreadable", Study(set => Contour(set, 0).Remove(DicomTag.ContourGeometricType), Box(0.5, 4.5, 0.5, 4.5)));

    [Fact]
    public void A_region_that_leaves_the_image_says_by_how_much()
    {
        var refusal = Ingest.Refused("SequenceIncomplete", Study(_ => { }, Box(-4.5, 3.5, 0.5, 4.5)), Ingest.Research);
        Assert.Contains("45.5 % of the region of interest lies outside", refusal.Detail, StringComparison.Ordinal);
        Assert.Equal(0.5, new ContourRegion([new Contour(Box(-4.5, 3.5, 0.5, 4.5))]).ShareOutside(_grid), 1);
        Assert.Equal(0, new ContourRegion([new Contour(Box(0.5, 3.5, 0.5, 4.5))]).ShareOutside(_grid));
    }

    [Fact]
    public void A_contour_smaller_than_rounding_encloses_nothing()
    {
        var tiny = new ContourRegion([new Contour([new Point3(0, 0, 0), new Point3(1e-80, 0, 0), new Point3(0, 1e-80, 1e-81)])]);
        Assert.Equal(0, tiny.OnGrid(_grid).CountInside());
        Assert.Equal(0, tiny.ShareOutside(_grid));
    }

    [Fact]
    public void Planes_far_finer_than_the_slices_fill_those_that_they_lie_in()
    {
        var thick = _grid with { SpacingZ = 60_000 };
        var contours = Enumerable.Range(0, 600).Select(n => new Contour(StructureSetObject.Rectangle(thick, 0.5, 4.5, 0.5, 4.5, 2)
            .Select(point => point + new Point3(0, 0, (100 * n) - 29_950)).ToArray()));
        Assert.Equal(4 * 4, new ContourRegion([.. contours]).OnGrid(thick).CountInside());
    }

    [Fact]
    public void More_points_in_a_plane_than_can_be_compared_make_the_region_unreadable()
    {
        var outline = Enumerable.Range(0, 7_100).Select(n => new Point3(Math.Cos(n), Math.Sin(n), 0)).ToArray();
        Contour[] contours = [new Contour(outline), new Contour(outline)];
        var refusal = Assert.Throws<RadiomicsException>(() => ContourNesting.Of(contours, new Point3(0, 0, 1)));
        Assert.Equal("RoiUnreadable", refusal.Code);
        Assert.Contains("2 contours with 14456 points", refusal.Detail, StringComparison.Ordinal);
    }

    private static int Count(params IReadOnlyList<Point3>[] contours) => Read(_ => { }, contours).Roi.CountInside();

    private static IngestedSequence Read(Action<DicomDataset> edit, params IReadOnlyList<Point3>[] contours) =>
        Assert.Single(Ingest.Read(Study(edit, contours), Ingest.Research).Sequences);

    private static TestStudy Study(Action<DicomDataset> edit, params IReadOnlyList<Point3>[] contours)
    {
        var plain = TestStudy.Dixon with { Series = [new MrSeries()], Segmentations = [] };
        var set = new StructureSetObject { Contours = contours }.Build(plain, 0);
        edit(set);
        return plain with { Extra = [("rtss.dcm", TestStudy.Bytes(set))] };
    }

    private static DicomDataset Contour(DicomDataset set, int index) =>
        set.GetSequence(DicomTag.ROIContourSequence).Items[0].GetSequence(DicomTag.ContourSequence).Items[index];

    private static void Kind(DicomDataset set, string kind)
    {
        Contour(set, 0).AddOrUpdate(DicomTag.ContourGeometricType, kind);
        Contour(set, 1).AddOrUpdate(DicomTag.ContourGeometricType, kind);
    }

    private static Point3[] Box(double left, double right, double top, double bottom) => [.. StructureSetObject.Rectangle(_grid, left, right, top, bottom, 2)];
}
