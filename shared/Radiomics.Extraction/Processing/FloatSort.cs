using System.Runtime.InteropServices;

namespace Radiomics.Extraction;

/// <summary>Sorts finite intensities ascending by their bits: several times faster than comparing for the hundreds of thousands of voxels of an organ.</summary>
internal static class FloatSort
{
    private const int SmallCount = 2048;

    /// <summary>Sorts in place.</summary>
    public static void Ascending(Span<float> values)
    {
        if (values.Length < SmallCount)
        {
            values.Sort();
            return;
        }

        var bits = MemoryMarshal.Cast<float, uint>(values);
        foreach (ref var key in bits)
        {
            // Ordered as the numbers are: negative ones turned round, below the positive ones.
            key ^= (uint)((int)key >> 31) | 0x80000000;
        }

        var scratch = Buffers<uint>.Rent(values.Length);
        var sorted = RadixSort.Sort(bits, scratch.AsSpan(0, values.Length), uint.MaxValue);
        for (var i = 0; i < bits.Length; i++)
        {
            var key = sorted[i];
            bits[i] = key ^ (~(uint)((int)key >> 31) | 0x80000000);
        }

        Buffers<uint>.Return(scratch);
    }
}
