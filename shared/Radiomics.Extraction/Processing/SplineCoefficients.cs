using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Radiomics.Extraction;

/// <summary>
/// The coefficients with which cubic B-splines go through an image's voxels (Unser, Aldroubi, Eden 1993): a recursive filter there and back along each
/// axis, the image mirrored about its outermost voxel centers. Coefficients fade by 0.27 a voxel, so a box needs only a few voxels around it.
/// </summary>
internal static class SplineCoefficients
{
    // 0.27 to the power of 20 is 4e-12, far below what a float holds.
    private const int Reach = 20;
    private const int Tile = 32;

    private static readonly double Pole = Math.Sqrt(3) - 2;

    /// <summary>How many voxels beyond a box have a say in its coefficients.</summary>
    public static VoxelMargin Margin(InterpolationGrid grid) =>
        new(grid.X.IsUnchanged ? 0 : Reach, grid.Y.IsUnchanged ? 0 : Reach, grid.Z.IsUnchanged ? 0 : Reach);

    /// <summary>Coefficients in a box of old voxels, margin included. Along an axis that the grid leaves alone the voxels are their own coefficients.</summary>
    public static ImageBlock Of(ImageBlock image, VoxelBox box, InterpolationGrid grid, int threads)
    {
        var voxels = box.CutFrom(image.Voxels, image.Box);
        voxels = ReferenceEquals(voxels, image.Voxels) ? [.. voxels] : voxels;
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads };
        if (!grid.X.IsUnchanged)
        {
            Parallel.For(0, box.SizeZ, options, z => AlongX(voxels.AsSpan(z * box.SizeX * box.SizeY, box.SizeX * box.SizeY), box.SizeX));
        }

        if (!grid.Y.IsUnchanged)
        {
            Parallel.For(0, box.SizeZ, options, z => Across(voxels, z * box.SizeX * box.SizeY, box.SizeY, box.SizeX, box.SizeX));
        }

        if (!grid.Z.IsUnchanged)
        {
            Parallel.For(0, box.SizeY, options, y => Across(voxels, y * box.SizeX, box.SizeZ, box.SizeX * box.SizeY, box.SizeX));
        }

        return new(voxels, box);
    }

    private static void AlongX(Span<float> slice, int length)
    {
        var line = ArrayPool<double>.Shared.Rent(length);
        for (var start = 0; start < slice.Length; start += length)
        {
            var row = slice.Slice(start, length);
            for (var i = 0; i < length; i++)
            {
                line[i] = row[i];
            }

            Filter(line.AsSpan(0, length), length, 1);
            for (var i = 0; i < length; i++)
            {
                row[i] = (float)line[i];
            }
        }

        ArrayPool<double>.Shared.Return(line);
    }

    /// <summary>Filters <paramref name="width"/> neighbouring lines of <paramref name="length"/> voxels that lie <paramref name="stride"/> apart, some at a time.</summary>
    private static void Across(float[] voxels, int start, int length, int stride, int width)
    {
        var lines = ArrayPool<double>.Shared.Rent(length * Tile);
        for (var x = 0; x < width; x += Tile)
        {
            var count = Math.Min(Tile, width - x);
            for (var i = 0; i < length; i++)
            {
                var from = voxels.AsSpan(start + i * stride + x, count);
                var to = lines.AsSpan(i * Tile, Tile);
                for (var n = 0; n < count; n++)
                {
                    to[n] = from[n];
                }

                to[count..].Clear();
            }

            Filter(lines.AsSpan(0, length * Tile), length, Tile);
            for (var i = 0; i < length; i++)
            {
                var from = lines.AsSpan(i * Tile, count);
                var to = voxels.AsSpan(start + i * stride + x, count);
                for (var n = 0; n < count; n++)
                {
                    to[n] = (float)from[n];
                }
            }
        }

        ArrayPool<double>.Shared.Return(lines);
    }

    /// <summary>The recursive filter over <paramref name="length"/> steps of <paramref name="width"/> values side by side.</summary>
    private static void Filter(Span<double> lines, int length, int width)
    {
        if (length == 1)
        {
            return;
        }

        // The sum over the mirrored image before its first voxel; its period is 2·length − 2.
        var period = 2 * length - 2;
        var first = lines[..width];
        Span<double> sum = stackalloc double[Tile];
        sum = sum[..width];
        sum.Clear();
        double power = 1, whole = 1 - Math.Pow(Pole, period);
        for (var i = 0; i < period && Math.Abs(power) > 1e-20; i++)
        {
            AddScaled(lines.Slice((i < length ? i : period - i) * width, width), power / whole, sum);
            power *= Pole;
        }

        sum.CopyTo(first);
        for (var i = 1; i < length; i++)
        {
            AddScaled(lines.Slice((i - 1) * width, width), Pole, lines.Slice(i * width, width));
        }

        var last = lines[((length - 1) * width)..];
        var before = lines.Slice((length - 2) * width, width);
        var end = 6 * Pole / (Pole * Pole - 1);
        for (var n = 0; n < width; n++)
        {
            last[n] = end * (last[n] + Pole * before[n]);
        }

        for (var i = length - 2; i >= 0; i--)
        {
            Back(lines.Slice((i + 1) * width, width), lines.Slice(i * width, width));
        }
    }

    private static void AddScaled(ReadOnlySpan<double> from, double factor, Span<double> to)
    {
        if (to.Length == 1)
        {
            to[0] += factor * from[0];
            return;
        }

        var factors = new Vector<double>(factor);
        var source = MemoryMarshal.Cast<double, Vector<double>>(from);
        var target = MemoryMarshal.Cast<double, Vector<double>>(to);
        for (var i = 0; i < target.Length; i++)
        {
            target[i] += factors * source[i];
        }
    }

    private static void Back(ReadOnlySpan<double> next, Span<double> line)
    {
        if (line.Length == 1)
        {
            line[0] = Pole * (next[0] - 6 * line[0]);
            return;
        }

        var (poles, six) = (new Vector<double>(Pole), new Vector<double>(6));
        var after = MemoryMarshal.Cast<double, Vector<double>>(next);
        var target = MemoryMarshal.Cast<double, Vector<double>>(line);
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = poles * (after[i] - six * target[i]);
        }
    }
}
