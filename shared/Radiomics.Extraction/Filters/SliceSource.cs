namespace Radiomics.Extraction;

/// <summary>
/// Hands out the rows that a separable filter reads, less the domain's <see cref="FilterDomain.Center"/>, borders continued: each row is ready
/// for every tap along x. The passes along y and z count in rows and slices that may lie beyond the border, so that no later pass knows of borders.
/// </summary>
internal sealed class SliceSource
{
    private readonly FilterDomain _domain;
    private readonly int[] _x;
    private readonly int[] _y;
    private readonly int[] _z;
    private readonly int _plainFirst;
    private readonly int _plainCount;

    /// <param name="domain">The image.</param>
    /// <param name="border">Its continuation.</param>
    /// <param name="x">Filter along x; of two filters, both of one extent.</param>
    /// <param name="y">Along y.</param>
    /// <param name="z">Along z.</param>
    public SliceSource(FilterDomain domain, BorderRule border, Taps x, Taps y, Taps z)
    {
        _domain = domain;
        var o = domain.Output;
        _x = border.Map(domain.Size.X, o.X + x.First, o.SizeX + x.Count - 1);
        _y = border.Map(domain.Size.Y, o.Y + y.First, o.SizeY + y.Count - 1);
        _z = border.Map(domain.Size.Z, o.Z + z.First, o.SizeZ + z.Count - 1);
        _plainFirst = Math.Max(0, -(o.X + x.First));
        _plainCount = Math.Min(_x.Length, domain.Size.X - (o.X + x.First)) - _plainFirst;
        RowBuffer = new float[_x.Length];
        ShiftsX = Steps(x.Count, 1);
        ShiftsY = Steps(y.Count, o.SizeX);
    }

    /// <summary>The row last read; tap t of the filter along x begins at <c>ShiftsX[t]</c>.</summary>
    public float[] RowBuffer { get; }

    public int[] ShiftsX { get; }

    /// <summary>Where tap t of the filter along y begins in a slice of <see cref="Rows"/> rows, for its first row of responses.</summary>
    public int[] ShiftsY { get; }

    /// <summary>Rows of a slice that the filter along y reads.</summary>
    public int Rows => _y.Length;

    /// <summary>Slices that the filter along z reads.</summary>
    public int Slices => _z.Length;

    /// <summary>Reads row <paramref name="row"/> of slice <paramref name="slice"/> into <see cref="RowBuffer"/>.</summary>
    public void Read(int row, int slice)
    {
        var from = _domain.Voxels.AsSpan((_z[slice] * _domain.Size.Y + _y[row]) * _domain.Size.X, _domain.Size.X);
        for (var i = 0; i < _plainFirst; i++)
        {
            RowBuffer[i] = from[_x[i]] - _domain.Center;
        }

        TapSums.Add(from.Slice(_x[_plainFirst], _plainCount), -_domain.Center, RowBuffer.AsSpan(_plainFirst, _plainCount));

        for (var i = _plainFirst + _plainCount; i < _x.Length; i++)
        {
            RowBuffer[i] = from[_x[i]] - _domain.Center;
        }
    }

    private static int[] Steps(int count, int step)
    {
        var steps = new int[count];
        for (var i = 0; i < count; i++)
        {
            steps[i] = i * step;
        }

        return steps;
    }
}
