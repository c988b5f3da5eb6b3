using System.Buffers;
using System.Runtime.InteropServices;

namespace Radiomics.Extraction;

/// <summary>Percentiles of many intensities without sorting them: a histogram of their upper 16 bits, and only the bins that matter are sorted.</summary>
internal static class OrderStatistics
{
    /// <summary>Two percentiles (0 to 100) by linear interpolation between the closest ranks; NaN if a value is no finite number.</summary>
    public static (double Lower, double Upper) Percentiles(ReadOnlySpan<float> values, double lower, double upper)
    {
        var counts = ArrayPool<int>.Shared.Rent(1 << 16);
        counts.AsSpan(0, 1 << 16).Clear();
        var isFinite = true;
        foreach (var bits in MemoryMarshal.Cast<float, int>(values))
        {
            isFinite &= (bits & 0x7F800000) != 0x7F800000;
            counts[Key(bits) >> 16]++;
        }

        var result = isFinite ? (At(values, counts, lower), At(values, counts, upper)) : (double.NaN, double.NaN);
        ArrayPool<int>.Shared.Return(counts);
        return result;
    }

    private static double At(ReadOnlySpan<float> values, int[] counts, double percent)
    {
        var rank = percent / 100 * (values.Length - 1);
        var low = (int)rank;
        var first = Ranked(values, counts, low);
        return rank == low ? first : first + (rank - low) * (Ranked(values, counts, low + 1) - first);
    }

    private static double Ranked(ReadOnlySpan<float> values, int[] counts, int rank)
    {
        var bin = 0;
        while (rank >= counts[bin])
        {
            rank -= counts[bin++];
        }

        var same = new float[counts[bin]];
        var n = 0;
        foreach (var value in values)
        {
            if (Key(BitConverter.SingleToInt32Bits(value)) >> 16 == bin)
            {
                same[n++] = value;
            }
        }

        Array.Sort(same);
        return same[rank];
    }

    /// <summary>Bits that are ordered as the floats are.</summary>
    private static uint Key(int bits) => (uint)bits ^ ((uint)(bits >> 31) | 0x80000000);
}
