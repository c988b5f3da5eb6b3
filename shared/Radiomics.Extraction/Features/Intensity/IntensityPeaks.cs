using System.Runtime.Intrinsics;

namespace Radiomics.Extraction;

/// <summary>
/// Means over the voxels whose centers lie in a sphere of 1 cm³. A sphere is a bundle of rows along x, of half-widths h. The rows of one half-width, summed,
/// are added to those of the larger ones, and that sum is the column h to the left and to the right of every center: about one vector addition a row
/// for four centers, instead of all the sphere's voxels for each. At the image's border a sphere has fewer voxels.
/// </summary>
internal sealed class IntensityPeaks
{
    /// <summary>Radius of 1 cm³, mm.</summary>
    public const double Radius = 6.2035049089940001;

    private readonly SupportGrid _support;
    private readonly (int Y, int Z, int Half)[] _rows;
    private readonly int _half;
    private readonly int _fullCount;
    private double[] _sum = [];
    private double[] _total = [];

    private IntensityPeaks(SupportGrid support)
    {
        _support = support;
        _rows = Sphere(support.Spacing);
        _half = _rows[0].Half;
        foreach (var row in _rows)
        {
            _fullCount += 2 * row.Half + 1;
        }
    }

    /// <summary>
    /// The highest mean around voxels of intensity <paramref name="maximum"/> (local peak), and around any voxel of the mask (global peak). A sphere with a voxel
    /// that is no number has no mean; NaN if none has.
    /// </summary>
    public static (double Local, double Global) Find(SupportGrid support, RoiGrid mask, double maximum)
    {
        var peaks = new IntensityPeaks(support);
        double local = double.NegativeInfinity, global = double.NegativeInfinity;
        var rows = MaskRows.Of(mask.Mask, mask.Box);
        for (var z = 0; z < rows.SizeZ; z++)
        {
            for (var y = 0; y < rows.SizeY; y++)
            {
                var row = rows.Row(y, z);
                var (first, last) = MaskRows.Extent(row);
                if (last < first)
                {
                    continue;
                }

                var (centerY, centerZ) = (y + support.Offset.Y, z + support.Offset.Z);
                var means = peaks.Means(first + support.Offset.X, centerY, centerZ, last - first + 1);
                var at = (centerZ * support.Box.SizeY + centerY) * support.Box.SizeX + support.Offset.X;
                for (var from = 0; MaskRows.NextRun(row, from, out var start, out var end); from = end)
                {
                    for (var x = start; x < end; x++)
                    {
                        var mean = means[x - first];
                        if (double.IsFinite(mean) && mean > Math.Min(local, global))
                        {
                            global = Math.Max(global, mean);
                            local = support.Intensities[at + x] == maximum ? Math.Max(local, mean) : local;
                        }
                    }
                }
            }
        }

        return (double.IsFinite(local) ? local : double.NaN, double.IsFinite(global) ? global : double.NaN);
    }

    /// <summary>The sphere's rows, widest first.</summary>
    private static (int Y, int Z, int Half)[] Sphere((double X, double Y, double Z) spacing)
    {
        const double square = Radius * Radius;
        var rows = new List<(int Y, int Z, int Half)>();
        var (reachY, reachZ) = ((int)(Radius / spacing.Y), (int)(Radius / spacing.Z));
        for (var z = -reachZ; z <= reachZ; z++)
        {
            for (var y = -reachY; y <= reachY; y++)
            {
                var rest = square - y * spacing.Y * y * spacing.Y - z * spacing.Z * z * spacing.Z;
                if (rest >= 0)
                {
                    rows.Add((y, z, (int)(Math.Sqrt(rest) / spacing.X)));
                }
            }
        }

        rows.Sort((a, b) => a.Half != b.Half ? b.Half.CompareTo(a.Half) : a.Z != b.Z ? a.Z.CompareTo(b.Z) : a.Y.CompareTo(b.Y));
        return [.. rows];
    }

    /// <summary>Means of the spheres around <paramref name="count"/> voxels of a row of the support grid; valid until the next call.</summary>
    private ReadOnlySpan<double> Means(int startX, int centerY, int centerZ, int count)
    {
        var width = count + 2 * _half;
        if (_sum.Length < width)
        {
            (_sum, _total) = (new double[width], new double[width]);
        }

        var sum = _sum.AsSpan(0, width);
        var total = _total.AsSpan(0, count);
        sum.Clear();
        total.Clear();
        var box = _support.Box;

        // The stretch of the image's rows under the sum, which begins at the first center less the half-width.
        var firstX = Math.Max(0, startX - _half);
        var endX = Math.Min(box.SizeX, startX + count + _half);
        var next = 0;
        for (var half = _half; half >= 0; half--)
        {
            for (; next < _rows.Length && _rows[next].Half == half; next++)
            {
                var (y, z) = (centerY + _rows[next].Y, centerZ + _rows[next].Z);
                if ((uint)y < (uint)box.SizeY && (uint)z < (uint)box.SizeZ)
                {
                    var to = sum[(firstX - startX + _half)..];
                    var row = (z * box.SizeY + y) * box.SizeX + firstX;
                    if (_support.Intensities.Doubles is { } doubles)
                    {
                        AddTo<double>(to, doubles.AsSpan(row, endX - firstX));
                    }
                    else
                    {
                        AddTo<float>(to, _support.Intensities.Floats.AsSpan(row, endX - firstX));
                    }
                }
            }

            AddTo<double>(total, sum.Slice(_half + half, count));
            if (half > 0)
            {
                AddTo<double>(total, sum.Slice(_half - half, count));
            }
        }

        Divide(total, startX, centerY, centerZ);
        return total;
    }

    /// <summary>Turns sums into means, by how many voxels of each sphere there are.</summary>
    private void Divide(Span<double> total, int startX, int centerY, int centerZ)
    {
        var box = _support.Box;
        var (reachY, reachZ) = ((int)(Radius / _support.Spacing.Y), (int)(Radius / _support.Spacing.Z));
        var rowsInside = centerY >= reachY && centerY + reachY < box.SizeY && centerZ >= reachZ && centerZ + reachZ < box.SizeZ;
        for (var i = 0; i < total.Length; i++)
        {
            var x = startX + i;
            var count = _fullCount;
            if (!rowsInside || x < _half || x + _half >= box.SizeX)
            {
                count = 0;
                foreach (var row in _rows)
                {
                    if ((uint)(centerY + row.Y) < (uint)box.SizeY && (uint)(centerZ + row.Z) < (uint)box.SizeZ)
                    {
                        count += Math.Min(x + row.Half, box.SizeX - 1) - Math.Max(x - row.Half, 0) + 1;
                    }
                }
            }

            total[i] /= count;
        }
    }

    private static void AddTo<T>(Span<double> sum, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var i = 0;
        for (; i <= values.Length - 4; i += 4)
        {
            var to = sum.Slice(i, 4);
            (Vector256.Create<double>(to) + Real.Load4(in values.Slice(i, 4)[0])).CopyTo(to);
        }

        for (; i < values.Length; i++)
        {
            sum[i] += Real.ToDouble(values[i]);
        }
    }
}
