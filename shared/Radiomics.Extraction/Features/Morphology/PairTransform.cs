using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Radiomics.Extraction;

/// <summary>
/// The transforms behind <see cref="PairSums.Transformed"/>. Real values need half the frequencies along x only; so rows are transformed first (only those in
/// the box, two real ones in one complex transform), then for one frequency of x after the other the plane of y and z, which is summed and forgotten. The padded
/// volume exists at no time. Sums are kept by frequency of x and added in order, whatever the number of threads.
/// </summary>
internal sealed class PairTransform
{
    // Per block of x frequencies; a larger box is transformed along x once for each block.
    private const long MaxBytes = 96L << 20;
    private const int Lanes = FourierTransform.Lanes;

    private readonly MaskRows _rows;
    private readonly double[] _values;
    private readonly (double X, double Y, double Z) _spacing;
    private readonly ParallelOptions _parallel;
    private readonly (int X, int Y, int Z) _length;

    // Vectors of four slices.
    private readonly int _depth;
    private readonly (int Y, int Z) _half;

    public PairTransform(MaskRows rows, double[] values, (double X, double Y, double Z) spacing, int threads)
    {
        (_rows, _values, _spacing) = (rows, values, spacing);
        _parallel = new() { MaxDegreeOfParallelism = threads };
        _length = (FourierTransform.LengthFor(2 * rows.SizeX - 1), FourierTransform.LengthFor(2 * rows.SizeY - 1), FourierTransform.LengthFor(2 * rows.SizeZ - 1));
        _depth = (rows.SizeZ + Lanes - 1) / Lanes;
        _half = (_length.Y / 2 + 1, _length.Z / 2 + 1);
    }

    public PairSums Sum()
    {
        var frequencies = _length.X / 2 + 1;
        var bytes = 8L * (2 * 3 * Lanes * _depth * _rows.SizeY + (long)_half.Y * _half.Z);
        var block = (int)Math.Clamp(MaxBytes / bytes, 1, frequencies);
        var sums = new PairSums[frequencies];

        // One block's memory serves all: each writes every value that it reads.
        RowSpectra[] signals = [Spectra(), Spectra(), Spectra()];
        var spectra = GC.AllocateUninitializedArray<double>(block * _half.Y * _half.Z);
        for (var first = 0; first < frequencies; first += block)
        {
            AddBlock(first, Math.Min(block, frequencies - first), signals, spectra, sums);
        }

        double weights = 0, products = 0, squares = 0;
        for (var f = 0; f < frequencies; f++)
        {
            // Every frequency but the first and the last stands for its negative, too.
            var times = f == 0 || f == frequencies - 1 ? 1 : 2;
            weights += times * sums[f].Weights;
            products += times * sums[f].Products;
            squares += times * sums[f].Squares;
        }

        var scale = 1 / ((double)_length.X * _length.Y * _length.Z);
        return new(weights * scale, products * scale, squares * scale);

        RowSpectra Spectra() => new(block * _rows.SizeY * _depth);
    }

    private void AddBlock(int first, int count, RowSpectra[] signals, double[] weights, PairSums[] sums)
    {
        Parallel.For(
            0,
            (_rows.SizeY + 1) / 2,
            _parallel,
            () => new FourierTransform(_length.X),
            (pair, _, transform) =>
            {
                TransformRows(2 * pair, first, count, signals, transform);
                return transform;
            },
            _ => { });
        Parallel.For(
            0,
            _half.Y,
            _parallel,
            () => new FourierTransform(_length.X),
            (y, _, transform) =>
            {
                TransformWeights(y, first, count, weights, transform);
                return transform;
            },
            _ => { });
        Parallel.For(
            0,
            count,
            _parallel,
            () => new PlanePairs(_length.Y, _length.Z, _rows.SizeY, _rows.SizeZ),
            (f, _, plane) =>
            {
                sums[first + f] = plane.Sum(f, signals, weights);
                return plane;
            },
            _ => { });
    }

