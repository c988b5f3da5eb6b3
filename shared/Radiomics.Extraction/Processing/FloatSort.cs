using System.Runtime.InteropServices;

namespace Radiomics.Extraction;

/// <summary>
/// Sorts finite intensities ascending by their bits, eleven at a time from the lowest on: a fixed number of sweeps, several times faster than comparing
/// for the hundreds of thousands of voxels of an organ.
/// </summary>
internal static class FloatSort
{
    private const int SmallCount = 2048;
    private const int Bits = 11;
    private const int Bins = 1 << Bits;

    /// <summary>Sorts in place.</summary>
    public static void Ascending(Span<float> values)
    {
        if (values.Length < SmallCount)
        {
            values.Sort();
            return;
        }

        var other = Buffers<uint>.Rent(values.Length);
        var from = MemoryMarshal.Cast<float, uint>(values);
        var to = other.AsSpan(0, values.Length);
        Span<int> counts = stackalloc int[3 * Bins];
        counts.Clear();
        var counts0 = counts[..Bins];
        var counts1 = counts.Slice(Bins, Bins);
        var counts2 = counts[(2 * Bins)..];
        foreach (ref var bits in from)
        {
            // From here on the bits are ordered as the numbers are: negative ones turned round, below the positive ones.
            bits ^= (uint)((int)bits >> 31) | 0x80000000;
            counts0[(int)(bits & (Bins - 1))]++;
            counts1[(int)((bits >> Bits) & (Bins - 1))]++;
            counts2[(int)(bits >> (2 * Bits))]++;
        }

        for (var pass = 0; pass < 3; pass++)
        {
            var bins = counts.Slice(pass * Bins, Bins);
            if (bins.Contains(values.Length))
            {
                // All have these bits in common.
                continue;
            }

            Scatter(from, to, bins, pass * Bits);
            var done = to;
            to = from;
            from = done;
        }

        var sorted = MemoryMarshal.Cast<float, uint>(values);
        for (var i = 0; i < sorted.Length; i++)
        {
            var bits = from[i];
            sorted[i] = bits ^ (~(uint)((int)bits >> 31) | 0x80000000);
        }

        Buffers<uint>.Return(other);
    }

    private static void Scatter(ReadOnlySpan<uint> from, Span<uint> to, Span<int> bins, int shift)
    {
        var next = 0;
        foreach (ref var bin in bins)
        {
            (bin, next) = (next, next + bin);
        }

        foreach (var bits in from)
        {
            to[bins[(int)((bits >> shift) & (Bins - 1))]++] = bits;
        }
    }
}
