using System.Buffers;

namespace Radiomics.Extraction;

/// <summary>Grey level co-occurrence matrices by direction (IBSI manual 3.6): how often grey levels i and j are a step apart, both inside the ROI.</summary>
internal static class CooccurrenceMatrices
{
    /// <summary>Matrices of up to so many cells, or two a voxel, are counted densely; sorting pairs takes longer.</summary>
    private const int DenseCells = 1 << 15;

    /// <summary>Beyond so many cells (of grey levels by the thousand) memory counts more than time.</summary>
    private const long MostDenseCells = 1 << 22;

    /// <summary>Most steps in one sweep: IBSI's are 13, all steps of some distances may be thousands.</summary>
    private const int DenseSteps = 16;

    /// <summary>A matrix for each step, of the pairs that start in slices <paramref name="fromSlice"/> … <paramref name="toSlice"/> − 1 of the ROI's box.</summary>
    /// <param name="grid">The grey levels; its padding must not be smaller than any component of a step.</param>
    /// <param name="steps">Where a voxel's partner lies. A pair counts once, at the voxel that the step starts from.</param>
    /// <param name="symmetric">
    /// Whether the pair (i, j) counts as (j, i) too: then the cell (i, j), j ≥ i, holds the matrix element of both orders, and the diagonal counts twice.
    /// </param>
    /// <param name="fromSlice">First slice.</param>
    /// <param name="toSlice">First slice after them.</param>
    public static DirectionalMatrix[] Count(GreyLevelGrid grid, ReadOnlySpan<Step> steps, bool symmetric, int fromSlice, int toSlice)
    {
        var (from, to) = (grid.IndexOf(0, 0, fromSlice), grid.IndexOf(grid.SizeX - 1, grid.SizeY - 1, toSlice - 1) + 1);
        var offsets = new int[steps.Length];
        for (var d = 0; d < offsets.Length; d++)
        {
            offsets[d] = steps[d].IndexOffset(grid);
        }

        // Row and column 0 take the pairs with a voxel outside, so that the sweep needn't ask.
        long width = grid.Levels.Length + 1;
        var voxels = Math.Min(grid.VoxelCount, (toSlice - fromSlice) * grid.StrideZ);
        if (width * width > Math.Max(DenseCells, Math.Min(2L * voxels, MostDenseCells)))
        {
            return CountSparse(grid.Ranks, from, to, offsets, (int)width, voxels, symmetric);
        }

        var result = new DirectionalMatrix[offsets.Length];
        for (var d = 0; d < offsets.Length; d += DenseSteps)
        {
            var some = offsets[d..Math.Min(offsets.Length, d + DenseSteps)];
            CountDense(grid.Ranks, from, to, some, (int)width, symmetric).CopyTo(result, d);
        }

        return result;
    }

    /// <summary>One sweep over the voxels for all directions, into a dense matrix each.</summary>
    internal static unsafe DirectionalMatrix[] CountDense(ushort[] ranks, int from, int to, int[] offsets, int width, bool symmetric)
    {
        var size = width * width;
        var counts = ArrayPool<int>.Shared.Rent(size * offsets.Length);
        counts.AsSpan(0, size * offsets.Length).Clear();
        fixed (ushort* voxels = ranks)
        fixed (int* matrices = counts, steps = offsets)
        {
            for (var voxel = voxels + from; voxel < voxels + to; voxel++)
            {
                if (*voxel == 0)
                {
                    continue;
                }

                // Each direction has a matrix of its own, so that neighbouring voxels' increments don't wait for each other.
                var row = matrices + *voxel * width;
                for (var d = 0; d < offsets.Length; d++)
                {
                    row[voxel[steps[d]]]++;
                    row += size;
                }
            }
        }

        var result = new DirectionalMatrix[offsets.Length];
        var cells = new Cells(symmetric ? size / 2 + width : size);
        for (var d = 0; d < result.Length; d++)
        {
            result[d] = Gather(counts.AsSpan(d * size, size), width, symmetric, cells);
        }

        cells.Return();
        ArrayPool<int>.Shared.Return(counts);
        return result;
    }

    private static DirectionalMatrix Gather(ReadOnlySpan<int> counts, int width, bool symmetric, Cells cells)
    {
        for (var i = 1; i < width; i++)
        {
            for (var j = symmetric ? i : 1; j < width; j++)
            {
                var count = symmetric ? counts[i * width + j] + counts[j * width + i] : counts[i * width + j];
                if (count > 0)
                {
                    cells.Add(i, j, count);
                }
            }
        }

        return cells.Take();
    }

    /// <summary>The pairs as numbers, sorted: for grey levels so many that most cells are empty.</summary>
    internal static DirectionalMatrix[] CountSparse(ushort[] ranks, int from, int to, int[] offsets, int width, int voxels, bool symmetric)
    {
        var pairs = Buffers<uint>.Rent(2 * voxels);
        var cells = new Cells(voxels);
        var result = new DirectionalMatrix[offsets.Length];
        for (var d = 0; d < offsets.Length; d++)
        {
            var found = 0;
            for (var voxel = from; voxel < to; voxel++)
            {
                uint i = ranks[voxel], j = ranks[voxel + offsets[d]];
                if (i != 0 && j != 0)
                {
                    pairs[found++] = symmetric ? Math.Min(i, j) * (uint)width + Math.Max(i, j) : i * (uint)width + j;
                }
            }

            var sorted = RadixSort.Sort(pairs.AsSpan(0, found), pairs.AsSpan(voxels, found), (uint)width * (uint)width - 1);
            for (var start = 0; start < sorted.Length;)
            {
                var end = start + 1;
                while (end < sorted.Length && sorted[end] == sorted[start])
                {
                    end++;
                }

                var (i, j) = Math.DivRem(sorted[start], (uint)width);
                cells.Add((int)i, (int)j, symmetric && i == j ? 2 * (end - start) : end - start);
                start = end;
            }

            result[d] = cells.Take();
        }

        cells.Return();
        Buffers<uint>.Return(pairs);
        return result;
    }
}
