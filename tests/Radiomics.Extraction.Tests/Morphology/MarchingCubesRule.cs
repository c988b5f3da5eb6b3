namespace Radiomics.Extraction.Tests;

/// <summary>
/// The rule behind <see cref="MarchingCubesTriangles"/>. On every face of the cell each run of inside corners is cut off by one segment (so inside corners
/// that only touch across a face's diagonal stay apart, on both sides of the face alike); the segments close into loops. A loop that isn't plane is cut into
/// the fan of the largest area, and of equal ones the one of the largest volume: that is the same in every orientation, and is what the reference values
/// agree with (fans of less area miss their tolerance).
/// </summary>
internal static class MarchingCubesRule
{
    /// <summary>The six faces, each as its four corners counter-clockwise seen from outside.</summary>
    private static readonly int[][] Faces = [[0, 4, 6, 2], [1, 3, 7, 5], [0, 1, 5, 4], [2, 6, 7, 3], [0, 2, 3, 1], [4, 5, 7, 6]];

    /// <summary>Triangles of one case in cell coordinates, normals outwards.</summary>
    public static (Point3 A, Point3 B, Point3 C)[] TrianglesOf(int code)
    {
        var next = new Dictionary<Point3, Point3>();
        foreach (var face in Faces)
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

    private static bool IsInside(int code, int corner) => (code >> corner & 1) != 0;

    private static Point3 Middle(int a, int b) => (Corner(a) + Corner(b)) * 0.5;

    private static Point3 Corner(int corner) => new(corner & 1, corner >> 1 & 1, corner >> 2);
}
