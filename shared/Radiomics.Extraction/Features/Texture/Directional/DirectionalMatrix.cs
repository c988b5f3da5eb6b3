namespace Radiomics.Extraction;

/// <summary>
/// A GLCM or GLRLM of one direction, or several of them merged: its cells that aren't empty, sorted by row and column. A row is the rank of a grey
/// level in <see cref="GreyLevelGrid.Levels"/> (from 1); a column is such a rank too (GLCM) or a run length (GLRLM). However many grey levels there are, it
/// takes no more room than there are different pairs or runs.
/// </summary>
internal sealed class DirectionalMatrix
{
    /// <summary>Row of each cell: the rank of a grey level.</summary>
    public required ushort[] Rows { get; init; }

    /// <summary>Column of each cell: the rank of a grey level, or a run length. A symmetric GLCM has only the cells with column ≥ row.</summary>
    public required int[] Columns { get; init; }

    /// <summary>Matrix element of each cell; a whole number unless directions were weighted.</summary>
    public required double[] Values { get; init; }

    /// <summary>Number of voxels in the matrix (IBSI's N_v), summed over what was merged; weighted as the elements are.</summary>
    public double VoxelCount { get; init; }

    /// <summary>Whether the ROI has no pair or run here.</summary>
    public bool IsEmpty => Values.Length == 0;

    /// <summary>The weighted sum of matrices. Whole numbers add up exactly, in any order.</summary>
    public static DirectionalMatrix Merge(ReadOnlySpan<DirectionalMatrix> matrices, ReadOnlySpan<double> weights)
    {
        if (matrices.Length == 1)
        {
            return matrices[0].Times(weights[0]);
        }

        var half = matrices.Length / 2;
        return Sum(Merge(matrices[..half], weights[..half]), Merge(matrices[half..], weights[half..]));
    }

    private DirectionalMatrix Times(double weight)
    {
        if (weight == 1)
        {
            return this;
        }

        // A direction so far off that its weight is nothing must not leave cells of zero.
        return weight == 0
            ? new() { Rows = [], Columns = [], Values = [] }
            : new() { Rows = Rows, Columns = Columns, Values = Array.ConvertAll(Values, v => v * weight), VoxelCount = VoxelCount * weight };
    }

    private static DirectionalMatrix Sum(DirectionalMatrix a, DirectionalMatrix b)
    {
        if (a.IsEmpty || b.IsEmpty)
        {
            return a.IsEmpty ? b : a;
        }

        var room = a.Values.Length + b.Values.Length;
        var (rows, columns, values) = (new ushort[room], new int[room], new double[room]);
        var (i, j, count) = (0, 0, 0);
        while (i < a.Values.Length || j < b.Values.Length)
        {
            var (keyA, keyB) = (a.KeyOf(i), b.KeyOf(j));
            var key = Math.Min(keyA, keyB);
            double value = 0;
            if (keyA == key)
            {
                value = a.Values[i++];
            }

            if (keyB == key)
            {
                value += b.Values[j++];
            }

            (rows[count], columns[count], values[count]) = ((ushort)(key >> 32), (int)key, value);
            count++;
        }

        return new() { Rows = rows[..count], Columns = columns[..count], Values = values[..count], VoxelCount = a.VoxelCount + b.VoxelCount };
    }

    private long KeyOf(int cell) => cell < Values.Length ? ((long)Rows[cell] << 32) | (uint)Columns[cell] : long.MaxValue;
}
