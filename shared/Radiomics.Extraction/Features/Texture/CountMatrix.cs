using System.Buffers;

namespace Radiomics.Extraction;

/// <summary>
/// A texture matrix of counts: grey level by size, distance or dependence (GLSZM, GLDZM, NGLDM). Only entries that aren't 0 are stored, row by row,
/// since a few zones may be huge and grey levels many.
/// </summary>
internal sealed class CountMatrix
{
    private const int SmallTable = 1 << 12;

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

    /// <summary>Counts items by level and column, in time proportional to their number, the number of levels and the largest column.</summary>
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
        var present = IndexColumns(columns, indices.AsSpan(0, largest + 1));
        var builder = new Builder(levels);
        if ((long)levels.Length * present.Length <= Math.Max(columns.Length, SmallTable))
        {
            CountInTable(ranks, columns, indices, present.Length, builder);
        }
        else
        {
            CountByRank(ranks, columns, indices, present.Length, builder);
        }

        ArrayPool<int>.Shared.Return(indices);
        return builder.Build(present, ranks.Length, voxelCount);
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

    /// <summary>Counts in a table of all levels and columns: the fast way while that is small.</summary>
    private static void CountInTable(ReadOnlySpan<ushort> ranks, ReadOnlySpan<int> columns, int[] indices, int width, Builder builder)
    {
        var size = builder.LevelCount * width;
        var table = ArrayPool<int>.Shared.Rent(size);
        table.AsSpan(0, size).Clear();
        for (var i = 0; i < ranks.Length; i++)
        {
            table[(ranks[i] - 1) * width + indices[columns[i]]]++;
        }

        for (var rank = 1; rank <= builder.LevelCount; rank++)
        {
            var row = table.AsSpan((rank - 1) * width, width);
            for (var column = 0; column < width; column++)
            {
                if (row[column] != 0)
                {
                    builder.Add(rank, column, row[column]);
                }
            }
        }

        ArrayPool<int>.Shared.Return(table);
    }

    /// <summary>Groups the items by rank and counts each group's columns: room for the items only, however many levels and columns.</summary>
    private static void CountByRank(ReadOnlySpan<ushort> ranks, ReadOnlySpan<int> columns, int[] indices, int width, Builder builder)
    {
        var sorted = ArrayPool<int>.Shared.Rent(columns.Length);
        var ends = new int[builder.LevelCount + 2];
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

        var counts = new int[width];
        var distinct = new int[width];
        for (var rank = 1; rank <= builder.LevelCount; rank++)
        {
            var found = 0;
            foreach (var column in sorted.AsSpan(ends[rank - 1]..ends[rank]))
            {
                if (counts[column]++ == 0)
                {
                    distinct[found++] = column;
                }
            }

            Array.Sort(distinct, 0, found);
            foreach (var column in distinct.AsSpan(0, found))
            {
                builder.Add(rank, column, counts[column]);
                counts[column] = 0;
            }
        }

        ArrayPool<int>.Shared.Return(sorted);
    }

    /// <summary>Takes entries in order, row by row.</summary>
    private ref struct Builder(ReadOnlySpan<int> levels)
    {
        private readonly ReadOnlySpan<int> _levels = levels;
        private readonly List<int> _rows = [];
        private readonly List<int> _rowStarts = [];
        private readonly List<int> _columns = [];
        private readonly List<int> _counts = [];

        public readonly int LevelCount => _levels.Length;

        public readonly void Add(int rank, int column, int count)
        {
            var level = _levels[rank - 1];
            if (_rows.Count == 0 || _rows[^1] != level)
            {
                _rows.Add(level);
                _rowStarts.Add(_columns.Count);
            }

            _columns.Add(column);
            _counts.Add(count);
        }

        public readonly CountMatrix Build(int[] columns, int total, int voxelCount) => new()
        {
            Levels = [.. _rows],
            RowStarts = [.. _rowStarts, _columns.Count],
            Columns = columns,
            EntryColumns = [.. _columns],
            EntryCounts = [.. _counts],
            Total = total,
            VoxelCount = voxelCount,
        };
    }
}
