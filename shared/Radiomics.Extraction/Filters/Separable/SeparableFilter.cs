namespace Radiomics.Extraction;

/// <summary>
/// Applies the separable filters of a plan together: rows along x, then slices along y, then the volume along z. Filters that begin alike share their passes; slices
/// stream through, and only those that a pass along z still sees are held.
/// </summary>
internal sealed class SeparableFilter
{
    private readonly FilterDomain _domain;
    private readonly SeparablePlan _plan;
    private readonly List<AxisRows> _x = [];
    private readonly List<(int X, AxisRows Y)> _xy = [];
    private readonly List<(int Xy, AxisRows Z)> _xyz = [];
    private readonly int _plane;
    private readonly int _firstRow;
    private readonly int _lastRow;
    private readonly bool[] _isRead;
    private readonly float[][] _filteredX;
    private readonly float[] _row;
    private readonly int[] _rows;
    private readonly float[] _temp;

    private SeparableFilter(FilterDomain domain, SeparablePlan plan, BorderRule border)
    {
        (_domain, _plan) = (domain, plan);
        var (o, size) = (domain.Output, domain.Size);
        var rowsOfX = new List<(AxisKernel, KernelPart)>();
        var rowsOfY = new Dictionary<(string, KernelPart), AxisRows>();
        var rowsOfZ = new Dictionary<(string, KernelPart), AxisRows>();
        foreach (var (term, _, _) in plan.Terms)
        {
            var x = rowsOfX.FindIndex(part => part.Item1.Name == term.X.Kernel.Name && part.Item2 == term.X.Part);
            if (x < 0)
            {
                x = _x.Count;
                rowsOfX.Add(term.X);
                _x.Add(AxisRows.Of(term.X.Kernel, term.X.Part, border, size.X, o.X, o.SizeX));
            }

            var y = Rows(rowsOfY, term.Y, size.Y, o.Y, o.SizeY);
            var xy = _xy.FindIndex(pair => pair.X == x && ReferenceEquals(pair.Y, y));
            if (xy < 0)
            {
                xy = _xy.Count;
                _xy.Add((x, y));
            }

            _xyz.Add((xy, Rows(rowsOfZ, term.Z, size.Z, o.Z, o.SizeZ)));
        }

        _plane = checked(o.SizeX * o.SizeY);
        _isRead = new bool[size.Y];
        var longest = 0;
        foreach (var rows in rowsOfY.Values)
        {
            foreach (var indices in rows.Indices)
            {
                longest = Math.Max(longest, indices.Length);
                foreach (var index in indices)
                {
                    _isRead[index] = true;
                }
            }
        }

        foreach (var rows in rowsOfZ.Values)
        {
            foreach (var indices in rows.Indices)
            {
                longest = Math.Max(longest, indices.Length);
            }
        }

        _firstRow = Math.Max(0, Array.IndexOf(_isRead, true));
        _lastRow = Array.LastIndexOf(_isRead, true);
        _filteredX = new float[_x.Count][];
        for (var i = 0; i < _filteredX.Length; i++)
        {
            _filteredX[i] = new float[(_lastRow - _firstRow + 1) * o.SizeX];
        }

        _row = new float[size.X];
        _rows = new int[longest];
        _temp = new float[o.SizeX];

        AxisRows Rows(Dictionary<(string, KernelPart), AxisRows> all, (AxisKernel Kernel, KernelPart Part) part, int length, int first, int count)
        {
            var key = (part.Kernel.Name, part.Part);
            if (!all.TryGetValue(key, out var rows))
            {
                all[key] = rows = AxisRows.Of(part.Kernel, part.Part, border, length, first, count);
            }

            return rows;
        }
    }

    /// <summary>Filters <paramref name="domain"/> into <paramref name="response"/>, in the layout of its output box.</summary>
    /// <param name="domain">The image.</param>
    /// <param name="plan">What to compute.</param>
    /// <param name="border">The image's continuation.</param>
    /// <param name="response">The map.</param>
    /// <param name="cancellation">Checked at each slice.</param>
    public static void Apply(FilterDomain domain, SeparablePlan plan, BorderRule border, float[] response, CancellationToken cancellation)
    {
        if (plan.Terms.Count == 0)
        {
            response.AsSpan(0, domain.Output.Count).Clear();
            return;
        }

        new SeparableFilter(domain, plan, border).Run(response, cancellation);
    }

