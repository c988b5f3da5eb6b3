namespace Radiomics.Dicom.Tests.Rois;

public sealed class PolygonFillTests
{
    [Fact]
    public void Squares_that_share_an_edge_share_no_pixel_and_leave_none_out()
    {
        var counts = new int[36];
        PolygonFill.AddInside([Square(0, 0, 3, 3)], 6, 6, counts);
        PolygonFill.AddInside([Square(3, 0, 6, 3)], 6, 6, counts);
        PolygonFill.AddInside([Square(0, 3, 6, 6)], 6, 6, counts);
        Assert.All(counts, count => Assert.Equal(1, count));
    }

    [Fact]
    public void An_inner_polygon_is_a_hole()
    {
        var counts = new int[100];
        PolygonFill.AddInside([Square(0, 0, 10, 10), Square(3, 3, 7, 7)], 10, 10, counts);
        Assert.Equal(100 - 16, counts.Sum());
        Assert.Equal(0, counts[55]);
    }

    [Fact]
    public void A_circle_covers_its_area()
    {
        var counts = new int[100 * 100];
        var circle = Enumerable.Range(0, 720).Select(n => (50 + 40 * Math.Cos(n * Math.PI / 360), 50 + 40 * Math.Sin(n * Math.PI / 360))).ToArray();
        PolygonFill.AddInside([circle], 100, 100, counts);
        Assert.InRange(counts.Sum(), Math.PI * 1600 * 0.995, Math.PI * 1600 * 1.005);
    }

    [Fact]
    public void What_lies_beyond_the_image_is_cut_off()
    {
        var counts = new int[16];
        PolygonFill.AddInside([Square(-5, -5, 2, 20)], 4, 4, counts);
        Assert.Equal(8, counts.Sum());
    }

    private static (double X, double Y)[] Square(double left, double top, double right, double bottom) =>
        [(left, top), (right, top), (right, bottom), (left, bottom)];
}
