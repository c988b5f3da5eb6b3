namespace Radiomics.Extraction;

/// <summary>A point of the half-voxel lattice that the mesh's vertices lie on: voxel x's center is at 2x.</summary>
internal readonly record struct LatticePoint(int X, int Y, int Z)
{
    /// <summary>Position in mm from the center of the grid's first voxel.</summary>
    public Point3 ToMillimetres((double X, double Y, double Z) spacing) => new(X * spacing.X / 2, Y * spacing.Y / 2, Z * spacing.Z / 2);
}

/// <summary>
/// The vertices of the mesh (<see cref="MarchingCubes"/>) that can be on its convex hull. Every vertex is the middle between a voxel inside and one outside, so
/// that in a plane of the half-voxel lattice and a row of that plane only the first and the last count, and of these only the corners of the plane's own hull.
/// All in whole numbers; spacing comes later, since a hull stays one when axes are stretched.
/// </summary>
internal static class MeshVertices
{
    /// <summary>Corners of the convex hulls of the vertices in each plane across z, plane after plane.</summary>
    public static List<LatticePoint> Outer(MaskRows rows)
    {
        var points = new List<LatticePoint>();
        foreach (var plane in InPlanesAcrossZ(rows))
        {
            points.AddRange(plane);
        }

        return points;
    }

    /// <summary>For each half-voxel plane across z with vertices the corners of their convex hull; the list is reused from plane to plane.</summary>
    public static IEnumerable<List<LatticePoint>> InPlanesAcrossZ(MaskRows rows)
    {
        var plane = new PlaneHull(2 * rows.SizeY + 1);
        for (var z = -1; z < 2 * rows.SizeZ; z++)
        {
            plane.Clear();
            for (var y = 0; y < rows.SizeY; y++)
            {
                if (z % 2 == 0)
                {
                    var row = rows.Row(y, z / 2);
                    var (first, last) = MaskRows.Extent(row);
                    plane.Add(2 * y, 2 * first - 1, 2 * last + 1, first <= last);
                    (first, last) = MaskRows.DifferenceExtent(rows.Row(y - 1, z / 2), row);
                    plane.Add(2 * y - 1, 2 * first, 2 * last, first <= last);
                }
                else
                {
                    var (first, last) = MaskRows.DifferenceExtent(rows.Row(y, (z - 1) >> 1), rows.Row(y, (z + 1) >> 1));
                    plane.Add(2 * y, 2 * first, 2 * last, first <= last);
                }
            }

            if (z % 2 == 0)
            {
                var (first, last) = MaskRows.Extent(rows.Row(rows.SizeY - 1, z / 2));
                plane.Add(2 * rows.SizeY - 1, 2 * first, 2 * last, first <= last);
            }

            if (plane.Corners(z) is { Count: > 0 } corners)
            {
                yield return corners;
            }
        }
    }

    /// <summary>The same across y.</summary>
    public static IEnumerable<List<LatticePoint>> InPlanesAcrossY(MaskRows rows)
    {
        // Rows along x stay rows; planes and the rows' order in them change places.
        var plane = new PlaneHull(2 * rows.SizeZ + 1);
        for (var y = -1; y < 2 * rows.SizeY; y++)
        {
            plane.Clear();
            for (var z = 0; z <= rows.SizeZ; z++)
            {
                if (y % 2 == 0)
                {
                    var row = rows.Row(y / 2, z);
                    var (first, last) = MaskRows.DifferenceExtent(rows.Row(y / 2, z - 1), row);
                    plane.Add(2 * z - 1, 2 * first, 2 * last, first <= last);
                    (first, last) = MaskRows.Extent(row);
                    plane.Add(2 * z, 2 * first - 1, 2 * last + 1, first <= last);
                }
                else
                {
                    var (first, last) = MaskRows.DifferenceExtent(rows.Row((y - 1) >> 1, z), rows.Row((y + 1) >> 1, z));
                    plane.Add(2 * z, 2 * first, 2 * last, first <= last);
                }
            }

            var corners = plane.Corners(y);
            if (corners.Count > 0)
            {
                for (var i = 0; i < corners.Count; i++)
                {
                    corners[i] = new(corners[i].X, corners[i].Z, corners[i].Y);
                }

                yield return corners;
            }
        }
    }

    /// <summary>The convex hull of points of one plane of which each row has at most two.</summary>
    private sealed class PlaneHull(int rows)
    {
        // Row −1 of the lattice comes first.
        private readonly int[] _first = new int[rows + 1];
        private readonly int[] _last = new int[rows + 1];
        private readonly bool[] _present = new bool[rows + 1];
        private readonly List<LatticePoint> _corners = [];

        public void Clear() => Array.Clear(_present);

        public void Add(int row, int first, int last, bool present)
        {
            (_first[row + 1], _last[row + 1]) = (first, last);
            _present[row + 1] = present;
        }

        /// <summary>Corners as (x, row, plane): the chain of the left ends, then that of the right ones (monotone chains).</summary>
        public List<LatticePoint> Corners(int plane)
        {
            _corners.Clear();
            AddChain(_first, plane, side: 1);
            AddChain(_last, plane, side: -1);
            return _corners;
        }

        private void AddChain(int[] ends, int plane, int side)
        {
            var start = _corners.Count;
            for (var i = 0; i < ends.Length; i++)
            {
                if (!_present[i])
                {
                    continue;
                }

                var point = new LatticePoint(ends[i], i - 1, plane);
                while (_corners.Count >= start + 2 && !Bends(_corners[^2], _corners[^1], point, side))
                {
                    _corners.RemoveAt(_corners.Count - 1);
                }

                // A row of one point is in both chains.
                _corners.Add(point);
            }
        }

        /// <summary>Whether <paramref name="b"/> lies outside the line from <paramref name="a"/> to <paramref name="c"/>.</summary>
        private static bool Bends(LatticePoint a, LatticePoint b, LatticePoint c, int side) =>
            side * ((long)(b.X - a.X) * (c.Y - a.Y) - (long)(c.X - a.X) * (b.Y - a.Y)) < 0;
    }
}
