using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Radiomics.Extraction;

/// <summary>
/// Builds the NGTDM. A voxel's neighbours are a box less the voxel: the rows of the box are added up eight columns at a time, then a few columns each.
/// Outside the ROI the level is 0 and adds nothing; how many are inside is added up alike.
/// </summary>
internal static class ToneDifferences
{
    /// <summary>The matrices of the slices that have voxels, or one of the volume.</summary>
    /// <param name="grid">The grey levels, padded by at least <paramref name="distance"/>.</param>
    /// <param name="distance">Chebyshev radius of the neighbourhood in voxels.</param>
    /// <param name="bySlice">Whether the neighbourhood is that within the slice.</param>
    public static List<ToneDifferenceMatrix> Of(GreyLevelGrid grid, int distance, bool bySlice)
    {
        var matrices = new List<ToneDifferenceMatrix>();
        var length = grid.StrideY + 2 * Vector128<ushort>.Count;
        var (sums, counts) = (new uint[length], new ushort[length]);
        var offsets = Dependence.Offsets(grid, distance, bySlice ? 0 : distance);
        using var levels = new GreyLevelOffsets(grid);
        var matrix = new ToneDifferenceMatrix(grid.Levels);
        for (var z = 0; z < grid.SizeZ; z++)
        {
            var any = false;
            for (var y = 0; y < grid.SizeY; y++)
            {
                var at = grid.IndexOf(0, y, z);
                var ranks = grid.Ranks.AsSpan(at, grid.SizeX);
                var first = ranks.IndexOfAnyExcept((ushort)0);
                if (first < 0)
                {
                    continue;
                }

                any = true;
                var count = ranks.LastIndexOfAnyExcept((ushort)0) + 1 - first;
                AddRows(levels.Values, at + first - distance, count + 2 * distance, offsets, sums, counts);
                AddColumns(count, distance, sums, counts);
                AddDifferences(ranks.Slice(first, count), levels.Values.AsSpan(at + first, count), sums, counts, matrix);
            }

            if (bySlice && any)
            {
                matrices.Add(matrix);
                matrix = new ToneDifferenceMatrix(grid.Levels);
            }
        }

        if (!bySlice)
        {
            matrices.Add(matrix);
        }

        return matrices;
    }

    /// <summary>Adds up, column by column from <paramref name="at"/> on, the levels of the rows around and the number of voxels inside.</summary>
    private static void AddRows(ushort[] levels, int at, int count, int[] offsets, uint[] sums, ushort[] counts)
    {
        ref var start = ref MemoryMarshal.GetArrayDataReference(levels);
        for (var x = 0; x < count; x += Vector128<ushort>.Count)
        {
            ref var column = ref Unsafe.Add(ref start, at + x);
            var (lower, upper) = (Vector128<uint>.Zero, Vector128<uint>.Zero);
            var outside = Vector128<ushort>.Zero;
            foreach (var offset in offsets)
            {
                var values = Vector128.LoadUnsafe(ref Unsafe.Add(ref column, offset));
                lower += Vector128.WidenLower(values);
                upper += Vector128.WidenUpper(values);
                // True is −1.
                outside -= Vector128.Equals(values, Vector128<ushort>.Zero);
            }

            lower.CopyTo(sums, x);
            upper.CopyTo(sums, x + Vector128<uint>.Count);
            (Vector128.Create((ushort)offsets.Length) - outside).CopyTo(counts, x);
        }
    }

    /// <summary>Adds up the columns of each voxel's neighbourhood, in place: what is at x then begins at column x.</summary>
    private static void AddColumns(int count, int distance, uint[] sums, ushort[] counts)
    {
        ref var sum = ref MemoryMarshal.GetArrayDataReference(sums);
        ref var inside = ref MemoryMarshal.GetArrayDataReference(counts);
        for (var x = 0; x < count; x += Vector128<ushort>.Count)
        {
            var (lower, upper) = (Vector128<uint>.Zero, Vector128<uint>.Zero);
            var voxels = Vector128<ushort>.Zero;
            for (var column = x; column <= x + 2 * distance; column++)
            {
                lower += Vector128.LoadUnsafe(ref sum, (nuint)column);
                upper += Vector128.LoadUnsafe(ref sum, (nuint)(column + Vector128<uint>.Count));
                voxels += Vector128.LoadUnsafe(ref inside, (nuint)column);
            }

            lower.CopyTo(sums, x);
            upper.CopyTo(sums, x + Vector128<uint>.Count);
            voxels.CopyTo(counts, x);
        }
    }

    /// <summary>Adds each voxel's difference from its neighbours' mean, |i − S/W| with the integers S and W.</summary>
    private static void AddDifferences(
        ReadOnlySpan<ushort> ranks, ReadOnlySpan<ushort> levels, ReadOnlySpan<uint> sums, ReadOnlySpan<ushort> counts, ToneDifferenceMatrix matrix)
    {
        var (differences, voxels) = (matrix.Differences, matrix.Counts);
        for (var x = 0; x < ranks.Length; x++)
        {
            // The voxel itself is in both sums.
            var neighbours = counts[x] - 1;
            var index = ranks[x] - 1;
            if (index >= 0 && neighbours > 0)
            {
                differences[index] += Math.Abs((double)levels[x] * (neighbours + 1) - sums[x]) / neighbours;
                voxels[index]++;
            }
        }
    }
}
