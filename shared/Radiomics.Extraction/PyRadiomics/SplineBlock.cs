namespace Radiomics.Extraction;

/// <summary>
/// Coefficients of the cubic spline through an image's voxels in a part of it, with a margin that goes on beyond the image's border, mirrored about the outermost
/// voxel centers: a sample at a fixed distance from each voxel is then one sum of 64 products, the same for all voxels.
/// </summary>
internal sealed class SplineBlock
{
    // The root to this power is less than 10⁻¹⁵: what lies so many voxels away has no say.
    private const int Decay = 27;

    private static readonly double _root = Math.Sqrt(3) - 2;

    private readonly double[] _coefficients;
    private readonly VoxelBox _box;
    private readonly (int X, int Y, int Z) _size;

    /// <param name="domain">The image, and the box around whose voxels samples are taken.</param>
    /// <param name="reach">Most voxels that a sample lies away along an axis, rounded up.</param>
    public SplineBlock(FilterDomain domain, int reach)
    {
        _size = domain.Size;
        var margin = reach + 2;
        var o = domain.Output;
        _box = new(o.X - margin, o.Y - margin, o.Z - margin, o.SizeX + 2 * margin, o.SizeY + 2 * margin, o.SizeZ + 2 * margin);
        var source = o.Grow(new(margin + Decay, margin + Decay, margin + Decay), domain.Size);
        var cut = source.CutFrom(domain.Intensities, VoxelBox.Whole(domain.Size));
        var values = new double[cut.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = cut[i];
        }

        Filter(values, 1, source.SizeX);
        Filter(values, source.SizeX, source.SizeY);
        Filter(values, source.SizeX * source.SizeY, source.SizeZ);
        _coefficients = new double[_box.Count];
        var to = 0;
        for (var z = 0; z < _box.SizeZ; z++)
        {
            var k = Mirror(_box.Z + z, _size.Z) - source.Z;
            for (var y = 0; y < _box.SizeY; y++)
            {
                var row = (k * source.SizeY + Mirror(_box.Y + y, _size.Y) - source.Y) * source.SizeX;
                for (var x = 0; x < _box.SizeX; x++)
                {
                    _coefficients[to++] = values[row + Mirror(_box.X + x, _size.X) - source.X];
                }
            }
        }
    }

    /// <summary>A sample at (dx, dy, dz) from a voxel.</summary>
    public Stencil At(double dx, double dy, double dz)
    {
        var (x, fx) = Split(dx);
        var (y, fy) = Split(dy);
        var (z, fz) = Split(dz);
        var (wx, wy, wz) = (Weights(fx), Weights(fy), Weights(fz));
        var weights = new double[64];
        var offsets = new int[16];
        for (var k = 0; k < 4; k++)
        {
            for (var j = 0; j < 4; j++)
            {
                offsets[4 * k + j] = ((z - 1 + k) * _box.SizeY + y - 1 + j) * _box.SizeX + x - 1;
                for (var i = 0; i < 4; i++)
                {
                    weights[16 * k + 4 * j + i] = wz[k] * wy[j] * wx[i];
                }
            }
        }

        return new(this, (dx, dy, dz), offsets, weights);
    }

    /// <summary>Index of voxel (x, y, z) of the image among the coefficients.</summary>
    private int IndexOf(int x, int y, int z) => ((z - _box.Z) * _box.SizeY + y - _box.Y) * _box.SizeX + x - _box.X;

    private bool IsInside((double X, double Y, double Z) d, int x, int y, int z) =>
        x + d.X >= 0 && x + d.X <= _size.X - 1 && y + d.Y >= 0 && y + d.Y <= _size.Y - 1 && z + d.Z >= 0 && z + d.Z <= _size.Z - 1;

    private static (int Whole, double Fraction) Split(double distance)
    {
        var whole = Math.Floor(distance);
        return ((int)whole, distance - whole);
    }

    private static double[] Weights(double f)
    {
        var g = 1 - f;
        return [g * g * g / 6, 2.0 / 3 - f * f * (2 - f) / 2, 2.0 / 3 - g * g * (2 - g) / 2, f * f * f / 6];
    }

    private static int Mirror(int index, int size)
    {
        var period = Math.Max(1, 2 * (size - 1));
        index = (index % period + period) % period;
        return Math.Min(index, period - index);
    }

    /// <summary>Turns values into coefficients along an axis: forwards and backwards over each line, as if it were mirrored at both ends.</summary>
    private static void Filter(double[] values, int stride, int size)
    {
        if (size == 1)
        {
            return;
        }

        for (var start = 0; start < values.Length; start++)
        {
            if (start / stride % size != 0)
            {
                continue;
            }

            var sum = values[start] + Math.Pow(_root, size - 1) * values[start + (size - 1) * stride];
            double near = _root, far = Math.Pow(_root, 2 * size - 3);
            for (var i = 1; i < size - 1; i++, near *= _root, far /= _root)
            {
                sum += (near + far) * values[start + i * stride];
            }

            values[start] = 6 * sum / (1 - Math.Pow(_root, 2 * size - 2));
            for (var i = 1; i < size; i++)
            {
                values[start + i * stride] = 6 * values[start + i * stride] + _root * values[start + (i - 1) * stride];
            }

            var last = start + (size - 1) * stride;
            values[last] = _root / (_root * _root - 1) * (values[last] + _root * values[last - stride]);
            for (var at = last - stride; at >= start; at -= stride)
            {
                values[at] = _root * (values[at + stride] - values[at]);
            }
        }
    }

    /// <summary>The sum that a sample is; 0 outside the outermost voxel centers.</summary>
    public sealed class Stencil(SplineBlock block, (double X, double Y, double Z) distance, int[] offsets, double[] weights)
    {
        public double Around(int x, int y, int z)
        {
            if (!block.IsInside(distance, x, y, z))
            {
                return 0;
            }

            var center = block.IndexOf(x, y, z);
            double sum = 0;
            for (var row = 0; row < offsets.Length; row++)
            {
                var four = block._coefficients.AsSpan(center + offsets[row], 4);
                var w = weights.AsSpan(4 * row, 4);
                sum += w[0] * four[0] + w[1] * four[1] + w[2] * four[2] + w[3] * four[3];
            }

            return sum;
        }
    }
}
