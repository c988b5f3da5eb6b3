namespace Radiomics.Extraction;

/// <summary>
/// Turns in the plane of the slices about a center and moves, both at once, so that voxels are interpolated only once. What a voxel shows is looked up where it came
/// from; beyond the grid its last voxels are repeated.
/// </summary>
/// <param name="geometry">The grid.</param>
/// <param name="center">Center of the rotation, a fractional index.</param>
/// <param name="translation">In voxels.</param>
/// <param name="degrees">From x towards y.</param>
internal sealed class RigidMotion(VolumeGeometry geometry, Point3 center, Point3 translation, double degrees)
{
    private readonly double _cos = Math.Cos(degrees * Math.PI / 180);
    private readonly double _sin = Math.Sin(degrees * Math.PI / 180);

    private delegate void SliceWork(int k, Span<double> plane);

    /// <summary>Whether everything stays where it is.</summary>
    public bool IsNone => translation == Point3.Zero && degrees == 0;

    /// <summary>How far any voxel of a box around the center is moved at most, mm.</summary>
    public double Displacement(VoxelBox box)
    {
        var shift = new Point3(translation.X * geometry.SpacingX, translation.Y * geometry.SpacingY, translation.Z * geometry.SpacingZ).Length;
        var radius = new Point3(box.SizeX * geometry.SpacingX, box.SizeY * geometry.SpacingY, 0).Length;
        return shift + 2 * Math.Abs(Math.Sin(degrees * Math.PI / 360)) * radius;
    }

    /// <summary>The moved image within a box, the given one elsewhere: cubic convolution of Keys, IEEE Trans Acoust Speech Signal Process 1981;29:1153 (a = −½).</summary>
    public Intensities Image(Intensities voxels, VoxelBox box, int maxThreads) =>
        voxels.Doubles is { } doubles ? Image(doubles, box, maxThreads) : Image(voxels.Floats, box, maxThreads);

    private T[] Image<T>(T[] voxels, VoxelBox box, int maxThreads)
        where T : unmanaged
    {
        T[] result = [.. voxels];
        ForSlices(box, maxThreads, (k, plane) =>
        {
            Span<double> weights = stackalloc double[4];
            var first = Cubic(k - translation.Z, weights);
            for (var t = 0; t < 4; t++)
            {
                if (weights[t] != 0)
                {
                    Add<T>(voxels.AsSpan(Slice(first + t) * plane.Length, plane.Length), weights[t], plane);
                }
            }

            for (var j = box.Y; j < box.Y + box.SizeY; j++)
            {
                CubicRow<T>(plane, j, box.X, result.AsSpan((k * geometry.SizeY + j) * geometry.SizeX + box.X, box.SizeX));
            }
        });
        return result;
    }

    /// <summary>The moved ROI, which lies within a box; linear, inside from one half on.</summary>
    public byte[] Roi(byte[] inside, VoxelBox box, int maxThreads)
    {
        var result = new byte[inside.Length];
        ForSlices(box, maxThreads, (k, plane) =>
        {
            var z = k - translation.Z;
            var below = (int)Math.Floor(z);
            Add(inside.AsSpan(Slice(below) * plane.Length, plane.Length), 1 - (z - below), plane);
            Add(inside.AsSpan(Slice(below + 1) * plane.Length, plane.Length), z - below, plane);
            for (var j = box.Y; j < box.Y + box.SizeY; j++)
            {
                LinearRow(plane, j, box.X, result.AsSpan((k * geometry.SizeY + j) * geometry.SizeX + box.X, box.SizeX));
            }
        });
        return result;
    }

    /// <summary>Does each slice of a box, with a cleared plane to add slices up in.</summary>
    private void ForSlices(VoxelBox box, int maxThreads, SliceWork work) => Parallel.For(
        box.Z,
        box.Z + box.SizeZ,
        new() { MaxDegreeOfParallelism = maxThreads },
        () => new double[geometry.SizeX * geometry.SizeY],
        (k, _, plane) =>
        {
            Array.Clear(plane);
            work(k, plane);
            return plane;
        },
        _ => { });

    private int Slice(int k) => Math.Clamp(k, 0, geometry.SizeZ - 1);

    private static void Add<T>(ReadOnlySpan<T> slice, double weight, Span<double> plane)
        where T : unmanaged
    {
        for (var n = 0; n < plane.Length; n++)
        {
            plane[n] += weight * Real.ToDouble(slice[n]);
        }
    }

    private static void Add(ReadOnlySpan<byte> slice, double weight, Span<double> plane)
    {
        for (var n = 0; n < plane.Length; n++)
        {
            plane[n] += weight * slice[n];
        }
    }

    /// <summary>Where voxel (i, j) of the result comes from.</summary>
    private (double X, double Y) Source(int i, int j)
    {
        var dx = (i - center.X - translation.X) * geometry.SpacingX;
        var dy = (j - center.Y - translation.Y) * geometry.SpacingY;
        return (center.X + (_cos * dx + _sin * dy) / geometry.SpacingX, center.Y + (_cos * dy - _sin * dx) / geometry.SpacingY);
    }

    private void CubicRow<T>(ReadOnlySpan<double> plane, int j, int firstX, Span<T> row)
        where T : unmanaged
    {
        Span<double> wx = stackalloc double[4];
        Span<double> wy = stackalloc double[4];
        for (var n = 0; n < row.Length; n++)
        {
            var (x, y) = Source(firstX + n, j);
            var (i0, j0) = (Cubic(x, wx), Cubic(y, wy));
            var sum = 0.0;
            for (var b = 0; b < 4; b++)
            {
                sum += wy[b] * (wx[0] * At(plane, i0, j0 + b) + wx[1] * At(plane, i0 + 1, j0 + b)
                    + wx[2] * At(plane, i0 + 2, j0 + b) + wx[3] * At(plane, i0 + 3, j0 + b));
            }

            row[n] = Real.From<T>(sum);
        }
    }

    private void LinearRow(ReadOnlySpan<double> plane, int j, int firstX, Span<byte> row)
    {
        for (var n = 0; n < row.Length; n++)
        {
            var (x, y) = Source(firstX + n, j);
            var (i0, j0) = ((int)Math.Floor(x), (int)Math.Floor(y));
            var (u, v) = (x - i0, y - j0);
            var share = (1 - v) * ((1 - u) * At(plane, i0, j0) + u * At(plane, i0 + 1, j0))
                + v * ((1 - u) * At(plane, i0, j0 + 1) + u * At(plane, i0 + 1, j0 + 1));
            row[n] = share >= 0.5 ? (byte)1 : (byte)0;
        }
    }

    private double At(ReadOnlySpan<double> plane, int i, int j) =>
        plane[Math.Clamp(j, 0, geometry.SizeY - 1) * geometry.SizeX + Math.Clamp(i, 0, geometry.SizeX - 1)];

    /// <summary>The four weights of a position, and the index that the first belongs to.</summary>
    private static int Cubic(double position, Span<double> weights)
    {
        var floor = Math.Floor(position);
        var t = position - floor;
        weights[0] = t * (-0.5 + t * (1 - 0.5 * t));
        weights[1] = 1 + t * t * (-2.5 + 1.5 * t);
        weights[2] = t * (0.5 + t * (2 - 1.5 * t));
        weights[3] = t * t * (-0.5 + 0.5 * t);
        return (int)floor - 1;
    }
}
