using System.Runtime.InteropServices;
using FellowOakDicom.IO.Buffer;

namespace FellowOakDicom;

/// <summary>Reads numbers from buffers in the machine's byte order.</summary>
internal static class BinaryValues
{
    /// <summary>A copy, as long as the values are: the caller pads odd lengths.</summary>
    public static byte[] Bytes<T>(T[]? values)
        where T : struct
    {
        if (values is null or { Length: 0 })
            return [];
        return MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
    }

    /// <summary>All whole values; a rest that isn't one is left out.</summary>
    public static T[] All<T>(IByteBuffer buffer)
        where T : struct
    {
        var bytes = buffer.Data;
        if (bytes is T[] same)
            return same;
        var size = Marshal.SizeOf<T>();
        return MemoryMarshal.Cast<byte, T>(bytes.AsSpan(0, bytes.Length / size * size)).ToArray();
    }

    public static T One<T>(IByteBuffer buffer, int index)
        where T : struct
    {
        var size = Marshal.SizeOf<T>();
        if (buffer.IsMemory)
            return MemoryMarshal.Read<T>(buffer.Data.AsSpan(index * size, size));
        var bytes = new byte[size];
        buffer.GetByteRange((long)index * size, size, bytes);
        return MemoryMarshal.Read<T>(bytes);
    }
}
