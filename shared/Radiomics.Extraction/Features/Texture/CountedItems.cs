namespace Radiomics.Extraction;

/// <summary>
/// What a count matrix counts, one by one: zones with their size or distance, voxels with their dependence. Ordered by part: the slices that have
/// voxels, or the volume as one part.
/// </summary>
internal sealed class CountedItems
{
    /// <summary>The grey levels by rank: rank r stands for <c>Levels[r − 1]</c>.</summary>
    public required int[] Levels { get; init; }

    /// <summary>Rank of an item's grey level.</summary>
    public required ushort[] Ranks { get; init; }

    /// <summary>An item's column: size, distance or dependence, from 1 on.</summary>
    public required int[] Columns { get; init; }

    /// <summary>Where each part's items begin, and the end.</summary>
    public required int[] Starts { get; init; }

    /// <summary>Voxels of each part.</summary>
    public required int[] VoxelCounts { get; init; }

    /// <summary>Number of parts.</summary>
    public int Parts => VoxelCounts.Length;

    /// <summary>The matrix of one part.</summary>
    public CountMatrix Matrix(int part) =>
        CountMatrix.Of(
            Ranks.AsSpan(Starts[part]..Starts[part + 1]), Columns.AsSpan(Starts[part]..Starts[part + 1]), Levels, VoxelCounts[part]);

    /// <summary>The matrices of all parts added up.</summary>
    public CountMatrix Matrix()
    {
        var voxels = 0;
        foreach (var count in VoxelCounts)
        {
            voxels += count;
        }

        return CountMatrix.Of(Ranks, Columns, Levels, voxels);
    }
}
