namespace Radiomics.Extraction;

/// <summary>Neighbourhood grey tone difference matrix (IBSI manual 3.10), by rank of the grey levels that occur in the ROI: rank r is at r − 1.</summary>
internal sealed class ToneDifferenceMatrix(int[] levels)
{
    /// <summary>The grey levels, ascending.</summary>
    public int[] Levels { get; } = levels;

    /// <summary>Voxels of a level that have a neighbour in the ROI (IBSI's n_i).</summary>
    public int[] Counts { get; } = new int[levels.Length];

    /// <summary>Sum over those voxels of the difference from the mean of their neighbours (IBSI's s_i).</summary>
    public double[] Differences { get; } = new double[levels.Length];

    /// <summary>Adds another matrix of the same levels.</summary>
    public void Add(ToneDifferenceMatrix other)
    {
        for (var i = 0; i < Counts.Length; i++)
        {
            Counts[i] += other.Counts[i];
            Differences[i] += other.Differences[i];
        }
    }
}
