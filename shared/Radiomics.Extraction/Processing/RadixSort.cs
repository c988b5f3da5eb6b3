using System.Numerics;

namespace Radiomics.Extraction;

/// <summary>Sorts whole numbers digit by digit, the lowest first: a few passes however many they are, where comparing would take log₂ n.</summary>
internal static class RadixSort
{
    private const int DigitBits = 11;

    /// <summary>Sorts <paramref name="keys"/>; the result is in either of the two spans, the other is scratch.</summary>
    /// <param name="keys">Any order.</param>
    /// <param name="scratch">Of the same length.</param>
    /// <param name="largest">No key is larger.</param>
    public static Span<uint> Sort(Span<uint> keys, Span<uint> scratch, uint largest)
    {
        Span<int> starts = stackalloc int[1 << DigitBits];
        for (var shift = 0; shift < 32 - BitOperations.LeadingZeroCount(largest); shift += DigitBits)
        {
            starts.Clear();
            foreach (var key in keys)
            {
                starts[(int)(key >> shift) & ((1 << DigitBits) - 1)]++;
            }

            var sum = 0;
            foreach (ref var start in starts)
            {
                (start, sum) = (sum, sum + start);
            }

            foreach (var key in keys)
            {
                scratch[starts[(int)(key >> shift) & ((1 << DigitBits) - 1)]++] = key;
            }

            var sorted = scratch;
            scratch = keys;
            keys = sorted;
        }

        return keys;
    }
}
