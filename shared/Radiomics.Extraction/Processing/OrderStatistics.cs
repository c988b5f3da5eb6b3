using System.Buffers;
using System.Runtime.InteropServices;

namespace Radiomics.Extraction;

/// <summary>Percentiles of many intensities without sorting them: a histogram of their upper 16 bits, and only the bins that matter are sorted.</summary>
internal static class OrderStatistics
{
    /// <summary>Two percentiles (0 to 100) by linear interpolation between the closest ranks; NaN if a value is no finite number.</summary>
    public static (double Lower, double Upper) Percentiles(Intensities values, double lower, double upper) =>
        values.Doubles is { } doubles ? Sorted(doubles, lower, upper) : Percentiles(values.Floats, lower, upper);

    /// <summary>Of doubles, which are few enough to be sorted.</summary>
    private static (double Lower, double Upper) Sorted(double[] values, double lower, double upper)
    {
        double[] sorted = [.. values];
        Array.Sort(sorted);
        return double.IsFinite(sorted[0]) && double.IsFinite(sorted[^1]) ? (At(lower), At(upper)) : (double.NaN, double.NaN);

        double At(double percent)
        {
            var rank = percent / 100 * (sorted.Length - 1);
            return Between(sorted[(int)rank], sorted[(int)Math.Ceiling(rank)], rank);
        }
    }

    private static (double Lower, double Upper) Percentiles(ReadOnlySpan<float> values, double lower, double upper)
    {
        var counts = ArrayPool<int>.Shared.Rent(1 << 16);
        counts.AsSpan(0, 1 << 16).Clear();
        var isFinite = true;
        foreach (var bits in MemoryMarshal.Cast<float, int>(values))
        {
            isFinite &= (bits & 0x7F800000) != 0x7F800000;
            counts[Key(bits) >> 16]++;
        }

        var result = (double.NaN, double.NaN);
        if (isFinite)
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
    private static double[] Ranked(ReadOnlySpan<float> values, int[] counts, Span<int> ranks)
    {
        var isPicked = new bool[1 << 16];
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

        var picked = GC.AllocateUninitializedArray<float>(count);
        var n = 0;
        foreach (var value in values)
        {
            if (isPicked[Key(BitConverter.SingleToInt32Bits(value)) >> 16])
            {
                picked[n++] = value;
            }
        }

        FloatSort.Ascending(picked);
        return Array.ConvertAll(place, i => (double)picked[i]);
    }

    /// <summary>Bits that are ordered as the floats are.</summary>
    private static uint Key(int bits) => (uint)bits ^ ((uint)(bits >> 31) | 0x80000000);
}
