namespace Radiomics.Extraction;

/// <summary>What NGTDM and GLDM are made of when the neighbours are shells with gaps (<c>distances: [2]</c>), which IBSI doesn't have.</summary>
internal static class ShellNeighbours
{
    /// <summary>Sum of the differences between a voxel's level and its neighbours' mean, by level; the counts stay 0.</summary>
    public static ToneDifferenceMatrix ToneDifferences(GreyLevelGrid grid, IReadOnlyList<int> distances, bool inSlice)
    {
        var matrix = new ToneDifferenceMatrix(grid.Levels);
        var offsets = Offsets(grid, distances, inSlice);
        var ranks = grid.Ranks;
        foreach (var voxel in Inside(grid))
        {
            long sum = 0;
            var count = 0;
            foreach (var offset in offsets)
            {
                if (ranks[voxel + offset] is not 0 and var rank)
                {
                    sum += grid.Levels[rank - 1];
                    count++;
                }
            }

            if (count > 0)
            {
                matrix.Differences[ranks[voxel] - 1] += Math.Abs(grid.Levels[ranks[voxel] - 1] - (double)sum / count);
            }
        }

        return matrix;
    }

    /// <summary>For each voxel 1 and the number of neighbours whose level differs by at most <paramref name="coarseness"/>.</summary>
    public static CountedItems Dependences(GreyLevelGrid grid, IReadOnlyList<int> distances, int coarseness, bool inSlice)
    {
        var offsets = Offsets(grid, distances, inSlice);
        var ranks = grid.Ranks;
        var (levels, columns) = (new ushort[grid.VoxelCount], new int[grid.VoxelCount]);
        var i = 0;
        foreach (var voxel in Inside(grid))
        {
            var dependence = 1;
            foreach (var offset in offsets)
            {
                if (ranks[voxel + offset] is not 0 and var rank && Math.Abs(grid.Levels[rank - 1] - grid.Levels[ranks[voxel] - 1]) <= coarseness)
                {
                    dependence++;
                }
            }

            (levels[i], columns[i]) = (ranks[voxel], dependence);
            i++;
        }

        return new() { Levels = grid.Levels, Ranks = levels, Columns = columns, Starts = [0, grid.VoxelCount], VoxelCounts = [grid.VoxelCount] };
    }

    private static int[] Offsets(GreyLevelGrid grid, IReadOnlyList<int> distances, bool inSlice)
    {
        var steps = Shells.Steps(distances, inSlice);
        var offsets = new int[2 * steps.Count];
        for (var i = 0; i < steps.Count; i++)
        {
            (offsets[2 * i], offsets[2 * i + 1]) = (steps[i].IndexOffset(grid), -steps[i].IndexOffset(grid));
        }

        return offsets;
    }

    private static IEnumerable<int> Inside(GreyLevelGrid grid)
    {
        for (var i = 0; i < grid.Ranks.Length; i++)
        {
            if (grid.Ranks[i] != 0)
            {
                yield return i;
            }
        }
    }
}
