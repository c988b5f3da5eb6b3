namespace Radiomics.Extraction.Tests;

public class EnclosingShapeTests
{
    private static readonly PrincipalAxes GridAxes = new(3, 2, 1, new(1, 0, 0), new(0, 1, 0), new(0, 0, 1));

    [Fact]
    public void A_box_is_its_own_smallest_box()
    {
        var hull = Hull(from x in (int[])[0, 10] from y in (int[])[0, 4] from z in (int[])[0, 7] select new LatticePoint(x, y, z));
        AssertSize(new(7, 5, 2), OrientedBox.Size(hull, (1, 1, 2), GridAxes));
    }

    [Fact]
    public void A_turned_box_is_found_exactly()
    {
        // Edges (4, 3, 0)·k, (−3, 4, 0)·l and (0, 0, 1)·m are at right angles on the lattice; then the same turned once more.
        var flat = Hull(from k in (int[])[0, 6] from l in (int[])[0, 2] from m in (int[])[0, 5] select new LatticePoint(4 * k - 3 * l, 3 * k + 4 * l, m));
        AssertSize(new(15, 5, 2.5), OrientedBox.Size(flat, (1, 1, 1), GridAxes));
        var oblique = Hull(
            from k in (int[])[0, 9]
            from l in (int[])[0, 4]
            from m in (int[])[0, 2]
            select new LatticePoint(k + 2 * l + 2 * m, 2 * k + l - 2 * m, 2 * k - 2 * l + m));
        AssertSize(new(13.5, 6, 3), OrientedBox.Size(oblique, (1, 1, 1), GridAxes));
    }

    [Fact]
    public void A_tetrahedrons_smallest_box_is_the_cube_that_touches_edges_only()
    {
        var turned = new LatticePoint[4];
        LatticePoint[] corners = [new(0, 0, 0), new(1, 1, 0), new(1, 0, 1), new(0, 1, 1)];
        for (var i = 0; i < 4; i++)
        {
            // In a cube of edge 30 along (1, 2, 2), (2, 1, −2), (2, −2, 1), so that no edge of it lies along the grid.
            var (k, l, m) = corners[i];
            turned[i] = new(10 * (k + 2 * l + 2 * m), 10 * (2 * k + l - 2 * m), 10 * (2 * k - 2 * l + m));
        }

        AssertSize(new(15, 15, 15), OrientedBox.Size(new(turned), (1, 1, 1), GridAxes), 1e-3);
    }

    [Fact]
    public void The_smallest_box_of_a_voxel_ends_where_turns_gain_next_to_nothing()
    {
        // An octahedron of axes 2, 3 and 3.42 mm: of its boxes' volumes, some orientations go down a crease by ever the same smallest turn.
        var hull = Hull([new(0, 1, 1), new(2, 1, 1), new(1, 0, 1), new(1, 2, 1), new(1, 1, 0), new(1, 1, 2)]);
        var (x, y, z) = OrientedBox.Size(hull, (2, 3, 3.4226488176838723), GridAxes);
        var solid = 2 * 3 * 3.4226488176838723 / 6;
        Assert.InRange(x * y * z, 1.5 * solid, 2.2 * solid);
    }

    [Fact]
    public void No_turn_gives_a_smaller_box()
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var random = new Random(seed);
            var hull = Hull(Enumerable.Range(0, 40).Select(_ => new LatticePoint(random.Next(60), random.Next(40), random.Next(25))));
            var spacing = (1.0, 1.3, 2.1);
            var (x, y, z) = OrientedBox.Size(hull, spacing, GridAxes);
            var points = hull.ToMillimetres(spacing);
            for (var i = 0; i < 3000; i++)
            {
                var u = Direction(random);
                var v = u.Cross(Direction(random)).Normalized();
                Assert.True(Extent(points, u) * Extent(points, v) * Extent(points, u.Cross(v)) >= x * y * z * (1 - 1e-9));
            }
        }
    }

    [Fact]
    public void Points_of_an_ellipsoid_have_that_ellipsoid()
    {
        // A cube's corners and an octahedron's, on one sphere, stretched and turned: their smallest ellipsoid is the sphere's image.
        var random = new Random(3);
        var (a, b, c) = (9.0, 5.0, 2.0);
        var u = Direction(random);
        var v = u.Cross(Direction(random)).Normalized();
        var w = u.Cross(v);
        List<Point3> points = [];
        foreach (var corner in Sphere().Concat(Enumerable.Range(0, 200).Select(_ => Direction(random) * (0.99 * random.NextDouble()))))
        {
            points.Add(u * (a * corner.X) + v * (b * corner.Y) + w * (c * corner.Z) + new Point3(70, -20, 5));
        }

        var ellipsoid = EnclosingEllipsoid.Around([.. points]);
        Assert.InRange(ellipsoid.Volume / (4 * Math.PI / 3 * a * b * c), 1 - 1e-12, 1 + EnclosingEllipsoid.Tolerance);
        Assert.Equal(a, ellipsoid.A, 5);
        Assert.Equal(b, ellipsoid.B, 5);
        Assert.Equal(c, ellipsoid.C, 5);
    }

    [Fact]
    public void A_boxs_smallest_ellipsoid_is_the_one_through_its_corners_in_its_proportions()
    {
        var hull = Hull(from x in (int[])[0, 10] from y in (int[])[0, 4] from z in (int[])[0, 7] select new LatticePoint(x, y, z));
        var ellipsoid = EnclosingEllipsoid.Around(hull.ToMillimetres((1, 1, 2)));
        var third = Math.Sqrt(3) / 2;
        Assert.Equal(7 * third, ellipsoid.A, 5);
        Assert.Equal(5 * third, ellipsoid.B, 5);
        Assert.Equal(2 * third, ellipsoid.C, 5);
    }

    private static IEnumerable<Point3> Sphere()
    {
        for (var i = 0; i < 8; i++)
        {
            yield return new Point3((i & 1) * 2 - 1, (i & 2) - 1, (i & 4) / 2 - 1).Normalized();
        }

        foreach (var sign in (int[])[-1, 1])
        {
            yield return new(sign, 0, 0);
            yield return new(0, sign, 0);
            yield return new(0, 0, sign);
        }
    }

    private static ConvexHull Hull(IEnumerable<LatticePoint> points) => new([.. points]);

    private static double Extent(Point3[] points, Point3 direction) => points.Max(p => p.Dot(direction)) - points.Min(p => p.Dot(direction));

    private static Point3 Direction(Random random) => new Point3(random.NextDouble() - 0.5, random.NextDouble() - 0.5, random.NextDouble() - 0.5).Normalized();

    private static void AssertSize(Point3 expected, Point3 actual, double tolerance = 1e-9)
    {
        Assert.Equal(expected.X, actual.X, tolerance);
        Assert.Equal(expected.Y, actual.Y, tolerance);
        Assert.Equal(expected.Z, actual.Z, tolerance);
    }
}
