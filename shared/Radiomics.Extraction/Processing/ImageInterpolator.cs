using System.Numerics;
using System.Runtime.InteropServices;

namespace Radiomics.Extraction;

/// <summary>
/// Interpolates intensities row by row: the old rows around a new one are added up with their weights in y and z, which is done many voxels at a time;
/// then each new voxel takes its few old ones of that sum along x. Rows without ROI cost nothing.
/// </summary>
internal static class ImageInterpolator
{
    private const int ParallelFrom = 1 << 16;

    /// <summary>The intensities of <paramref name="target"/>, a box of the new grid.</summary>
    /// <param name="image">The image, normalised so far that only linear changes are left to do.</param>
    /// <param name="grid">The new grid.</param>
    /// <param name="method">How to interpolate.</param>
    /// <param name="target">The box.</param>
    /// <param name="mask">Which voxels of the box are needed; null: all.</param>
    /// <param name="threads">Most threads.</param>
    public static Intensities Interpolate(ImageBlock image, InterpolationGrid grid, InterpolationMethod method, VoxelBox target, byte[]? mask, int threads)
    {
        var (x, y, z) = grid.Taps(target, method);
        if (method == InterpolationMethod.CubicSpline)
        {
            image = SplineCoefficients.Of(image, Source(grid, method, target, image.Voxels.Doubles is not null), grid, threads);
        }

        return image.Voxels.Doubles is { } doubles
            ? Interpolate(doubles, image, (x, y, z), target, mask, threads)
            : Interpolate(image.Voxels.Floats, image, (x, y, z), target, mask, threads);
    }

    /// <summary>The box of old voxels that <paramref name="target"/> is made of.</summary>
    public static VoxelBox Source(InterpolationGrid grid, InterpolationMethod method, VoxelBox target, bool isDouble)
    {
        var (x, y, z) = grid.Taps(target, method);
        var needed = new VoxelBox(
            x.Lowest[0], y.Lowest[0], z.Lowest[0], x.Highest[^1] - x.Lowest[0] + 1, y.Highest[^1] - y.Lowest[0] + 1, z.Highest[^1] - z.Lowest[0] + 1);
        return method == InterpolationMethod.CubicSpline
            ? needed.Grow(SplineCoefficients.Margin(grid, isDouble), (grid.X.OldSize, grid.Y.OldSize, grid.Z.OldSize))
            : needed;
    }

    private static T[] Interpolate<T>(T[] voxels, ImageBlock image, (AxisTaps X, AxisTaps Y, AxisTaps Z) taps, VoxelBox target, byte[]? mask, int threads)
        where T : unmanaged
    {
        var result = mask is null ? GC.AllocateUninitializedArray<T>(target.Count) : new T[target.Count];
        if (target.Count < ParallelFrom || threads == 1)
        {
            for (var k = 0; k < target.SizeZ; k++)
            {
                Slice(voxels, image, taps, k, target, mask, result);
            }
        }
        else
        {
            Parallel.For(0, target.SizeZ, new() { MaxDegreeOfParallelism = threads }, k => Slice(voxels, image, taps, k, target, mask, result));
        }

        return result;
    }

    private static void Slice<T>(
        T[] voxels, ImageBlock image, (AxisTaps X, AxisTaps Y, AxisTaps Z) taps, int k, VoxelBox target, byte[]? mask, T[] result)
        where T : unmanaged
    {
        var (x, y, z) = taps;
        var sum = Buffers<double>.Rent(x.Highest[^1] - x.Lowest[0] + 1);
        for (var j = 0; j < target.SizeY; j++)
        {
            var start = (k * target.SizeY + j) * target.SizeX;
            var (first, last) = (0, target.SizeX - 1);
            if (mask is not null)
            {
                var inside = mask.AsSpan(start, target.SizeX);
                first = inside.IndexOfAnyExcept((byte)0);
                if (first < 0)
                {
                    continue;
                }

                last = inside.LastIndexOfAnyExcept((byte)0);
            }

            var low = x.Lowest[first];
            var row = sum.AsSpan(0, x.Highest[last] - low + 1);
            AddRows(voxels, image, y, z, j, k, low, row);
            Along(x, first, last, low, row, result.AsSpan(start, target.SizeX));
        }

        Buffers<double>.Return(sum);
    }

    /// <summary>The old rows around new row (j, k), added up; from old voxel <paramref name="low"/> on.</summary>
    private static void AddRows<T>(T[] voxels, ImageBlock image, AxisTaps y, AxisTaps z, int j, int k, int low, Span<double> sum)
        where T : unmanaged
    {
        var isFirst = true;
        for (var tz = k * z.Count; tz < (k + 1) * z.Count; tz++)
        {
            for (var ty = j * y.Count; ty < (j + 1) * y.Count; ty++)
            {
                var weight = z.Weight[tz] * y.Weight[ty];
                if (weight == 0)
                {
                    continue;
                }

                var row = voxels.AsSpan(image.Row(y.Index[ty], z.Index[tz]) + low, sum.Length);
                if (isFirst)
                {
                    Set(row, weight, sum);
                    isFirst = false;
                }
                else
                {
                    Add(row, weight, sum);
                }
            }
        }
    }

    private static void Set<T>(ReadOnlySpan<T> row, double weight, Span<double> sum)
        where T : unmanaged
    {
        for (var i = 0; i < row.Length; i++)
        {
            sum[i] = weight * Real.ToDouble(row[i]);
        }
    }

    private static void Add<T>(ReadOnlySpan<T> row, double weight, Span<double> sum)
        where T : unmanaged
    {
        var i = 0;
        if (typeof(T) == typeof(float))
        {
            var voxels = MemoryMarshal.Cast<T, Vector<float>>(row);
            var sums = MemoryMarshal.Cast<double, Vector<double>>(sum);
            var weights = new Vector<double>(weight);
            for (; i < voxels.Length; i++)
            {
                Vector.Widen(voxels[i], out var lower, out var upper);
                sums[2 * i] += weights * lower;
                sums[2 * i + 1] += weights * upper;
            }

            i *= Vector<float>.Count;
        }

        for (; i < row.Length; i++)
        {
            sum[i] += weight * Real.ToDouble(row[i]);
        }
    }

    private static void Along<T>(AxisTaps x, int first, int last, int low, ReadOnlySpan<double> row, Span<T> result)
        where T : unmanaged
    {
        var (index, weight) = (x.Index, x.Weight);
        switch (x.Count)
        {
            case 1:
                for (var n = first; n <= last; n++)
                {
                    result[n] = Real.From<T>(row[index[n] - low]);
                }

                break;
            case 2:
                for (var n = first; n <= last; n++)
                {
                    result[n] = Real.From<T>(weight[2 * n] * row[index[2 * n] - low] + weight[2 * n + 1] * row[index[2 * n + 1] - low]);
                }

                break;
            case not 4:
                for (var n = first; n <= last; n++)
                {
                    double sum = 0;
                    for (var t = n * x.Count; t < (n + 1) * x.Count; t++)
                    {
                        sum += weight[t] * row[index[t] - low];
                    }

                    result[n] = Real.From<T>(sum);
                }

                break;
            default:
                for (var n = first; n <= last; n++)
                {
                    var t = 4 * n;
                    result[n] = Real.From<T>(weight[t] * row[index[t] - low] + weight[t + 1] * row[index[t + 1] - low]
                        + weight[t + 2] * row[index[t + 2] - low] + weight[t + 3] * row[index[t + 3] - low]);
                }

                break;
        }
    }
}
