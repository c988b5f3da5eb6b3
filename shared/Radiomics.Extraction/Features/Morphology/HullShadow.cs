using System.Numerics;
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

    // Half-area vectors of the triangles, outwards, and which of them face the viewer.
    private readonly double[] _areaX;
    private readonly double[] _areaY;
    private readonly double[] _areaZ;
    private readonly bool[] _facing;

    // Each edge once: its ends, the triangle that runs along it in this direction, and the one that runs back.
    private readonly List<(int From, int To, int Left, int Right)> _edges;
    private readonly List<(int From, int To)> _rim = [];
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
        (_areaX, _areaY, _areaZ, _facing) = (new double[count], new double[count], new double[count], new bool[count]);
        for (var i = 0; i < hull.Triangles.Length / 3; i++)
        {
            var (a, b, c) = (At(hull.Triangles[3 * i]), At(hull.Triangles[3 * i + 1]), At(hull.Triangles[3 * i + 2]));
            (_areaX[i], _areaY[i], _areaZ[i]) = (b - a).Cross(c - a) * 0.5;
        }

        _edges = Edges(hull.Triangles);
        (_rimU, _rimV) = (new double[Padded(_edges.Count)], new double[Padded(_edges.Count)]);
    }

    /// <summary>The directions of the hull's faces, of length 1, each once; opposite ones are one. Compared as whole numbers, so that triangles of one side are.</summary>
    public List<Point3> Normals()
    {
        var seen = new HashSet<(long, long, long)>();
        var normals = new List<Point3>();
        for (var i = 0; i < _hull.Triangles.Length; i += 3)
        {
            var (a, b, c) = (_hull.Vertices[_hull.Triangles[i]], _hull.Vertices[_hull.Triangles[i + 1]], _hull.Vertices[_hull.Triangles[i + 2]]);
            long ux = b.X - a.X, uy = b.Y - a.Y, uz = b.Z - a.Z, vx = c.X - a.X, vy = c.Y - a.Y, vz = c.Z - a.Z;
            var (x, y, z) = (uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx);
            var divisor = (long)BigInteger.GreatestCommonDivisor(BigInteger.GreatestCommonDivisor(x, y), z);
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
            low = Vector256.Min(low, along);
            high = Vector256.Max(high, along);
        }

        return Highest(high) - Lowest(low);
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
        FindRim(direction);
        var u = (Math.Abs(direction.X) < 0.6 ? new Point3(1, 0, 0) : new Point3(0, 1, 0)).Cross(direction).Normalized();
        var v = direction.Cross(u);
        for (var i = 0; i < Padded(_rim.Count); i++)
        {
            var corner = At(_rim[Math.Min(i, _rim.Count - 1)].From);
            (_rimU[i], _rimV[i]) = (corner.Dot(u), corner.Dot(v));
        }

        var (best, smallest) = (u, double.PositiveInfinity);
        foreach (var (from, to) in _rim)
        {
            var edge = At(to) - At(from);
            var (du, dv) = (edge.Dot(u), edge.Dot(v));
            var length = Math.Sqrt(du * du + dv * dv);
            if (length < 1e-9 * edge.Length)
            {
                // Seen end on.
                continue;
            }

            (du, dv) = (du / length, dv / length);
            var area = RectangleArea(du, dv);
            if (area < smallest)
            {
                (best, smallest) = (u * du + v * dv, area);
            }
        }

        return best.Normalized();
    }

    private double RectangleArea(double du, double dv)
    {
        var (u, v) = (Vector256.Create(du), Vector256.Create(dv));
        var (lowU, highU) = (Vector256.Create(double.PositiveInfinity), Vector256.Create(double.NegativeInfinity));
        var (lowV, highV) = (lowU, highU);
        for (var i = 0; i < _rim.Count; i += Lanes)
        {
            var (cornerU, cornerV) = (Load(_rimU, i), Load(_rimV, i));
            var along = cornerU * u + cornerV * v;
            var across = cornerV * u - cornerU * v;
            lowU = Vector256.Min(lowU, along);
            highU = Vector256.Max(highU, along);
            lowV = Vector256.Min(lowV, across);
            highV = Vector256.Max(highV, across);
        }

        return (Highest(highU) - Lowest(lowU)) * (Highest(highV) - Lowest(lowV));
    }

    private static Vector256<double> Load(double[] values, int index) => Vector256.Create<double>(values.AsSpan(index, Lanes));

    private static double Lowest(Vector256<double> v) => Math.Min(Math.Min(v[0], v[1]), Math.Min(v[2], v[3]));

    private static double Highest(Vector256<double> v) => Math.Max(Math.Max(v[0], v[1]), Math.Max(v[2], v[3]));

    /// <summary>The edges between triangles that face the viewer and others: the shadow's edges, each corner once as a beginning.</summary>
    private void FindRim(Point3 direction)
    {
        for (var i = 0; i < _facing.Length; i++)
        {
            _facing[i] = _areaX[i] * direction.X + _areaY[i] * direction.Y + _areaZ[i] * direction.Z > 0;
        }

        _rim.Clear();
        foreach (var (from, to, left, right) in _edges)
        {
            if (_facing[left] != _facing[right])
            {
                _rim.Add(_facing[left] ? (from, to) : (to, from));
            }
        }
    }

    private static List<(int From, int To, int Left, int Right)> Edges(int[] triangles)
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

        return edges;
    }

    private static int Padded(int count) => (count + Lanes - 1) / Lanes * Lanes;

    private Point3 At(int vertex) => new(_x[vertex], _y[vertex], _z[vertex]);
}
