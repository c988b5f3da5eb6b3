using System.Buffers;
using System.Runtime.CompilerServices;

namespace Radiomics.Extraction;

/// <summary>Percentiles of many intensities without sorting them: a histogram of their upper 16 bits, and only the bins that matter are sorted.</summary>
internal static class OrderStatistics
{
    private const int Bins = 1 << 16;

    /// <summary>Two percentiles (0 to 100) by linear interpolation between the closest ranks; NaN if a value is no finite number.</summary>
    public static (double Lower, double Upper) Percentiles(Intensities values, double lower, double upper) =>
        values.Doubles is { } doubles ? Percentiles(doubles, lower, upper) : Percentiles(values.Floats, lower, upper);

    private static (double Lower, double Upper) Percentiles<T>(T[] values, double lower, double upper)
        where T : unmanaged
    {
        var counts = ArrayPool<int>.Shared.Rent(Bins);
        counts.AsSpan(0, Bins).Clear();
        foreach (var value in values)
        {
            counts[Bin(value)]++;
        }

        // What has all bits of the exponent set is no finite number: the outermost bins.
        var outermost = typeof(T) == typeof(float) ? 1 << 7 : 1 << 4;
        var result = (double.NaN, double.NaN);
        if (!counts.AsSpan(0, outermost).ContainsAnyExcept(0) && !counts.AsSpan(Bins - outermost, outermost).ContainsAnyExcept(0))
        {
            var (low, high) = (lower / 100 * (values.Length - 1), upper / 100 * (values.Length - 1));
            Span<int> ranks = [(int)low, (int)Math.Ceiling(low), (int)high, (int)Math.Ceiling(high)];
            var ranked = Ranked(values, counts, ranks);
            result = (Between(ranked[0], ranked[1], low), Between(ranked[2], ranked[3], high));
        }

        ArrayPool<int>.Shared.Return(counts);
        return result;
    }

    private static double Between(double first, double second, double rank) => first + (rank - Math.Floor(rank)) * (second - first);

    /// <summary>The values of some ranks: those in the ranks' bins are picked out in one sweep and sorted.</summary>
    private static double[] Ranked<T>(T[] values, int[] counts, Span<int> ranks)
        where T : unmanaged
    {
        var isPicked = new bool[Bins];
        var (before, count) = (0, 0);
        var place = new int[ranks.Length];
        for (var bin = 0; bin < isPicked.Length; bin++)
        {
            for (var i = 0; i < ranks.Length; i++)
            {
                if (ranks[i] >= before && ranks[i] < before + counts[bin])
                {
                    place[i] = count + ranks[i] - before;
                    isPicked[bin] = true;
                }
            }

            before += counts[bin];
            count += isPicked[bin] ? counts[bin] : 0;
        }

        var picked = GC.AllocateUninitializedArray<T>(count);
        var n = 0;
        foreach (var value in values)
        {
            if (isPicked[Bin(value)])
            {
                picked[n++] = value;
            }
        }

        if (picked is float[] floats)
        {
            FloatSort.Ascending(floats);
        }
        else
        {
            Array.Sort(picked);
        }

        return Array.ConvertAll(place, i => Real.ToDouble(picked[i]));
    }

    /// <summary>The upper 16 bits, ordered as the numbers are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Bin<T>(T value)
        where T : unmanaged
    {
        var upper = typeof(T) == typeof(float) ? Unsafe.BitCast<T, int>(value) >> 16 : (int)(Unsafe.BitCast<T, long>(value) >> 48);
        return (upper ^ (upper < 0 ? 0xFFFF : 0x8000)) & 0xFFFF;
    }
}
