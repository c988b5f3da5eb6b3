namespace Radiomics.Extraction;

/// <summary>Largest distances between vertices of the mesh, mm: the farthest two are corners of a convex hull, so few points are compared.</summary>
internal static class MeshDiameters
{
    /// <summary>The largest distance of all (IBSI manual 3.1.11).</summary>
    public static double In3D(ConvexHull hull, (double X, double Y, double Z) spacing) => Math.Sqrt(LargestSquare(hull.Vertices, spacing));

    /// <summary>The largest distance of two vertices in one plane across x, across y, and across z.</summary>
    public static (double X, double Y, double Z) InPlanes(MaskRows rows, (double X, double Y, double Z) spacing) =>
    (
        Largest(MeshVertices.InPlanesAcrossY(rows.Transposed()), (spacing.Y, spacing.X, spacing.Z)),
        Largest(MeshVertices.InPlanesAcrossY(rows), spacing),
        Largest(MeshVertices.InPlanesAcrossZ(rows), spacing));

    private static double Largest(IEnumerable<List<LatticePoint>> planes, (double X, double Y, double Z) spacing)
    {
        double largest = 0;
        foreach (var plane in planes)
        {
            largest = Math.Max(largest, LargestSquare(plane, spacing));
        }

        return Math.Sqrt(largest);
    }

    private static double LargestSquare(IReadOnlyList<LatticePoint> points, (double X, double Y, double Z) spacing)
    {
        // Two points are no farther apart than both are from the center: from the outermost inwards, most pairs need no look.
        var positions = new Point3[points.Count];
        var outermostFirst = new Ranked<Point3>[points.Count];
        var center = Point3.Zero;
        for (var i = 0; i < positions.Length; i++)
        {
            positions[i] = points[i].ToMillimetres(spacing);
            center += positions[i] * (1.0 / positions.Length);
        }

        for (var i = 0; i < positions.Length; i++)
        {
            outermostFirst[i] = new(-(positions[i] - center).Length, positions[i]);
        }

        Ranked.Sort(outermostFirst);
        double largest = 0, reach = 0;
        for (var i = 0; i < positions.Length; i++)
        {
            for (var j = i + 1; j < positions.Length && -outermostFirst[i].Rank - outermostFirst[j].Rank >= reach; j++)
            {
                var between = outermostFirst[i].Item - outermostFirst[j].Item;
                var square = between.Dot(between);
                if (square > largest)
                {
                    // A little less than the distance, so that rounding skips no pair.
                    (largest, reach) = (square, Math.Sqrt(square) * (1 - 1e-12));
                }
            }
        }

        return largest;
    }
}
