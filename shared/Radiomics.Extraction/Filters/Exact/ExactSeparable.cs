using System.Numerics.Tensors;

namespace Radiomics.Extraction;

/// <summary>
/// The separable filters of a plan in double precision: <see cref="SeparableFilter"/> for images that floats would round. One axis after the other and without what
/// makes that one fast; filters that begin alike still share their passes. Nothing is taken off the image: a double holds a response beside a high baseline.
/// </summary>
internal static class ExactSeparable
{
    /// <summary>The response in the layout of the domain's output box.</summary>
    /// <param name="domain">The image, in doubles.</param>
    /// <param name="plan">What to compute.</param>
    /// <param name="border">The image's continuation.</param>
    /// <param name="cancellation">Checked at each pass.</param>
    public static double[] Of(FilterDomain domain, SeparablePlan plan, BorderRule border, CancellationToken cancellation)
    {
        var (size, o) = (domain.Size, domain.Output);
        var alongX = new Dictionary<(string, KernelPart), double[]>();
        var alongXy = new Dictionary<(string, KernelPart, string, KernelPart), double[]>();
        var response = new double[o.Count];
        for (var i = 0; i < plan.Terms.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var (term, weight, opposite) = plan.Terms[i];
            var (x, y) = (term.X, term.Y);
            if (!alongXy.TryGetValue((x.Kernel.Name, x.Part, y.Kernel.Name, y.Part), out var xy))
            {
                if (!alongX.TryGetValue((x.Kernel.Name, x.Part), out var first))
                {
                    alongX[(x.Kernel.Name, x.Part)] = first = Pass(domain.Doubles!, (1, size.X, size.Y * size.Z), x, border, o.X, o.SizeX);
                }

                xy = Pass(first, (o.SizeX, size.Y, size.Z), y, border, o.Y, o.SizeY);
                alongXy[(x.Kernel.Name, x.Part, y.Kernel.Name, y.Part)] = xy;
            }

            Pool(Pass(xy, (o.SizeX * o.SizeY, size.Z, 1), term.Z, border, o.Z, o.SizeZ), weight, opposite, plan.Pooling, i == 0, response);
        }

        return response;
    }

    /// <summary>Filters along the middle axis of an array of inner · middle · outer numbers.</summary>
    private static double[] Pass(
        double[] from, (int Inner, int Middle, int Outer) size, (AxisKernel Kernel, KernelPart Part) filter, BorderRule border, int first, int count)
    {
        var to = new double[size.Inner * count * size.Outer];
        var rows = AxisRows.Of(filter.Kernel, filter.Part, border, size.Middle, first, count);
        for (var outer = 0; outer < size.Outer; outer++)
        {
            var source = from.AsSpan(outer * size.Middle * size.Inner, size.Middle * size.Inner);
            for (var i = 0; i < count; i++)
            {
                var target = to.AsSpan((outer * count + i) * size.Inner, size.Inner);
                var (indices, weights) = (rows.Indices[i], rows.Exact[i]);
                if (size.Inner == 1)
                {
                    target[0] = Sum(source, indices, weights);
                    continue;
                }

                for (var t = 0; t < indices.Length; t++)
                {
                    TensorPrimitives.MultiplyAdd(source.Slice(indices[t] * size.Inner, size.Inner), weights[t], target, target);
                }
            }
        }

        return to;
    }

    /// <summary>One response, by the same sum in the same order as a row of them.</summary>
    private static double Sum(ReadOnlySpan<double> line, int[] indices, double[] weights)
    {
        var sum = 0.0;
        for (var t = 0; t < indices.Length; t++)
        {
            sum = line[indices[t]] * weights[t] + sum;
        }

        return sum;
    }

    private static void Pool(ReadOnlySpan<double> from, double weight, double opposite, RotationInvariance pooling, bool isFirst, Span<double> to)
    {
        for (var i = 0; i < to.Length; i++)
        {
            var value = from[i];
            to[i] = pooling switch
            {
                RotationInvariance.Max => Math.Max(isFirst ? double.NegativeInfinity : to[i], opposite > 0 ? weight > 0 ? Math.Abs(value) : -value : value),
                RotationInvariance.Min => Math.Min(isFirst ? double.PositiveInfinity : to[i], opposite > 0 ? weight > 0 ? -Math.Abs(value) : -value : value),
                _ => to[i] + (weight - opposite) * value,
            };
        }
    }
}
