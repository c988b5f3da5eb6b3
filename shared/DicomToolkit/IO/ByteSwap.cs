using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace FellowOakDicom.IO;

/// <summary>Reverses the bytes of each value in a buffer.</summary>
internal static class ByteSwap
{
    public static void InPlace(Span<byte> bytes, int unitSize)
    {
        var whole = bytes[..(bytes.Length - (bytes.Length % Math.Max(unitSize, 1)))];
        switch (unitSize)
        {
            case 2:
                var shorts = MemoryMarshal.Cast<byte, ushort>(whole);
                BinaryPrimitives.ReverseEndianness(shorts, shorts);
                break;
            case 4:
                var ints = MemoryMarshal.Cast<byte, uint>(whole);
                BinaryPrimitives.ReverseEndianness(ints, ints);
                break;
            case 8:
                var longs = MemoryMarshal.Cast<byte, ulong>(whole);
                BinaryPrimitives.ReverseEndianness(longs, longs);
                break;
        }
    }
}
