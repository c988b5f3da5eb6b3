using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Radiomics.Extraction;

/// <summary>
/// The coefficients with which cubic B-splines go through an image's voxels (Unser, Aldroubi, Eden 1993): a recursive filter there and back along each
/// axis, the image mirrored about its outermost voxel centers. Coefficients fade by 0.27 a voxel, so a box needs only a few voxels around it.
/// </summary>
internal static class SplineCoefficients
{
    // 0.27 to the power of 20 is 4e-12, far below what a float holds; to the power of 32 it is beyond a double.
    private const int Reach = 20;
    private const int ReachOfDoubles = 32;
    private const int Tile = 32;

    // 0.27 to the power of 32 is beyond what a double holds.
    private const int Horizon = 32;

    private static readonly double Pole = Math.Sqrt(3) - 2;

    /// <summary>How many voxels beyond a box have a say in its coefficients.</summary>
    public static VoxelMargin Margin(InterpolationGrid grid, bool isDouble)
    {
        var reach = isDouble ? ReachOfDoubles : Reach;
        return new(grid.X.IsUnchanged ? 0 : reach, grid.Y.IsUnchanged ? 0 : reach, grid.Z.IsUnchanged ? 0 : reach);
    }

    /// <summary>Coefficients in a box of old voxels, margin included. Along an axis that the grid leaves alone the voxels are their own coefficients.</summary>
    public static ImageBlock Of(ImageBlock image, VoxelBox box, InterpolationGrid grid, int threads)
    {
        var voxels = box.CutFrom(image.Voxels, image.Box).Apart(image.Voxels);
        if (voxels.Doubles is { } doubles)
        {
            Filter(doubles, box, grid, threads);
        }
        else
        {
            Filter(voxels.Floats, box, grid, threads);
        }

        return new(voxels, box);
    }

    private static void Filter<T>(T[] voxels, VoxelBox box, InterpolationGrid grid, int threads)
        where T : unmanaged
    {
        var (row, slice) = (box.SizeX, box.SizeX * box.SizeY);
        if (!grid.X.IsUnchanged)
        {
            Each(box.SizeZ, threads, z => Filter(voxels, z * slice, box.SizeX, 1, box.SizeY, row));
        }

        if (!grid.Y.IsUnchanged)
        {
            Each(box.SizeZ, threads, z => Filter(voxels, z * slice, box.SizeY, row, box.SizeX, 1));
        }

        if (!grid.Z.IsUnchanged)
        {
            Each(box.SizeY, threads, y => Filter(voxels, y * row, box.SizeZ, slice, box.SizeX, 1));
        }
    }

    private static void Each(int count, int threads, Action<int> action) => Parallel.For(0, count, new() { MaxDegreeOfParallelism = threads }, action);

    /// <summary>
    /// Filters <paramref name="count"/> lines that begin <paramref name="next"/> apart, each of <paramref name="length"/> voxels <paramref name="step"/> apart:
    /// some side by side at a time.
    /// </summary>
    private static void Filter<T>(T[] voxels, int start, int length, int step, int count, int next)
        where T : unmanaged
    {
        var lines = Buffers<double>.Rent(length * Tile);
        for (var first = 0; first < count; first += Tile)
        {
            var width = Math.Min(Tile, count - first);
            for (var i = 0; i < length; i++)
            {
                var to = lines.AsSpan(i * Tile, Tile);
                var from = start + first * next + i * step;
                for (var n = 0; n < width; n++, from += next)
                {
                    to[n] = Real.ToDouble(voxels[from]);
                }

                to[width..].Clear();
            }

            Filter(MemoryMarshal.Cast<double, Vector256<double>>(lines.AsSpan(0, length * Tile)), length);
            for (var i = 0; i < length; i++)
            {
                var from = lines.AsSpan(i * Tile, Tile);
                var to = start + first * next + i * step;
                for (var n = 0; n < width; n++, to += next)
                {
                    voxels[to] = Real.From<T>(from[n]);
                }
            }
        }

        Buffers<double>.Return(lines);
    }

    /// <summary>The recursive filter there and back over lines of <paramref name="length"/> voxels that stand side by side, <see cref="Tile"/> of them.</summary>
    private static void Filter(Span<Vector256<double>> lines, int length)
    {
        if (length == 1)
        {
            return;
        }

        // The sum over the mirrored image before its first voxel; its period is 2·length − 2.
        const int width = Tile / 4;
        var period = 2 * length - 2;
        var terms = Math.Min(period, Horizon);
        var whole = 1 - Math.Pow(Pole, period);
        for (var n = 0; n < width; n++)
        {
            var sum = Vector256<double>.Zero;
            var power = 1 / whole;
            for (var i = 0; i < terms; i++)
            {
                sum += lines[(i < length ? i : period - i) * width + n] * power;
                power *= Pole;
            }

            lines[n] = sum;
        }

        var pole = Vector256.Create(Pole);
        for (var i = width; i < length * width; i++)
        {
            lines[i] += pole * lines[i - width];
        }

        var end = Vector256.Create(6 * Pole / (Pole * Pole - 1));
        for (var i = (length - 1) * width; i < length * width; i++)
        {
            lines[i] = end * (lines[i] + pole * lines[i - width]);
        }

        var six = Vector256.Create(6.0);
        for (var i = (length - 1) * width - 1; i >= 0; i--)
        {
            lines[i] = pole * (lines[i + width] - six * lines[i]);
        }
    }
}
