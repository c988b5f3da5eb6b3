namespace Radiomics.Extraction;

/// <summary>
/// Run length matrices of an ROI with so many grey levels, or so long, that most cells are empty. Every voxel belongs to one run in each direction, so only runs
/// of two or more voxels are listed and sorted; the voxels that are left are the runs of one.
/// </summary>
internal static class RunLists
{
    /// <inheritdoc cref="RunLengthMatrices.Count"/>
    public static DirectionalMatrix[] Count(GreyLevelGrid grid, ReadOnlySpan<Step> steps, int fromSlice, int toSlice)
    {
        var (from, to) = (grid.IndexOf(0, 0, fromSlice), grid.IndexOf(grid.SizeX - 1, grid.SizeY - 1, toSlice - 1) + 1);
        var voxels = new int[grid.Levels.Length + 1];
        var inside = 0;
        foreach (var rank in grid.Ranks.AsSpan(from..to))
        {
            voxels[rank]++;
            inside += rank != 0 ? 1 : 0;
        }

        var cells = new Cells(inside);
        var runs = new List<long>();
        var result = new DirectionalMatrix[steps.Length];
        for (var d = 0; d < result.Length; d++)
        {
            List(grid.Ranks, from, to, steps[d].IndexOffset(grid), runs);
            Gather(runs, voxels, cells);
            result[d] = cells.Take(inside);
            runs.Clear();
        }

        cells.Return();
        return result;
    }

    /// <summary>Level and length of each run of two or more, found at its last voxel.</summary>
    private static void List(ushort[] ranks, int from, int to, int offset, List<long> runs)
    {
        for (var last = from; last < to; last++)
        {
            var level = ranks[last];
            if (level != 0 && ranks[last - offset] == level && ranks[last + offset] != level)
            {
                var length = 2;
                while (ranks[last - length * offset] == level)
                {
                    length++;
                }

                runs.Add(((long)level << 32) | (uint)length);
            }
        }

        runs.Sort();
    }

    private static void Gather(List<long> runs, int[] voxels, Cells cells)
    {
        var next = 0;
        for (var level = 1; level < voxels.Length; level++)
        {
            var first = next;
            var single = voxels[level];
            for (; next < runs.Count && runs[next] >> 32 == level; next++)
            {
                single -= (int)runs[next];
            }

            if (single > 0)
            {
                cells.Add(level, 1, single);
            }

            while (first < next)
            {
                var end = first + 1;
                while (end < next && runs[end] == runs[first])
                {
                    end++;
                }

                cells.Add(level, (int)runs[first], end - first);
                first = end;
            }
        }
    }
}
