using System.Runtime.Intrinsics;

namespace Radiomics.Extraction;

/// <summary>A convex hull in mm, seen from any direction: how thick it is, how large its shadow, and the smallest rectangle around that. Not for concurrent use.</summary>
internal sealed class HullShadow
{
    private const int Lanes = 4;

    private readonly ConvexHull _hull;
    private readonly (double X, double Y, double Z) _spacing;
    // Corners in whole vectors, the last one repeated.
    private readonly double[] _x;
    private readonly double[] _y;
    private readonly double[] _z;

    // Half-area vectors of the triangles, outwards, and how far each faces the viewer.
    private readonly double[] _areaX;
    private readonly double[] _areaY;
    private readonly double[] _areaZ;
    private readonly double[] _facing;

    // Each edge once: its ends, the triangle that runs along it in this direction, and the one that runs back.
    private readonly (int From, int To, int Left, int Right)[] _edges;

    // The shadow's corners, and which follows which.
    private readonly List<int> _rim = [];
    private readonly int[] _after;
    private readonly double[] _rimU;
    private readonly double[] _rimV;

    public HullShadow(ConvexHull hull, (double X, double Y, double Z) spacing)
    {
        (_hull, _spacing) = (hull, spacing);
        var count = Padded(hull.Vertices.Length);
        (_x, _y, _z) = (new double[count], new double[count], new double[count]);
        for (var i = 0; i < count; i++)
        {
            (_x[i], _y[i], _z[i]) = hull.Vertices[Math.Min(i, hull.Vertices.Length - 1)].ToMillimetres(spacing);
        }

        count = Padded(hull.Triangles.Length / 3);
        (_areaX, _areaY, _areaZ, _facing) = (new double[count], new double[count], new double[count], new double[count]);
        for (var i = 0; i < hull.Triangles.Length / 3; i++)
        {
            var (a, b, c) = (At(hull.Triangles[3 * i]), At(hull.Triangles[3 * i + 1]), At(hull.Triangles[3 * i + 2]));
            (_areaX[i], _areaY[i], _areaZ[i]) = (b - a).Cross(c - a) * 0.5;
        }

        _edges = Edges(hull.Triangles);
        (_rimU, _rimV, _after) = (new double[hull.Vertices.Length], new double[hull.Vertices.Length], new int[hull.Vertices.Length]);
    }

    /// <summary>The directions of the hull's faces, of length 1, each once; opposite ones are one. Compared as whole numbers, so that triangles of one side are.</summary>
    public List<Point3> Normals()
    {
        var seen = new HashSet<(long X, long Y, long Z)>(new WholeDirections());
        var normals = new List<Point3>();
        for (var i = 0; i < _hull.Triangles.Length; i += 3)
        {
            var (a, b, c) = (_hull.Vertices[_hull.Triangles[i]], _hull.Vertices[_hull.Triangles[i + 1]], _hull.Vertices[_hull.Triangles[i + 2]]);
            long ux = b.X - a.X, uy = b.Y - a.Y, uz = b.Z - a.Z, vx = c.X - a.X, vy = c.Y - a.Y, vz = c.Z - a.Z;
            var (x, y, z) = (uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx);
            var divisor = CommonDivisor(CommonDivisor(x, y), z);
            divisor = x < 0 || (x == 0 && (y < 0 || (y == 0 && z < 0))) ? -divisor : divisor;
            if (seen.Add((x / divisor, y / divisor, z / divisor)))
            {
                normals.Add(new Point3(x / _spacing.X, y / _spacing.Y, z / _spacing.Z).Normalized());
            }
        }

        return normals;
    }

    /// <summary>Thickness along a direction of length 1, mm.</summary>
    public double Extent(Point3 direction)
    {
        var (x, y, z) = (Vector256.Create(direction.X), Vector256.Create(direction.Y), Vector256.Create(direction.Z));
        var (low, high) = (Vector256.Create(double.PositiveInfinity), Vector256.Create(double.NegativeInfinity));
        for (var i = 0; i < _x.Length; i += Lanes)
        {
            var along = Load(_x, i) * x + Load(_y, i) * y + Load(_z, i) * z;
            low = Vector256.MinNative(low, along);
            high = Vector256.MaxNative(high, along);
        }

        // By way of memory: code that takes an element out of a vector isn't compiled ahead of time.
        Span<double> ends = stackalloc double[2 * Lanes];
        low.CopyTo(ends);
        high.CopyTo(ends[Lanes..]);
        var (lowest, highest) = (ends[0], ends[Lanes]);
        for (var i = 1; i < Lanes; i++)
        {
            lowest = Math.Min(lowest, ends[i]);
            highest = Math.Max(highest, ends[Lanes + i]);
        }

        return highest - lowest;
    }

    /// <summary>Area of the shadow in light of this direction, mm².</summary>
    public double Area(Point3 direction)
    {
        var (x, y, z) = (Vector256.Create(direction.X), Vector256.Create(direction.Y), Vector256.Create(direction.Z));
        var sum = Vector256<double>.Zero;
        for (var i = 0; i < _areaX.Length; i += Lanes)
        {
            sum += Vector256.Abs(Load(_areaX, i) * x + Load(_areaY, i) * y + Load(_areaZ, i) * z);
        }

        return Vector256.Sum(sum) / 2;
    }

