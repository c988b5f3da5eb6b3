namespace Radiomics.Extraction.Tests;

public class ConvexHullTests
{
    [Theory]
    [InlineData(5, 4)]
    [InlineData(40, 3)]
    [InlineData(200, 4)]
    [InlineData(60, 1000)]
    [InlineData(400, 60)]
    public void No_point_is_beyond_a_face_and_the_faces_close(int count, int size)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var points = RandomPoints(count, size, seed);
            var hull = new ConvexHull(points);
            for (var i = 0; i < hull.Triangles.Length; i += 3)
            {
                var (a, b, c) = (hull.Vertices[hull.Triangles[i]], hull.Vertices[hull.Triangles[i + 1]], hull.Vertices[hull.Triangles[i + 2]]);
                Assert.All(points, p => Assert.True(Volume6(a, b, c, p) <= 0));
                Assert.NotEqual(Point3.Zero, (At(b) - At(a)).Cross(At(c) - At(a)));
            }

            // A closed surface of triangles without holes: each edge runs once each way, and V − E + F = 2.
            var edges = Enumerable.Range(0, hull.Triangles.Length)
                .Select(i => (From: hull.Triangles[i], To: hull.Triangles[i / 3 * 3 + (i + 1) % 3])).ToHashSet();
            Assert.Equal(hull.Triangles.Length, edges.Count);
            Assert.All(edges, e => Assert.Contains((e.To, e.From), edges));
            Assert.Equal(2, hull.Vertices.Length - edges.Count / 2 + hull.Triangles.Length / 3);
        }
    }

    [Fact]
    public void A_boxs_hull_is_the_box()
    {
        var points = Enumerable.Range(0, 5 * 7 * 4).Select(i => new LatticePoint(i % 5, i / 5 % 7, i / 35)).ToArray();
        var (volume, area) = new ConvexHull(points).Measure((2, 2, 4));
        Assert.Equal(4 * 6 * 6, volume, 12);
        Assert.Equal(2 * (4 * 6 + 6 * 6 + 4 * 6), area, 12);
    }

    [Fact]
    public void Points_of_one_plane_have_no_hull() =>
        Assert.Throws<ArgumentException>(() => new ConvexHull([new(0, 0, 0), new(4, 0, 0), new(0, 4, 0), new(1, 1, 0), new(4, 4, 0)]));

    [Fact]
    public void The_mesh_vertices_that_are_kept_have_the_hull_and_diameters_of_all()
    {
        var spacing = (X: 0.9, Y: 1.1, Z: 2.5);
        for (var seed = 0; seed < 12; seed++)
        {
            var random = new Random(seed);
            var (sizeX, sizeY, sizeZ) = (1 + random.Next(9), 1 + random.Next(9), 1 + random.Next(7));
            var mask = new byte[sizeX * sizeY * sizeZ];
            mask[random.Next(mask.Length)] = 1;
            foreach (ref var voxel in mask.AsSpan())
            {
                voxel |= (byte)(random.Next(3 + seed) == 0 ? 1 : 0);
            }

            var rows = MaskRows.Of(mask, new(0, 0, 0, sizeX, sizeY, sizeZ));
            var all = AllVertices(mask, sizeX, sizeY, sizeZ);
            var hull = new ConvexHull(MeshVertices.Outer(rows));
            Assert.Equal(new ConvexHull(all).Measure(spacing).Volume, hull.Measure(spacing).Volume, 9);
            Assert.Equal(LargestDistance(all, (_, _) => true), MeshDiameters.In3D(hull, spacing), 12);
            var (x, y, z) = MeshDiameters.InPlanes(rows, spacing);
            Assert.Equal(LargestDistance(all, (a, b) => a.X == b.X), x, 12);
            Assert.Equal(LargestDistance(all, (a, b) => a.Y == b.Y), y, 12);
            Assert.Equal(LargestDistance(all, (a, b) => a.Z == b.Z), z, 12);
        }

        double LargestDistance(List<LatticePoint> points, Func<LatticePoint, LatticePoint, bool> both) =>
            points.Max(a => points.Max(b => both(a, b) ? (a.ToMillimetres(spacing) - b.ToMillimetres(spacing)).Length : 0));
    }

    private static List<LatticePoint> AllVertices(byte[] mask, int sizeX, int sizeY, int sizeZ)
    {
        var vertices = new List<LatticePoint>();
        for (var z = -1; z < sizeZ; z++)
        {
            for (var y = -1; y < sizeY; y++)
            {
                for (var x = -1; x < sizeX; x++)
                {
                    Add(x, y, z, 1, 0, 0);
                    Add(x, y, z, 0, 1, 0);
                    Add(x, y, z, 0, 0, 1);
                }
            }
        }

        return vertices;

        void Add(int x, int y, int z, int dx, int dy, int dz)
        {
            if (Inside(x, y, z) != Inside(x + dx, y + dy, z + dz))
            {
                vertices.Add(new(2 * x + dx, 2 * y + dy, 2 * z + dz));
            }
        }

        bool Inside(int x, int y, int z) =>
            x >= 0 && y >= 0 && z >= 0 && x < sizeX && y < sizeY && z < sizeZ && mask[(z * sizeY + y) * sizeX + x] != 0;
    }

    private static LatticePoint[] RandomPoints(int count, int size, int seed)
    {
        var random = new Random(seed);
        LatticePoint[] corners = [new(0, 0, 0), new(1, 0, 0), new(0, 1, 0), new(0, 0, 1)];
        return [.. corners, .. Enumerable.Range(0, count).Select(_ => new LatticePoint(random.Next(size), random.Next(size), random.Next(size)))];
    }

    private static double Volume6(LatticePoint a, LatticePoint b, LatticePoint c, LatticePoint d) => (At(b) - At(a)).Cross(At(c) - At(a)).Dot(At(d) - At(a));

    private static Point3 At(LatticePoint p) => new(p.X, p.Y, p.Z);
}
