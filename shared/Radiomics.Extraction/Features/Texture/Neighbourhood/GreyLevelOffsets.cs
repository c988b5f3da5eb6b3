
namespace Radiomics.Extraction;

/// <summary>
/// The grid with grey levels instead of ranks, less the same number everywhere (so that the lowest is 1): differences of levels are theirs, not those of
/// ranks. If no level between the lowest and the highest is missing, the ranks are that already; else a pooled copy, until disposed.
/// </summary>
internal readonly ref struct GreyLevelOffsets
{
    private readonly ushort[]? _pooled;

    public GreyLevelOffsets(GreyLevelGrid grid)
    {
        var levels = grid.Levels;
        if (levels[^1] - levels[0] == levels.Length - 1)
        {
            Values = grid.Ranks;
            return;
        }

        var byRank = new ushort[levels.Length + 1];
        for (var rank = 1; rank < byRank.Length; rank++)
        {
            byRank[rank] = (ushort)(levels[rank - 1] - levels[0] + 1);
        }

        var ranks = grid.Ranks;
        Values = _pooled = Buffers<ushort>.Rent(ranks.Length);
        for (var i = 0; i < ranks.Length; i++)
        {
            _pooled[i] = byRank[ranks[i]];
        }
    }

    /// <summary>Values in the grid's padded layout; 0 outside. May be longer than that.</summary>
    public ushort[] Values { get; }

    public void Dispose()
    {
        if (_pooled is not null)
        {
            Buffers<ushort>.Return(_pooled);
        }
    }
}
