
namespace Radiomics.Extraction;

/// <summary>Interpolates an ROI row by row and decides by its partial volume which new voxels are inside (IBSI manual 2.4).</summary>
internal static class RoiInterpolator
{
    private const double VolumeTolerance = 1e-6;
    private const int ParallelFrom = 1 << 16;

    /// <summary>The new mask in the box <paramref name="target"/> of the new grid.</summary>
    /// <param name="mask">The old mask, 0 or 1, in its box.</param>
    /// <param name="box">That box.</param>
    /// <param name="grid">The new grid.</param>
    /// <param name="settings">Method and threshold.</param>
    /// <param name="target">A box of the new grid that holds all that can be inside.</param>
    /// <param name="threads">Most threads.</param>
    public static byte[] Interpolate(byte[] mask, VoxelBox box, InterpolationGrid grid, ResamplingSettings settings, VoxelBox target, int threads)
    {
        var taps = grid.Taps(target, settings.RoiMethod);

        // Where in the box each old voxel lies, with an empty one before and behind it.
        var index = Array.ConvertAll(taps.X.Index, x => Math.Clamp(x - box.X + 1, 0, box.SizeX + 1));
        var threshold = settings.RoiThreshold - VolumeTolerance;
        var result = new byte[target.Count];
        if (target.Count < ParallelFrom || threads == 1)
        {
            for (var k = 0; k < target.SizeZ; k++)
            {
                Slice(mask, box, taps, index, k, target, threshold, result);
            }
        }
        else
        {
            Parallel.For(0, target.SizeZ, new() { MaxDegreeOfParallelism = threads }, k => Slice(mask, box, taps, index, k, target, threshold, result));
        }

        return result;
    }

    private static void Slice(
        byte[] mask, VoxelBox box, (AxisTaps X, AxisTaps Y, AxisTaps Z) taps, int[] index, int k, VoxelBox target, double threshold, byte[] result)
    {
        var (x, y, z) = taps;

        // The share of each old voxel of the box, and of nothing beside it.
        var shares = Buffers<double>.Rent(box.SizeX + 2);
        for (var j = 0; j < target.SizeY; j++)
        {
            if (!AddRows(mask, box, y, z, j, k, shares.AsSpan(0, box.SizeX + 2)))
            {
                continue;
            }

            var row = result.AsSpan((k * target.SizeY + j) * target.SizeX, target.SizeX);
            if (x.Count == 1)
            {
                for (var n = 0; n < row.Length; n++)
                {
                    row[n] = shares[index[n]] >= threshold ? (byte)1 : (byte)0;
                }
            }
            else
            {
                var weights = x.Weight;
                for (var n = 0; n < row.Length; n++)
                {
                    var share = weights[2 * n] * shares[index[2 * n]] + weights[2 * n + 1] * shares[index[2 * n + 1]];
                    row[n] = share >= threshold ? (byte)1 : (byte)0;
                }
            }
        }

        Buffers<double>.Return(shares);
    }

    /// <summary>The old rows around new row (j, k), added up by their weights; false if the ROI is in none of them.</summary>
    private static bool AddRows(byte[] mask, VoxelBox box, AxisTaps y, AxisTaps z, int j, int k, Span<double> shares)
    {
        var isAny = false;
        for (var tz = k * z.Count; tz < (k + 1) * z.Count; tz++)
        {
            for (var ty = j * y.Count; ty < (j + 1) * y.Count; ty++)
            {
                var (oldY, oldZ) = (y.Index[ty] - box.Y, z.Index[tz] - box.Z);
                var weight = z.Weight[tz] * y.Weight[ty];
                if (weight == 0 || oldY < 0 || oldY >= box.SizeY || oldZ < 0 || oldZ >= box.SizeZ)
                {
                    continue;
                }

                var row = mask.AsSpan((oldZ * box.SizeY + oldY) * box.SizeX, box.SizeX);
                var first = row.IndexOfAnyExcept((byte)0);
                if (first < 0)
                {
                    continue;
                }

                if (!isAny)
                {
                    shares.Clear();
                    isAny = true;
                }

                var last = row.LastIndexOfAnyExcept((byte)0);
                for (var i = first; i <= last; i++)
                {
                    shares[i + 1] += weight * row[i];
                }
            }
        }

        return isAny;
    }
}
