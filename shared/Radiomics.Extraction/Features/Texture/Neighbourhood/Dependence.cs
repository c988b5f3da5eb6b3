using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Radiomics.Extraction;

/// <summary>
/// Counts, for each voxel, the voxels around it (and itself) whose grey level differs by no more than the coarseness: what the NGLDM counts (IBSI
/// manual 3.11).
/// </summary>
internal static class Dependence
{
    /// <summary>The dependence of each voxel of the intensity mask, by slice or in the volume.</summary>
    /// <param name="grid">The grey levels, padded by at least <paramref name="distance"/>.</param>
    /// <param name="distance">Chebyshev radius of the neighbourhood in voxels.</param>
    /// <param name="coarseness">α: the largest difference of dependent grey levels.</param>
    /// <param name="bySlice">Whether the neighbourhood is that within the slice, and each slice a part.</param>
    public static CountedItems Of(GreyLevelGrid grid, int distance, int coarseness, bool bySlice)
    {
        var ranks = new ushort[grid.VoxelCount];
        var columns = new int[grid.VoxelCount];
        var (starts, voxels) = (new List<int>(), new List<int>());
        var row = new ushort[grid.SizeX + Vector128<ushort>.Count];
        var offsets = Offsets(grid, distance, bySlice ? 0 : distance);
        using var levels = new GreyLevelOffsets(grid);
        var count = 0;
        for (var z = 0; z < grid.SizeZ; z++)
        {
            var begin = count;
            for (var y = 0; y < grid.SizeY; y++)
            {
                var at = grid.IndexOf(0, y, z);
                var inside = grid.Ranks.AsSpan(at, grid.SizeX);
                var first = inside.IndexOfAnyExcept((ushort)0);
                if (first < 0)
                {
                    continue;
                }

                inside = inside[..(inside.LastIndexOfAnyExcept((ushort)0) + 1)];
                if (coarseness == 0)
                {
                    CountEqual(grid.Ranks, at, first, inside.Length, offsets, distance, row);
                }
                else
                {
                    CountNear(levels.Values, at, first, inside.Length, offsets, distance, (ushort)coarseness, row);
                }

                for (var x = first; x < inside.Length; x++)
                {
                    if (inside[x] != 0)
                    {
                        ranks[count] = inside[x];
                        columns[count++] = row[x];
                    }
                }
            }

            if (bySlice && count > begin)
            {
                starts.Add(begin);
                voxels.Add(count - begin);
            }
        }

        return new()
        {
            Levels = grid.Levels,
            Ranks = ranks,
            Columns = columns,
            Starts = bySlice ? [.. starts, count] : [0, count],
            VoxelCounts = bySlice ? [.. voxels] : [count],
        };
    }

    /// <summary>Index distances of the rows of a neighbourhood.</summary>
    internal static int[] Offsets(GreyLevelGrid grid, int distanceY, int distanceZ)
    {
        var offsets = new int[(2 * distanceY + 1) * (2 * distanceZ + 1)];
        var i = 0;
        for (var z = -distanceZ; z <= distanceZ; z++)
        {
            for (var y = -distanceY; y <= distanceY; y++)
            {
                offsets[i++] = z * grid.StrideZ + y * grid.StrideY;
            }
        }

        return offsets;
    }

    /// <summary>For eight voxels of a row at once: how many of their neighbourhood are equal to them (a comparison's true is −1).</summary>
    private static void CountEqual(ushort[] values, int at, int first, int end, int[] offsets, int distance, ushort[] counts)
    {
        ref var start = ref MemoryMarshal.GetArrayDataReference(values);
        for (var x = first; x < end; x += Vector128<ushort>.Count)
        {
            ref var center = ref Unsafe.Add(ref start, at + x);
            var value = Vector128.LoadUnsafe(ref center);
            var count = Vector128<ushort>.Zero;
            foreach (var offset in offsets)
            {
                for (var step = offset - distance; step <= offset + distance; step++)
                {
                    count -= Vector128.Equals(value, Vector128.LoadUnsafe(ref Unsafe.Add(ref center, step)));
                }
            }

            count.CopyTo(counts, x);
        }
    }

    /// <summary>The same for a difference of up to <paramref name="coarseness"/>; 0, the outside, is near to nothing.</summary>
    private static void CountNear(
        ushort[] values, int at, int first, int end, int[] offsets, int distance, ushort coarseness, ushort[] counts)
    {
        ref var start = ref MemoryMarshal.GetArrayDataReference(values);
        var limit = Vector128.Create(coarseness);
        for (var x = first; x < end; x += Vector128<ushort>.Count)
        {
            ref var center = ref Unsafe.Add(ref start, at + x);
            var value = Vector128.LoadUnsafe(ref center);
            var count = Vector128<ushort>.Zero;
            foreach (var offset in offsets)
            {
                for (var step = offset - distance; step <= offset + distance; step++)
                {
                    var other = Vector128.LoadUnsafe(ref Unsafe.Add(ref center, step));
                    var difference = Vector128.Max(value, other) - Vector128.Min(value, other);
                    var near = Vector128.LessThanOrEqual(difference, limit);
                    count -= Vector128.AndNot(near, Vector128.Equals(other, Vector128<ushort>.Zero));
                }
            }

            count.CopyTo(counts, x);
        }
    }
}
