using System.Buffers;

namespace Radiomics.Extraction;

/// <summary>
/// A texture matrix of counts: grey level by size, distance or dependence (GLSZM, GLDZM, NGLDM). Only entries that aren't 0 are stored, row by row,
/// since a few zones may be huge and grey levels many.
/// </summary>
internal sealed class CountMatrix
{
    /// <summary>Grey levels that have entries, ascending: a row each.</summary>
    public required int[] Levels { get; init; }

    /// <summary>Where each row's entries begin, and the end.</summary>
    public required int[] RowStarts { get; init; }

    /// <summary>The sizes, distances or dependences that occur, ascending.</summary>
    public required int[] Columns { get; init; }

    /// <summary>Index into <see cref="Columns"/> of each entry; ascending within a row.</summary>
    public required int[] EntryColumns { get; init; }

    /// <summary>Count of each entry.</summary>
    public required int[] EntryCounts { get; init; }

    /// <summary>Sum of all counts (IBSI's N_s).</summary>
    public required int Total { get; init; }

    /// <summary>Number of voxels that the matrix is made from (IBSI's N_v).</summary>
    public required int VoxelCount { get; init; }

    /// <summary>Counts items by level and column, in time proportional to their number and the largest column.</summary>
    /// <param name="ranks">Rank of each item's grey level.</param>
    /// <param name="columns">Each item's column, from 1 on.</param>
    /// <param name="levels">The grey levels by rank: rank r stands for <c>levels[r − 1]</c>.</param>
    /// <param name="voxelCount">N_v.</param>
    public static CountMatrix Of(ReadOnlySpan<ushort> ranks, ReadOnlySpan<int> columns, ReadOnlySpan<int> levels, int voxelCount)
    {
        var largest = 0;
        foreach (var column in columns)
        {
            largest = Math.Max(largest, column);
        }

        var indices = ArrayPool<int>.Shared.Rent(largest + 1);
        var items = ArrayPool<int>.Shared.Rent(columns.Length);
        var present = IndexColumns(columns, indices.AsSpan(0, largest + 1));
        var ends = SortByRank(ranks, columns, indices, levels.Length, items);
        var rows = new List<int>();
        var rowStarts = new List<int>();
        var entryColumns = new List<int>();
        var entryCounts = new List<int>();
        var counts = new int[present.Length];
        var begin = 0;
        for (var rank = 1; rank <= levels.Length; rank++)
        {
            if (ends[rank] == begin)
            {
                continue;
            }

            rows.Add(levels[rank - 1]);
            rowStarts.Add(entryCounts.Count);
            CountRow(items.AsSpan(begin..ends[rank]), counts, entryColumns, entryCounts);
            begin = ends[rank];
        }

        rowStarts.Add(entryCounts.Count);
        ArrayPool<int>.Shared.Return(indices);
        ArrayPool<int>.Shared.Return(items);
        return new()
        {
            Levels = [.. rows],
            RowStarts = [.. rowStarts],
            Columns = present,
            EntryColumns = [.. entryColumns],
            EntryCounts = [.. entryCounts],
            Total = ranks.Length,
            VoxelCount = voxelCount,
        };
    }

    /// <summary>Finds the columns that occur, ascending; <paramref name="indices"/> then says which of them a column is.</summary>
    private static int[] IndexColumns(ReadOnlySpan<int> columns, Span<int> indices)
    {
        indices.Clear();
        foreach (var column in columns)
        {
            indices[column] = 1;
        }

        var present = new List<int>();
        for (var column = 0; column < indices.Length; column++)
        {
            if (indices[column] != 0)
            {
                indices[column] = present.Count;
                present.Add(column);
            }
        }

        return [.. present];
    }

    /// <summary>Writes the column indices of all items, grouped by ascending rank; returns where each rank's group ends.</summary>
    private static int[] SortByRank(ReadOnlySpan<ushort> ranks, ReadOnlySpan<int> columns, int[] indices, int rankCount, int[] sorted)
    {
        var ends = new int[rankCount + 2];
        foreach (var rank in ranks)
        {
            ends[rank + 1]++;
        }

        for (var rank = 1; rank < ends.Length; rank++)
        {
            ends[rank] += ends[rank - 1];
        }

        // Until here ends[rank] is where a group begins; filling it moves that to its end.
        for (var i = 0; i < ranks.Length; i++)
        {
            sorted[ends[ranks[i]]++] = indices[columns[i]];
        }

        return ends;
    }

    /// <summary>Counts one row's items; <paramref name="counts"/> is 0 before and after.</summary>
    private static void CountRow(Span<int> items, int[] counts, List<int> entryColumns, List<int> entryCounts)
    {
        var from = entryColumns.Count;
        foreach (var column in items)
        {
            if (counts[column]++ == 0)
            {
                entryColumns.Add(column);
            }
        }

        entryColumns.Sort(from, entryColumns.Count - from, null);
        for (var entry = from; entry < entryColumns.Count; entry++)
        {
            entryCounts.Add(counts[entryColumns[entry]]);
            counts[entryColumns[entry]] = 0;
        }
    }
}