    /// <summary>The direction of a side of the smallest rectangle around the shadow; the smallest has a side on one of the shadow's edges.</summary>
    public Point3 RectangleSide(Point3 direction)
    {
        var u = (Math.Abs(direction.X) < 0.6 ? new Point3(1, 0, 0) : new Point3(0, 1, 0)).Cross(direction).Normalized();
        if (!FindRim(direction))
        {
            return u;
        }

        var v = direction.Cross(u);
        var count = _rim.Count;
        for (var i = 0; i < count; i++)
        {
            var corner = At(_rim[i]);
            (_rimU[i], _rimV[i]) = (corner.Dot(u), corner.Dot(v));
        }

        // Rotating calipers: as the side turns from edge to edge, the corners that touch the other three sides only move on.
        var (best, smallest) = (u, double.PositiveInfinity);
        var (ahead, across, behind) = (-1, -1, -1);
        for (var i = 0; i < count; i++)
        {
            var next = Next(i);
            var (du, dv) = (_rimU[next] - _rimU[i], _rimV[next] - _rimV[i]);
            var length = Math.Sqrt(du * du + dv * dv);
            if (length < 1e-9 * (At(_rim[next]) - At(_rim[i])).Length)
            {
                // Seen end on.
                continue;
            }

            (du, dv) = (du / length, dv / length);
            ahead = Farthest(ahead, du, dv);
            across = Farthest(across, -dv, du);
            behind = Farthest(behind, -du, -dv);
            var area = (Along(ahead, du, dv) - Along(behind, du, dv)) * (Along(across, -dv, du) - Along(i, -dv, du));
            if (area < smallest)
            {
                (best, smallest) = (u * du + v * dv, area);
            }
        }

        return best.Normalized();
    }

    /// <summary>The corner farthest out in a direction, from the one before on; all are tried the first time.</summary>
    private int Farthest(int corner, double du, double dv)
    {
        if (corner < 0)
        {
            corner = 0;
            for (var i = 1; i < _rim.Count; i++)
            {
                corner = Along(i, du, dv) > Along(corner, du, dv) ? i : corner;
            }

            return corner;
        }

        for (var steps = 0; steps < _rim.Count && Along(Next(corner), du, dv) >= Along(corner, du, dv); steps++)
        {
            corner = Next(corner);
        }

        return corner;
    }

    private double Along(int corner, double du, double dv) => _rimU[corner] * du + _rimV[corner] * dv;

    private int Next(int corner) => corner + 1 < _rim.Count ? corner + 1 : 0;

    private static Vector256<double> Load(double[] values, int index) => Vector256.Create<double>(values.AsSpan(index, Lanes));

    /// <summary>The corners of the shadow in order, counter-clockwise: ends of edges between a triangle that faces the viewer and one that doesn't; false if rounding left them in no order.</summary>
    private bool FindRim(Point3 direction)
    {
        var (x, y, z) = (Vector256.Create(direction.X), Vector256.Create(direction.Y), Vector256.Create(direction.Z));
        var edgeOn = Vector256.Create(1e-10);
        for (var i = 0; i < _areaX.Length; i += Lanes)
        {
            // Triangles of a side that is seen edge-on must agree, whatever rounding makes of each.
            var (areaX, areaY, areaZ) = (Load(_areaX, i), Load(_areaY, i), Load(_areaZ, i));
            var length = Vector256.Abs(areaX) + Vector256.Abs(areaY) + Vector256.Abs(areaZ);
            (areaX * x + areaY * y + areaZ * z - length * edgeOn).CopyTo(_facing, i);
        }

        var start = -1;
        foreach (var (from, to, left, right) in _edges)
        {
            if (_facing[left] > 0 != _facing[right] > 0)
            {
                start = _facing[left] > 0 ? from : to;
                _after[start] = _facing[left] > 0 ? to : from;
            }
        }

        _rim.Clear();
        for (var corner = start; _rim.Count == 0 || corner != start; corner = _after[corner])
        {
            if (_rim.Count == _after.Length)
            {
                return false;
            }

            _rim.Add(corner);
        }

        return true;
    }

    private static (int From, int To, int Left, int Right)[] Edges(int[] triangles)
    {
        var edges = new List<(int From, int To, int Left, int Right)>();
        var triangleOf = new Dictionary<(int From, int To), int>();
        for (var i = 0; i < triangles.Length; i++)
        {
            var triangle = i / 3;
            var (from, to) = (triangles[i], triangles[3 * triangle + (i + 1) % 3]);
            if (triangleOf.Remove((to, from), out var other))
            {
                edges.Add((from, to, triangle, other));
            }
            else
            {
                triangleOf.Add((from, to), triangle);
            }
        }

        return [.. edges];
    }

    /// <summary>The framework's own comparer of tuples is compiled anew in every process.</summary>
    private sealed class WholeDirections : IEqualityComparer<(long X, long Y, long Z)>
    {
        public bool Equals((long X, long Y, long Z) a, (long X, long Y, long Z) b) => a.X == b.X && a.Y == b.Y && a.Z == b.Z;

        public int GetHashCode((long X, long Y, long Z) direction) =>
            unchecked((int)((((direction.X * 1000003) ^ direction.Y) * 1000003) ^ direction.Z));
    }

    private static long CommonDivisor(long a, long b)
    {
        while (b != 0)
        {
            (a, b) = (b, a % b);
        }

        return Math.Abs(a);
    }

    private static int Padded(int count) => (count + Lanes - 1) / Lanes * Lanes;

    private Point3 At(int vertex) => new(_x[vertex], _y[vertex], _z[vertex]);
}
