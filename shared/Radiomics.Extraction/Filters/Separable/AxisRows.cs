namespace Radiomics.Extraction;

/// <summary>
/// A filter along an axis as rows of a matrix: each response is a weighted sum of voxels that are there. What stands for voxels beyond the border is folded
/// into the weights, stage by stage, so that no pass knows of borders.
/// </summary>
internal sealed class AxisRows
{
    private AxisRows(int count)
    {
        Indices = new int[count][];
        Weights = new float[count][];
        Exact = new double[count][];
        Sums = new double[count];
    }

    /// <summary>For each response, the indices of its voxels, ascending.</summary>
    public int[][] Indices { get; }

    /// <summary>For each response, their weights.</summary>
    public float[][] Weights { get; }

    /// <summary>The weights before rounding.</summary>
    public double[][] Exact { get; }

    /// <summary>For each response, what an image of ones gives.</summary>
    public double[] Sums { get; }

    /// <summary>The first of those responses that see no border; all of them have the weights of the first, from voxel to voxel.</summary>
    public int PlainFirst { get; private set; }

    /// <summary>How many see no border.</summary>
    public int PlainCount { get; private set; }

    /// <summary>The filter's rows.</summary>
    /// <param name="kernel">The filter.</param>
    /// <param name="part">What of it.</param>
    /// <param name="border">The image's continuation.</param>
    /// <param name="size">Voxels along the axis.</param>
    /// <param name="first">The first response's voxel.</param>
    /// <param name="count">How many responses.</param>
    public static AxisRows Of(AxisKernel kernel, KernelPart part, BorderRule border, int size, int first, int count)
    {
        var rows = new AxisRows(count);
        var reach = kernel.Reach;
        rows.PlainFirst = Math.Clamp(reach - first, 0, count);
        rows.PlainCount = Math.Max(0, Math.Min(count, size - reach - first) - rows.PlainFirst);
        for (var i = 0; i < count; i++)
        {
            if (i > rows.PlainFirst && i < rows.PlainFirst + rows.PlainCount)
            {
                rows.Indices[i] = Array.ConvertAll(rows.Indices[i - 1], index => index + 1);
                rows.Weights[i] = rows.Weights[i - 1];
                rows.Exact[i] = rows.Exact[i - 1];
                rows.Sums[i] = rows.Sums[i - 1];
            }
            else
            {
                rows.Set(i, Row(kernel, part, border, size, first + i));
            }
        }

        return rows;
    }

    private void Set(int i, double[] row)
    {
        var used = 0;
        foreach (var weight in row)
        {
            used += weight != 0 ? 1 : 0;
        }

        var (indices, weights, exact) = (new int[used], new float[used], new double[used]);
        used = 0;
        for (var at = 0; at < row.Length; at++)
        {
            if (row[at] != 0)
            {
                (indices[used], exact[used]) = (at, row[at]);
                weights[used++] = (float)row[at];
                Sums[i] += row[at];
            }
        }

        (Indices[i], Weights[i], Exact[i]) = (indices, weights, exact);
    }

    /// <summary>The weights of one response over the whole axis.</summary>
    private static double[] Row(AxisKernel kernel, KernelPart part, BorderRule border, int size, int response)
    {
        if (part is KernelPart.Plain or KernelPart.Reversed)
        {
            return Row(kernel, part == KernelPart.Reversed, border, size, response);
        }

        var row = Row(kernel, reversed: false, border, size, response);
        var reversed = Row(kernel, reversed: true, border, size, response);
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = part == KernelPart.Even ? (row[i] + reversed[i]) / 2 : (row[i] - reversed[i]) / 2;
        }

        return row;
    }

    /// <summary>From the last stage back to the image, whose voxels are what the first one reads.</summary>
    private static double[] Row(AxisKernel kernel, bool reversed, BorderRule border, int size, int response)
    {
        var row = new double[size];
        row[response] = 1;
        for (var stage = kernel.Stages.Count - 1; stage >= 0; stage--)
        {
            var (taps, dilation) = kernel.Stages[stage];
            var before = new double[size];
            for (var i = 0; i < size; i++)
            {
                for (var t = 0; t < taps.Count && row[i] != 0; t++)
                {
                    var offset = dilation * (taps.First + t);
                    var at = border.Inside(reversed ? i - offset : i + offset, size);
                    if (at != BorderRules.Nowhere)
                    {
                        before[at] += row[i] * taps.Exact[t];
                    }
                }
            }

            row = before;
        }

        return row;
    }
}
