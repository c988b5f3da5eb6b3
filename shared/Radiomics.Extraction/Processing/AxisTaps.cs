namespace Radiomics.Extraction;

/// <summary>
/// For a run of new voxels along an axis, which old voxels make each of them up: <see cref="Count"/> indices and weights a voxel. A weight of 0 has the
/// index of another one, so that a NaN nearby does no harm.
/// </summary>
internal sealed class AxisTaps
{
    // Positions carry rounding of their own; a voxel just between two takes the upper one, whatever the last bit says.
    private const double TieTolerance = 1e-9;

    private AxisTaps(int length, int count)
    {
        Count = count;
        Index = new int[length * count];
        Weight = new double[length * count];
        Lowest = new int[length];
        Highest = new int[length];
    }

    /// <summary>Old voxels a new one: 1 (nearest or unchanged), 2 (linear), 4 (cubic), more for <see cref="InterpolationKernel"/>'s.</summary>
    public int Count { get; }

    public int Length => Lowest.Length;

    public int[] Index { get; }

    public double[] Weight { get; }

    /// <summary>For each new voxel, the lowest old index that it or a later one uses.</summary>
    public int[] Lowest { get; }

    /// <summary>For each new voxel, the highest old index that it or an earlier one uses.</summary>
    public int[] Highest { get; }

    /// <summary>The old voxels of <paramref name="length"/> new ones from <paramref name="first"/> on.</summary>
    public static AxisTaps Create(GridAxis axis, int first, int length, InterpolationMethod method)
    {
        var special = InterpolationKernel.Count(method);
        var count = axis.IsUnchanged && !InterpolationKernel.Blurs(method) ? 1
            : special > 0 ? special
            : method switch { InterpolationMethod.Linear => 2, InterpolationMethod.CubicSpline => 4, _ => 1 };
        var taps = new AxisTaps(length, count);
        for (var i = 0; i < length; i++)
        {
            var index = taps.Index.AsSpan(i * count, count);
            var weight = taps.Weight.AsSpan(i * count, count);
            var position = axis.Start + (first + i) * axis.Step;
            switch (count)
            {
                case 1:
                    index[0] = Math.Clamp((int)Math.Floor(position + 0.5 + TieTolerance), 0, axis.OldSize - 1);
                    weight[0] = 1;
                    break;
                case 2:
                    Linear(Math.Clamp(position, 0, axis.OldSize - 1), index, weight);
                    break;
                case > 1 when special > 0:
                    InterpolationKernel.Fill(method, position, axis.OldSize, index, weight);
                    break;
                default:
                    Cubic(position, axis.OldSize, index, weight);
                    break;
            }
        }

        taps.FindBounds();
        return taps;
    }

    /// <summary>Beyond the outermost voxel centers the border voxel goes on.</summary>
    private static void Linear(double position, Span<int> index, Span<double> weight)
    {
        index[0] = (int)position;
        weight[1] = position - index[0];
        weight[0] = 1 - weight[1];
        index[1] = weight[1] > 0 ? index[0] + 1 : index[0];
    }

    /// <summary>The cubic B-spline's values at four neighbours; beyond the border the voxels are mirrored about the outermost centers.</summary>
    private static void Cubic(double position, int size, Span<int> index, Span<double> weight)
    {
        var low = (int)Math.Floor(position);
        var f = position - low;
        var g = 1 - f;
        weight[0] = g * g * g / 6;
        weight[1] = 2.0 / 3 - f * f * (2 - f) / 2;
        weight[2] = 2.0 / 3 - g * g * (2 - g) / 2;
        weight[3] = f * f * f / 6;
        for (var t = 0; t < 4; t++)
        {
            index[t] = Mirror(low - 1 + t, size);
        }

        if (f == 0)
        {
            index[3] = index[0];
        }
    }

    private static int Mirror(int index, int size)
    {
        if (size == 1)
        {
            return 0;
        }

        var period = 2 * (size - 1);
        index = Math.Abs(index) % period;
        return index < size ? index : period - index;
    }

    private void FindBounds()
    {
        for (int i = 0, highest = 0; i < Length; i++)
        {
            for (var t = 0; t < Count; t++)
            {
                highest = Math.Max(highest, Index[i * Count + t]);
            }

            Highest[i] = highest;
        }

        for (int i = Length - 1, lowest = int.MaxValue; i >= 0; i--)
        {
            for (var t = 0; t < Count; t++)
            {
                lowest = Math.Min(lowest, Index[i * Count + t]);
            }

            Lowest[i] = lowest;
        }
    }
}
