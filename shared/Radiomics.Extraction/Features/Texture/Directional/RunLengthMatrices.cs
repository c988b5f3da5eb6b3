using System.Buffers;
using System.Runtime.Intrinsics;

namespace Radiomics.Extraction;

/// <summary>Grey level run length matrices by direction (IBSI manual 3.7): how often grey level i stands in a row of exactly j voxels of the ROI.</summary>
internal static class RunLengthMatrices
{
    /// <summary>A matrix for each step, of the runs within slices <paramref name="fromSlice"/> … <paramref name="toSlice"/> − 1 of the ROI's box.</summary>
    /// <param name="grid">The grey levels, padded by at least one voxel.</param>
    /// <param name="steps">
    /// Of each opposite pair of the 26 directions the one that goes on in voxel order, as in <see cref="Step.Directions"/>; of less than the whole volume only
    /// those within a slice.
    /// </param>
    /// <param name="fromSlice">First slice.</param>
    /// <param name="toSlice">First slice after them.</param>
    public static DirectionalMatrix[] Count(GreyLevelGrid grid, ReadOnlySpan<Step> steps, int fromSlice, int toSlice)
    {
        var longest = Math.Max(Math.Max(grid.SizeX, grid.SizeY), toSlice - fromSlice);
        return (long)(grid.Levels.Length + 1) * (longest + 2) <= ushort.MaxValue
            ? CountDense(grid, steps, fromSlice, toSlice, longest)
            : RunLists.Count(grid, steps, fromSlice, toSlice);
    }

    /// <summary>
    /// One sweep for all directions. A voxel's place in its run is one more than its predecessor's if that has the same level, else 1: eight voxels at a time,
    /// without a branch. As many voxels as have place j stand in runs of j or more, so the runs of exactly j are the difference of two neighbouring counts.
    /// </summary>
    internal static unsafe DirectionalMatrix[] CountDense(GreyLevelGrid grid, ReadOnlySpan<Step> steps, int fromSlice, int toSlice, int longest)
    {
        const int lanes = 8;
        // A matrix has a row for each place 1 … longest and an empty one to end on, and a column for each rank; column 0 takes voxels outside.
        var levels = grid.Levels.Length + 1;
        var size = levels * (longest + 2);
        var counts = ArrayPool<int>.Shared.Rent(steps.Length * size);
        counts.AsSpan(0, steps.Length * size).Clear();
        // Row starts (place · levels) in this slice and in the one before. What skipped voxels leave there is never used: their rank is 0.
        var slice = grid.StrideZ + lanes;
        var buffer = Buffers<ushort>.Rent(2 * slice * steps.Length);
        var offsets = stackalloc int[steps.Length];
        var backs = stackalloc int[steps.Length];
        for (var d = 0; d < steps.Length; d++)
        {
            offsets[d] = steps[d].IndexOffset(grid);
            backs[d] = offsets[d] - steps[d].Z * grid.StrideZ;
        }

        var firstRow = Vector128.Create((ushort)levels);
        var first = grid.IndexOf(0, 0, -grid.Padding);
        var last = grid.IndexOf(grid.SizeX - 1, grid.SizeY - 1, -grid.Padding);
        fixed (ushort* ranks = grid.Ranks, rows = buffer)
        fixed (int* matrices = counts)
        {
            var here = rows;
            var below = rows + slice * steps.Length;
            for (var z = fromSlice; z < toSlice; z++)
            {
                var voxels = ranks + (z + grid.Padding) * grid.StrideZ;
                // Up to seven voxels beyond the last are padding.
                for (var i = first; i <= last; i += lanes)
                {
                    var rank = Vector128.Load(voxels + i);
                    if (rank == Vector128<ushort>.Zero)
                    {
                        continue;
                    }

                    var outside = Vector128.Equals(rank, Vector128<ushort>.Zero);
                    var matrix = matrices;
                    for (var d = 0; d < steps.Length; d++)
                    {
                        var row = here + d * slice + i;
                        var before = (offsets[d] == backs[d] ? here : below) + d * slice + i - backs[d];
                        var predecessor = voxels + i - offsets[d];
                        Vector128<ushort> rowStarts;
                        if (offsets[d] >= lanes)
                        {
                            var same = Vector128.AndNot(Vector128.Equals(rank, Vector128.Load(predecessor)), outside);
                            rowStarts = (same & Vector128.Load(before)) + firstRow;
                            rowStarts.Store(row);
                        }
                        else
                        {
                            // The predecessor may be one of the eight.
                            for (var lane = 0; lane < lanes; lane++)
                            {
                                var level = voxels[i + lane];
                                row[lane] = (ushort)(level != 0 && level == predecessor[lane] ? before[lane] + levels : levels);
                            }

                            rowStarts = Vector128.Load(row);
                        }

                        var cells = (rowStarts + rank).AsUInt64();
                        var (low, high) = (cells.GetElement(0), cells.GetElement(1));
                        matrix[(ushort)low]++;
                        matrix[(ushort)(low >> 16)]++;
                        matrix[(ushort)(low >> 32)]++;
                        matrix[low >> 48]++;
                        matrix[(ushort)high]++;
                        matrix[(ushort)(high >> 16)]++;
                        matrix[(ushort)(high >> 32)]++;
                        matrix[high >> 48]++;
                        matrix += size;
                    }
                }

                var free = below;
                below = here;
                here = free;
            }
        }

        Buffers<ushort>.Return(buffer);
        var result = new DirectionalMatrix[steps.Length];
        var gathered = new Cells(Math.Min(grid.VoxelCount, size));
        for (var d = 0; d < result.Length; d++)
        {
            result[d] = Gather(counts.AsSpan(d * size, size), levels, gathered);
        }

        gathered.Return();
        ArrayPool<int>.Shared.Return(counts);
        return result;
    }

    private static DirectionalMatrix Gather(ReadOnlySpan<int> counts, int levels, Cells cells)
    {
        var voxels = 0;
        for (var rank = 1; rank < levels; rank++)
        {
            var atLeast = counts[levels + rank];
            for (var length = 1; atLeast > 0; length++)
            {
                var longer = counts[(length + 1) * levels + rank];
                voxels += atLeast;
                if (atLeast > longer)
                {
                    cells.Add(rank, length, atLeast - longer);
                }

                atLeast = longer;
            }
        }

        return cells.Take(voxels);
    }
}