    /// <summary>Values, squares and mask of rows y and y + 1 along x, in all slices.</summary>
    private void TransformRows(int y, int first, int count, RowSpectra[] signals, FourierTransform transform)
    {
        for (var z = 0; z < _depth; z++)
        {
            Load(transform, y, z, squares: false);
            transform.Run();
            Split(transform, first, count, signals[0], y, signals[1], y, z);
            Load(transform, y + 1, z, squares: false);
            if (y + 1 < _rows.SizeY)
            {
                transform.Run();
                Split(transform, first, count, signals[0], y + 1, signals[1], y + 1, z);
            }

            Load(transform, y, z, squares: true);
            transform.Run();
            Split(transform, first, count, signals[2], y, signals[2], y + 1, z);
        }
    }

    /// <summary>Four slices of row y: values as the real part and the mask as the imaginary one, or the squares of rows y and y + 1.</summary>
    private void Load(FourierTransform transform, int y, int z, bool squares)
    {
        var (re, im) = (transform.Re, transform.Im);
        Array.Clear(re);
        Array.Clear(im);
        for (var lane = 0; lane < Lanes; lane++)
        {
            var slice = z * Lanes + lane;
            for (var next = 0; next < (squares ? 2 : 1); next++)
            {
                var row = _rows.Row(y + next, slice);
                var offset = (slice * _rows.SizeY + y + next) * _rows.SizeX;
                var target = MemoryMarshal.Cast<Vector256<double>, double>((next == 0 ? re : im).AsSpan());
                var mask = MemoryMarshal.Cast<Vector256<double>, double>(im.AsSpan());
                for (var from = 0; MaskRows.NextRun(row, from, out var start, out from);)
                {
                    for (var x = start; x < from; x++)
                    {
                        var value = _values[offset + x];
                        if (squares)
                        {
                            target[x * Lanes + lane] = value * value;
                        }
                        else
                        {
                            target[x * Lanes + lane] = value;
                            mask[x * Lanes + lane] = 1;
                        }
                    }
                }
            }
        }
    }

    /// <summary>Takes the spectra of the real and of the imaginary part out of the one of both.</summary>
    private void Split(FourierTransform transform, int first, int count, RowSpectra real, int realY, RowSpectra imaginary, int imaginaryY, int z)
    {
        var (re, im) = (transform.Re, transform.Im);
        var half = Vector256.Create(0.5);
        for (var i = 0; i < count; i++)
        {
            var f = first + i;
            var mirror = f == 0 ? 0 : transform.Length - f;
            var to = (i * _rows.SizeY + realY) * _depth + z;
            real.Re[to] = half * (re[f] + re[mirror]);
            real.Im[to] = half * (im[f] - im[mirror]);
            if (imaginaryY < _rows.SizeY)
            {
                to = (i * _rows.SizeY + imaginaryY) * _depth + z;
                imaginary.Re[to] = half * (im[f] + im[mirror]);
                imaginary.Im[to] = half * (re[mirror] - re[f]);
            }
        }
    }

    /// <summary>
    /// Weights at lag y along x. They are even, so their transforms are real: eight rows go into one complex run. Lags longer than the box
    /// meet no pair; their weights don't matter.
    /// </summary>
    private void TransformWeights(int y, int first, int count, double[] weights, FourierTransform transform)
    {
        Span<double> values = stackalloc double[2 * Lanes];
        for (var z = 0; z < _half.Z; z += 2 * Lanes)
        {
            var (re, im) = (transform.Re, transform.Im);
            for (var x = 0; x <= _length.X / 2; x++)
            {
                for (var lane = 0; lane < values.Length; lane++)
                {
                    var (dx, dy, dz) = (x * _spacing.X, y * _spacing.Y, (z + lane) * _spacing.Z);
                    var square = dx * dx + dy * dy + dz * dz;
                    values[lane] = square > 0 ? 1 / Math.Sqrt(square) : 0;
                }

                var mirror = x == 0 ? 0 : _length.X - x;
                re[x] = re[mirror] = Vector256.Create<double>(values[..Lanes]);
                im[x] = im[mirror] = Vector256.Create<double>(values[Lanes..]);
            }

            transform.Run();
            (re, im) = (transform.Re, transform.Im);
            for (var i = 0; i < count; i++)
            {
                re[first + i].CopyTo(values);
                im[first + i].CopyTo(values[Lanes..]);
                values[..Math.Min(values.Length, _half.Z - z)].CopyTo(weights.AsSpan((i * _half.Y + y) * _half.Z + z));
            }
        }
    }
}
