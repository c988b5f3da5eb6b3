using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Radiomics.Extraction;

/// <summary>Mean, sum of squared distances from it, and range of many intensities; NaN if one of them is, in mean and squares.</summary>
internal readonly record struct IntensitySummary(long Count, double Mean, double Squares, float Minimum, float Maximum)
{
    // Small enough to be in the cache for the second pass. The blocks come together in order, and a vector has
    // eight floats on every processor, so that neither threads nor machines change a bit.
    private const int BlockSize = 1 << 14;

    /// <summary>Summarises values, at least one: in each block the mean, then the squares of what is left, so that nothing cancels (Chan et al. 1983).</summary>
    public static IntensitySummary Of(float[] values, int threads)
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

    private static IntensitySummary Block(float[] values, int block)
    {
        var start = block * BlockSize;
        var span = values.AsSpan(start, Math.Min(BlockSize, values.Length - start));
        var vectors = MemoryMarshal.Cast<float, Vector256<float>>(span);
        var rest = span[(vectors.Length * Vector256<float>.Count)..];
        Vector256<double> sums0 = default, sums1 = default;
        Vector256<float> minima = Vector256.Create(float.PositiveInfinity), maxima = Vector256.Create(float.NegativeInfinity);
        foreach (var v in vectors)
        {
            var (lower, upper) = Vector256.Widen(v);
            sums0 += lower;
            sums1 += upper;
            minima = Vector256.Min(minima, v);
            maxima = Vector256.Max(maxima, v);
        }

        var sum = Vector256.Sum(sums0 + sums1);
        float min = float.PositiveInfinity, max = float.NegativeInfinity;
        // By way of memory: code that takes an element out of a vector isn't compiled ahead of time.
        Span<float> ends = stackalloc float[2 * Vector256<float>.Count];
        minima.CopyTo(ends);
        maxima.CopyTo(ends[Vector256<float>.Count..]);
        for (var i = 0; i < Vector256<float>.Count; i++)
        {
            min = Math.Min(min, ends[i]);
            max = Math.Max(max, ends[Vector256<float>.Count + i]);
        }

        foreach (var v in rest)
        {
            sum += v;
            min = Math.Min(min, v);
            max = Math.Max(max, v);
        }

        var mean = sum / span.Length;
        var means = Vector256.Create(mean);
        Vector256<double> squares0 = default, squares1 = default;
        foreach (var v in vectors)
        {
            var (lower, upper) = Vector256.Widen(v);
            lower -= means;
            upper -= means;
            squares0 += lower * lower;
            squares1 += upper * upper;
        }

        var squares = Vector256.Sum(squares0 + squares1);
        foreach (var v in rest)
        {
            squares += (v - mean) * (v - mean);
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
