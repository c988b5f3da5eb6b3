using System.Buffers;

namespace Radiomics.Extraction;

/// <summary>Collects a matrix's cells in order, in pooled arrays with room for the most there can be.</summary>
internal sealed class Cells(int room)
{
    private readonly ushort[] _rows = Buffers<ushort>.Rent(room);
    private readonly int[] _columns = ArrayPool<int>.Shared.Rent(room);
    private readonly double[] _values = Buffers<double>.Rent(room);
    private int _count;

    public void Add(int row, int column, int value)
    {
        _rows[_count] = (ushort)row;
        _columns[_count] = column;
        _values[_count] = value;
        _count++;
    }

    /// <summary>The matrix of the cells added since the last one was taken.</summary>
    public DirectionalMatrix Take(int voxelCount = 0)
    {
        var count = _count;
        _count = 0;
        return new() { Rows = _rows[..count], Columns = _columns[..count], Values = _values[..count], VoxelCount = voxelCount };
    }

    public void Return()
    {
        Buffers<ushort>.Return(_rows);
        ArrayPool<int>.Shared.Return(_columns);
        Buffers<double>.Return(_values);
    }
}
