namespace Radiomics.Extraction;

/// <summary>
/// Volume and area of the surface halfway between the voxels inside and outside a mask (marching cubes at 0.5, IBSI manual 3.1.1).
/// No mesh is stored: which of its eight corners are inside decides a cell's triangles, so cells are counted by these 256 cases, and
/// each case's share is known in advance.
/// </summary>
internal static class MarchingCubes
{
    private static readonly (Point3 A, Point3 B, Point3 C)[][] Triangles = [.. Enumerable.Range(0, 256).Select(TrianglesOf)];

    /// <summary>Volume (mm³) and area (mm²).</summary>
    public static (double Volume, double Area) Measure(RoiGrid grid)
    {
        var (sx, sy, sz) = grid.Spacing;
        var area = new double[256];
        var flux = new double[256];
        var lift = new double[256];
        for (var code = 0; code < 256; code++)
        {
            foreach (var (a, b, c) in Triangles[code])
            {
                Point3 Scale(Point3 p) => new(p.X * sx, p.Y * sy, p.Z * sz);
                var normal = (Scale(b) - Scale(a)).Cross(Scale(c) - Scale(a)) * 0.5;
                area[code] += normal.Length;
                flux[code] += normal.Z;
                lift[code] += normal.Z * (a.Z + b.Z + c.Z) / 3 * sz;
            }
        }

        // The signed tetrahedra of a closed mesh add up to its flux of (0, 0, z) as well (divergence theorem); that needs the layer only.
        double volume = 0, surface = 0;
        var counts = new long[256];
        for (var layer = -1; layer < grid.Box.SizeZ; layer++)
        {
            Array.Clear(counts);
            CountCases(grid, layer, counts);
            for (var code = 1; code < 255; code++)
            {
                volume += counts[code] * (flux[code] * layer * sz + lift[code]);
                surface += counts[code] * area[code];
            }
        }

        return (volume, surface);
    }

    /// <summary>Counts the cells between slice <paramref name="layer"/> and the next by case; bit x + 2y + 4z of a case is a corner.</summary>
    private static void CountCases(RoiGrid grid, int layer, long[] counts)
    {
        var (sizeX, sizeY) = (grid.Box.SizeX, grid.Box.SizeY);
        var empty = new byte[sizeX];
        ReadOnlySpan<byte> Row(int y, int z) => y >= 0 && y < sizeY && z >= 0 && z < grid.Box.SizeZ
            ? grid.Mask.AsSpan((z * sizeY + y) * sizeX, sizeX)
            : empty;
        for (var y = -1; y < sizeY; y++)
        {
            var a = Row(y, layer);
            var b = Row(y + 1, layer);
            var c = Row(y, layer + 1);
            var d = Row(y + 1, layer + 1);
            var code = 0;
            for (var x = 0; x < sizeX; x++)
            {
                // The cell's right face becomes the next cell's left one: odd corners move to even ones.
                code = ((code >> 1) & 0x55) | (a[x] << 1) | (b[x] << 3) | (c[x] << 5) | (d[x] << 7);
                counts[code]++;
            }

            counts[(code >> 1) & 0x55]++;
        }
    }

    /// <summary>
    /// Triangles of one case in cell coordinates, normals outwards. On every face of the cell each run of inside corners is cut off by one
    /// segment (so inside corners that only touch across a face's diagonal stay apart, on both sides of the face alike); the segments
    /// close into loops. A loop that isn't plane is cut into the fan of the largest area, and of equal ones the one of the largest volume:
    /// that is the same in every orientation, and is what the reference values agree with (fans of less area miss their tolerance).
    /// </summary>
    private static (Point3 A, Point3 B, Point3 C)[] TrianglesOf(int code)
    {
        var next = new Dictionary<Point3, Point3>();
        foreach (var face in Faces())
        {
            for (var i = 0; i < 4; i++)
            {
                if (!IsInside(code, face[i]) || IsInside(code, face[(i + 1) % 4]))
                {
                    continue;
                }

                var start = i;
                while (IsInside(code, face[(start + 3) % 4]))
                {
                    start = (start + 3) % 4;
                }

                next.Add(Middle(face[(start + 3) % 4], face[start]), Middle(face[i], face[(i + 1) % 4]));
            }
        }

        var triangles = new List<(Point3, Point3, Point3)>();
        while (next.Count > 0)
        {
            var loop = new List<Point3>();
            for (var point = next.Keys.First(); next.Remove(point, out var following); point = following)
            {
                loop.Add(point);
            }

            triangles.AddRange(Enumerable.Range(0, loop.Count).Select(start => Fan(loop, start)).MaxBy(Order)!);
        }

        return [.. triangles];
    }

    private static (Point3 A, Point3 B, Point3 C)[] Fan(List<Point3> loop, int start) =>
        [.. Enumerable.Range(1, loop.Count - 2).Select(i => (loop[start], loop[(start + i) % loop.Count], loop[(start + i + 1) % loop.Count]))];

    /// <summary>Area, then volume below the triangles seen from the cell's center; rounded, so that equal ones are equal.</summary>
    private static (double Area, double Volume) Order((Point3 A, Point3 B, Point3 C)[] fan)
    {
        var center = new Point3(0.5, 0.5, 0.5);
        var area = fan.Sum(t => (t.B - t.A).Cross(t.C - t.A).Length);
        var volume = fan.Sum(t => (t.A - center).Dot((t.B - center).Cross(t.C - center)));
        return (Math.Round(area, 9), Math.Round(volume, 9));
    }

    /// <summary>The six faces, each as its four corners counter-clockwise seen from outside.</summary>
    private static IEnumerable<int[]> Faces()
    {
        yield return [0, 4, 6, 2];
        yield return [1, 3, 7, 5];
        yield return [0, 1, 5, 4];
        yield return [2, 6, 7, 3];
        yield return [0, 2, 3, 1];
        yield return [4, 5, 7, 6];
    }

    private static bool IsInside(int code, int corner) => (code >> corner & 1) != 0;

    private static Point3 Middle(int a, int b) => (Corner(a) + Corner(b)) * 0.5;

    private static Point3 Corner(int corner) => new(corner & 1, corner >> 1 & 1, corner >> 2);
}
