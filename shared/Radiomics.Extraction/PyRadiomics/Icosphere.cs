namespace Radiomics.Extraction;

/// <summary>Points spread evenly over a sphere: the corners of an icosahedron whose faces are cut into four again and again, all corners moved onto the sphere each time.</summary>
/// <remarks>
/// Corners that should be half a radius from a plane of the axes miss it by rounding: with an even radius a sample then lies within the image's outermost voxel
/// centers or doesn't, and is 0 beyond. So the arithmetic is trimesh's step by step.
/// </remarks>
internal static class Icosphere
{
    /// <summary>The points, 10·4ⁿ + 2 of them; three of the icosahedron's golden rectangles lie in the planes of the axes.</summary>
    /// <param name="subdivisions">How often the faces are cut, n.</param>
    /// <param name="radius">Of the sphere.</param>
    public static Point3[] Points(int subdivisions, double radius)
    {
        var points = Corners();
        var faces = Faces(points);
        for (var n = 0; n < subdivisions; n++)
        {
            faces = Cut(points, faces);
            MoveOnto(points, radius);
        }

        if (subdivisions == 0)
        {
            MoveOnto(points, radius);
        }

        return [.. points];
    }

    private static void MoveOnto(List<Point3> points, double radius)
    {
        for (var i = 0; i < points.Count; i++)
        {
            var (point, length) = (points[i], points[i].Length);
            var step = radius - length;
            points[i] = new(point.X + point.X / length * step, point.Y + point.Y / length * step, point.Z + point.Z / length * step);
        }
    }

    private static List<Point3> Corners()
    {
        var golden = (1 + Math.Sqrt(5)) / 2;
        var length = Math.Sqrt(2 + golden);
        var (one, far) = (1 / length, golden / length);
        var corners = new List<Point3>();
        foreach (var a in (ReadOnlySpan<double>)[-one, one])
        {
            foreach (var b in (ReadOnlySpan<double>)[-far, far])
            {
                corners.Add(new(a, b, 0));
                corners.Add(new(0, a, b));
                corners.Add(new(b, 0, a));
            }
        }

        return corners;
    }

    /// <summary>Three corners that are neighbours of each other are a face; neighbours are 1.05 apart, the next ones 1.7.</summary>
    private static List<(int A, int B, int C)> Faces(List<Point3> corners)
    {
        var faces = new List<(int, int, int)>();
        for (var a = 0; a < corners.Count; a++)
        {
            for (var b = 0; b < a; b++)
            {
                for (var c = 0; c < b; c++)
                {
                    if (AreNear(a, b) && AreNear(b, c) && AreNear(c, a))
                    {
                        faces.Add((a, b, c));
                    }
                }
            }
        }

        return faces;

        bool AreNear(int i, int j) => (corners[i] - corners[j]).Length < 1.4;
    }

    private static List<(int A, int B, int C)> Cut(List<Point3> points, List<(int A, int B, int C)> faces)
    {
        var middles = new Dictionary<(int, int), int>();
        var cut = new List<(int, int, int)>(4 * faces.Count);
        foreach (var (a, b, c) in faces)
        {
            var (ab, bc, ca) = (Middle(a, b), Middle(b, c), Middle(c, a));
            cut.AddRange([(a, ab, ca), (b, bc, ab), (c, ca, bc), (ab, bc, ca)]);
        }

        return cut;

        int Middle(int i, int j)
        {
            var edge = (Math.Min(i, j), Math.Max(i, j));
            if (!middles.TryGetValue(edge, out var index))
            {
                (index, middles[edge]) = (points.Count, points.Count);
                points.Add((points[i] + points[j]) * 0.5);
            }

            return index;
        }
    }
}