    private void Run(float[] response, CancellationToken cancellation)
    {
        var held = new HeldSlices(_xyz, _domain.Size.Z, _domain.Output.SizeZ);
        var slices = new float[_xy.Count][];
        for (var i = 0; i < slices.Length; i++)
        {
            slices[i] = Buffers<float>.Rent(checked(held.Slots * _plane));
        }

        for (var z = 0; z < _domain.Output.SizeZ; z++)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var (slice, slot) in held.Missing(z))
            {
                FilterSlice(slice, slot, slices);
            }

            for (var y = 0; y < _domain.Output.SizeY; y++)
            {
                Respond(y, z, held, slices, response.AsSpan(z * _plane + y * _temp.Length, _temp.Length));
            }
        }

        foreach (var buffer in slices)
        {
            Buffers<float>.Return(buffer);
        }
    }

    /// <summary>Filters one slice along x and y.</summary>
    private void FilterSlice(int slice, int slot, float[][] slices)
    {
        var width = _temp.Length;
        for (var y = _firstRow; y <= _lastRow; y++)
        {
            if (!_isRead[y])
            {
                continue;
            }

            TapSums.Add(_domain.Voxels.AsSpan((slice * _domain.Size.Y + y) * _domain.Size.X, _domain.Size.X), -_domain.Center, _row);
            for (var i = 0; i < _x.Count; i++)
            {
                FilterRow(_x[i], _filteredX[i].AsSpan((y - _firstRow) * width, width));
            }
        }

        for (var i = 0; i < _xy.Count; i++)
        {
            var (x, along) = _xy[i];
            for (var y = 0; y < _domain.Output.SizeY; y++)
            {
                var indices = along.Indices[y];
                for (var t = 0; t < indices.Length; t++)
                {
                    _rows[t] = (indices[t] - _firstRow) * width;
                }

                TapSums.One(_filteredX[x], _rows.AsSpan(0, indices.Length), along.Weights[y], slices[i].AsSpan(slot * _plane + y * width, width));
            }
        }
    }

    private void FilterRow(AxisRows along, Span<float> to)
    {
        if (along.PlainCount > 0)
        {
            TapSums.One(_row, along.Indices[along.PlainFirst], along.Weights[along.PlainFirst], to.Slice(along.PlainFirst, along.PlainCount));
        }

        FilterAtBorder(along, 0, along.PlainFirst, to);
        FilterAtBorder(along, along.PlainFirst + along.PlainCount, to.Length, to);
    }

    private void FilterAtBorder(AxisRows along, int first, int end, Span<float> to)
    {
        for (var i = first; i < end; i++)
        {
            var (indices, weights) = (along.Indices[i], along.Weights[i]);
            var sum = 0f;
            for (var t = 0; t < indices.Length; t++)
            {
                sum = MathF.FusedMultiplyAdd(weights[t], _row[indices[t]], sum);
            }

            to[i] = sum;
        }
    }

    /// <summary>Filters along z, and brings the filters' responses together.</summary>
    private void Respond(int y, int z, HeldSlices held, float[][] slices, Span<float> response)
    {
        for (var i = 0; i < _xyz.Count; i++)
        {
            var (xy, along) = _xyz[i];
            var (indices, weights) = (along.Indices[z], along.Weights[z]);
            for (var t = 0; t < indices.Length; t++)
            {
                _rows[t] = held.SlotOf(indices[t]) * _plane + y * response.Length;
            }

            TapSums.One(slices[xy], _rows.AsSpan(0, indices.Length), weights, _temp);
            AddCenter(_x[_xy[xy].X], _xy[xy].Y.Sums[y] * along.Sums[z]);
            var (_, weight, opposite) = _plan.Terms[i];
            switch (_plan.Pooling)
            {
                case RotationInvariance.Max or RotationInvariance.Min:
                    ResponsePooling.Sign(_temp, weight > 0, opposite > 0, _plan.Pooling);
                    ResponsePooling.Take(_temp, response, i == 0, _plan.Pooling);
                    break;
                default:
                    ResponsePooling.Sum(_temp, (float)(weight - opposite), response, i == 0);
                    break;
            }
        }
    }

    /// <summary>Gives back what the image's center, which was taken off every voxel, would have answered.</summary>
    private void AddCenter(AxisRows x, double sumYz)
    {
        if (_domain.Center == 0 || Math.Abs(sumYz) < 1e-12)
        {
            return;
        }

        for (var i = 0; i < _temp.Length; i++)
        {
            var sum = x.Sums[i] * sumYz;
            if (Math.Abs(sum) >= 1e-12)
            {
                _temp[i] += (float)(sum * _domain.Center);
            }
        }
    }
}
