namespace Radiomics.Extraction;

/// <summary>
/// Local binary patterns within slices, PyRadiomics' image type <c>LBP2D</c> (Ojala et al., 1996; as scikit-image computes them): samples on a circle around each
/// voxel, between voxels by bilinear interpolation and 0 outside the image, compared with the voxel.
/// </summary>
internal static class PlaneBinaryPattern
{
    /// <summary>The patterns in the layout of the domain's output box; NaN where a variance is 0.</summary>
    /// <param name="domain">The image.</param>
    /// <param name="options">Radius, samples and method.</param>
    /// <param name="across">Axis across the slices.</param>
    /// <param name="response">The map.</param>
    /// <param name="cancellation">Checked at each slice.</param>
    public static void Apply(FilterDomain domain, PyRadiomicsFilterSettings options, SliceAxis across, double[] response, CancellationToken cancellation)
    {
        var (box, size, voxels) = (domain.Output, domain.Size, domain.Intensities);
        var circle = new Circle(options.Lbp2DRadius, options.Lbp2DSamples);
        Span<double> samples = stackalloc double[circle.Count];
        for (var z = 0; z < box.SizeZ; z++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var y = 0; y < box.SizeY; y++)
            {
                for (var x = 0; x < box.SizeX; x++)
                {
                    var (i, j, k) = (box.X + x, box.Y + y, box.Z + z);
                    var (slice, row, column) = across switch
                    {
                        SliceAxis.Z => (new Slice(voxels, k * size.Y * size.X, size.X, size.Y, 1, size.X), j, i),
                        SliceAxis.Y => (new Slice(voxels, j * size.X, size.Y * size.X, size.Z, 1, size.X), k, i),
                        _ => (new Slice(voxels, i, size.X, size.Y, size.Y * size.X, size.Z), j, k),
                    };
                    circle.Sample(slice, row, column, samples);
                    response[(z * box.SizeY + y) * box.SizeX + x] = Pattern(samples, slice[row, column], options.Lbp2DMethod);
                }
            }
        }
    }

    private static double Pattern(ReadOnlySpan<double> samples, double center, BinaryPatternMethod method)
    {
        if (method == BinaryPatternMethod.Var)
        {
            return Variance(samples) is not 0 and var variance ? variance : double.NaN;
        }

        uint bits = 0;
        for (var i = 0; i < samples.Length; i++)
        {
            bits |= samples[i] - center >= 0 ? 1u << i : 0;
        }

        switch (method)
        {
            case BinaryPatternMethod.Default:
                return bits;
            case BinaryPatternMethod.Ror:
                var (least, turned) = (bits, bits);
                for (var i = 1; i < samples.Length; i++)
                {
                    turned = (turned >> 1) | ((turned & 1) << (samples.Length - 1));
                    least = Math.Min(least, turned);
                }

                return least;
            default:
                // Changes from one sample to the next, not from the last to the first.
                var changes = System.Numerics.BitOperations.PopCount((bits ^ (bits >> 1)) & ((1u << (samples.Length - 1)) - 1));
                return changes <= 2 ? System.Numerics.BitOperations.PopCount(bits) : samples.Length + 1;
        }
    }

    private static double Variance(ReadOnlySpan<double> samples)
    {
        double sum = 0, squares = 0;
        foreach (var sample in samples)
        {
            (sum, squares) = (sum + sample, squares + sample * sample);
        }

        return (squares - sum * sum / samples.Length) / samples.Length;
    }

    /// <summary>A slice of the image; 0 outside.</summary>
    private readonly struct Slice(Intensities voxels, int start, int rowStride, int rows, int columnStride, int columns)
    {
        public double this[int row, int column] =>
            row >= 0 && row < rows && column >= 0 && column < columns ? voxels[start + row * rowStride + column * columnStride] : 0;
    }

    /// <summary>Where samples lie, from the right on against the clock, to five decimals, so that those on the axes lie on voxels.</summary>
    private sealed class Circle
    {
        private readonly double[] _rows;
        private readonly double[] _columns;

        public Circle(double radius, int count)
        {
            // The radius is a float there.
            double r = (float)radius;
            (_rows, _columns) = (new double[count], new double[count]);
            for (var i = 0; i < count; i++)
            {
                var angle = 2 * Math.PI * i / count;
                (_rows[i], _columns[i]) = (Math.Round(-r * Math.Sin(angle), 5), Math.Round(r * Math.Cos(angle), 5));
            }
        }

        public int Count => _rows.Length;

        public void Sample(Slice slice, int row, int column, Span<double> samples)
        {
            for (var i = 0; i < samples.Length; i++)
            {
                var (r, c) = (row + _rows[i], column + _columns[i]);
                var (top, left) = ((int)Math.Floor(r), (int)Math.Floor(c));
                var (bottom, right) = ((int)Math.Ceiling(r), (int)Math.Ceiling(c));
                var (down, across) = (r - top, c - left);
                var upper = (1 - across) * slice[top, left] + across * slice[top, right];
                var lower = (1 - across) * slice[bottom, left] + across * slice[bottom, right];
                samples[i] = (1 - down) * upper + down * lower;
            }
        }
    }
}
