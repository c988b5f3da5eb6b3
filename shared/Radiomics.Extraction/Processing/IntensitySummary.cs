using System.Runtime.Intrinsics;

namespace Radiomics.Extraction;

/// <summary>Mean, sum of squared distances from it, and range of many intensities; NaN if one of them is, in mean and squares.</summary>
internal readonly record struct IntensitySummary(long Count, double Mean, double Squares, double Minimum, double Maximum)
{
    // Small enough to be in the cache for the second pass. The blocks come together in order, and a vector has
    // eight numbers on every processor, so that neither threads nor machines change a bit.
    private const int BlockSize = 1 << 14;

    /// <summary>Summarises values, at least one: in each block the mean, then the squares of what is left, so that nothing cancels (Chan et al. 1983).</summary>
    public static IntensitySummary Of(Intensities values, int threads) =>
        values.Doubles is { } doubles ? Of(doubles, threads) : Of(values.Floats, threads);

    private static IntensitySummary Of<T>(T[] values, int threads)
        where T : unmanaged
    {
        var blocks = new IntensitySummary[(values.Length + BlockSize - 1) / BlockSize];
        if (blocks.Length < 8 || threads == 1)
        {
            for (var i = 0; i < blocks.Length; i++)
            {
                blocks[i] = Block(values, i);
            }
        }
        else
        {
            Parallel.For(0, blocks.Length, new() { MaxDegreeOfParallelism = threads }, i => blocks[i] = Block(values, i));
        }

        var all = blocks[0];
        foreach (var block in blocks.AsSpan(1))
        {
            all = all.With(block);
        }

        return all;
    }

    private static IntensitySummary Block<T>(T[] values, int block)
        where T : unmanaged
    {
        var start = block * BlockSize;
        var span = values.AsSpan(start, Math.Min(BlockSize, values.Length - start));
        var whole = span.Length - span.Length % (2 * Vector256<double>.Count);
        var rest = span[whole..];
        Vector256<double> sums0 = default, sums1 = default;
        Vector256<double> minima = Vector256.Create(double.PositiveInfinity), maxima = Vector256.Create(double.NegativeInfinity);
        for (var i = 0; i < whole; i += 2 * Vector256<double>.Count)
        {
            var (lower, upper) = (Real.Load4(ref span[i]), Real.Load4(ref span[i + Vector256<double>.Count]));
            sums0 += lower;
            sums1 += upper;
            minima = Vector256.Min(minima, Vector256.Min(lower, upper));
            maxima = Vector256.Max(maxima, Vector256.Max(lower, upper));
        }

        var sum = Vector256.Sum(sums0 + sums1);
        double min = double.PositiveInfinity, max = double.NegativeInfinity;
        // By way of memory: code that takes an element out of a vector isn't compiled ahead of time.
        Span<double> ends = stackalloc double[2 * Vector256<double>.Count];
        minima.CopyTo(ends);
        maxima.CopyTo(ends[Vector256<double>.Count..]);
        for (var i = 0; i < Vector256<double>.Count; i++)
        {
            min = Math.Min(min, ends[i]);
            max = Math.Max(max, ends[Vector256<double>.Count + i]);
        }

        foreach (var number in rest)
        {
            var v = Real.ToDouble(number);
            sum += v;
            min = Math.Min(min, v);
            max = Math.Max(max, v);
        }

        var mean = sum / span.Length;
        if (typeof(T) == typeof(double))
        {
            // Far from 0 the sum is rounded by more than the distances are.
            var left = 0.0;
            foreach (var number in span)
            {
                left += Real.ToDouble(number) - mean;
            }

            mean += left / span.Length;
        }

        var means = Vector256.Create(mean);
        Vector256<double> squares0 = default, squares1 = default;
        for (var i = 0; i < whole; i += 2 * Vector256<double>.Count)
        {
            var lower = Real.Load4(ref span[i]) - means;
            var upper = Real.Load4(ref span[i + Vector256<double>.Count]) - means;
            squares0 += lower * lower;
            squares1 += upper * upper;
        }

        var squares = Vector256.Sum(squares0 + squares1);
        foreach (var number in rest)
        {
            var d = Real.ToDouble(number) - mean;
            squares += d * d;
        }

        return new(span.Length, mean, squares, min, max);
    }

    private IntensitySummary With(IntensitySummary other)
    {
        var count = Count + other.Count;
        var d = other.Mean - Mean;
        return new(
            count,
            Mean + d * other.Count / count,
            Squares + other.Squares + d * d * Count * other.Count / count,
            Math.Min(Minimum, other.Minimum),
            Math.Max(Maximum, other.Maximum));
    }
}
