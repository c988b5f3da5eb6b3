using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Radiomics.Extraction;

/// <summary>NIfTI scalar data types by their codes in the header's <c>datatype</c>.</summary>
internal static class NiftiType
{
    public const short UInt8 = 2;
    public const short Int16 = 4;
    public const short Int32 = 8;
    public const short Float32 = 16;
    public const short Float64 = 64;
    public const short Int8 = 256;
    public const short UInt16 = 512;
    public const short UInt32 = 768;
    public const short Int64 = 1024;
    public const short UInt64 = 1280;

    /// <summary>Bytes of a voxel; 0 for a type that is no scalar or isn't known.</summary>
    public static int SizeOf(short type) => type switch
    {
        UInt8 or Int8 => 1,
        Int16 or UInt16 => 2,
        Int32 or UInt32 or Float32 => 4,
        Float64 or Int64 or UInt64 => 8,
        _ => 0,
    };

    /// <summary>Stored voxels as floats; swaps <paramref name="bytes"/> in place if <paramref name="swapped"/>.</summary>
    public static void Decode(short type, bool swapped, Span<byte> bytes, Span<float> voxels)
    {
        if (swapped)
        {
            Swap(bytes, SizeOf(type));
        }

        switch (type)
        {
            case Int16:
                Decode(MemoryMarshal.Cast<byte, short>(bytes), voxels);
                break;
            case Float32:
                MemoryMarshal.Cast<byte, float>(bytes).CopyTo(voxels);
                break;
            case UInt8:
                for (var i = 0; i < bytes.Length; i++)
                {
                    voxels[i] = bytes[i];
                }

                break;
            case UInt16:
                var words = MemoryMarshal.Cast<byte, ushort>(bytes);
                for (var i = 0; i < words.Length; i++)
                {
                    voxels[i] = words[i];
                }

                break;
            default:
                // Through double, which is exact but for integers of 64 bits: those are rounded straight to float.
                for (var i = 0; i < voxels.Length; i++)
                {
                    voxels[i] = type switch
                    {
                        Int64 => MemoryMarshal.Cast<byte, long>(bytes)[i],
                        UInt64 => MemoryMarshal.Cast<byte, ulong>(bytes)[i],
                        _ => (float)Value(type, bytes, i),
                    };
                }

                break;
        }
    }

    /// <summary>Which stored voxels are inside an ROI: 1 where the scaled value is <paramref name="label"/>, or neither 0 nor NaN if that is null, else 0.</summary>
    public static void DecodeMask(NiftiHeader header, int? label, Span<byte> bytes, Span<byte> inside)
    {
        if (header.IsSwapped)
        {
            Swap(bytes, SizeOf(header.DataType));
        }

        if (header.DataType == UInt8 && header.IsUnscaled)
        {
            for (var i = 0; i < inside.Length; i++)
            {
                inside[i] = (label is { } l ? bytes[i] == l : bytes[i] != 0) ? (byte)1 : (byte)0;
            }

            return;
        }

        for (var i = 0; i < inside.Length; i++)
        {
            var value = Value(header.DataType, bytes, i);
            if (!header.IsUnscaled)
            {
                value = (float)(value * header.Slope + header.Intercept);
            }

            inside[i] = (label is { } l ? value == l : value != 0 && !double.IsNaN(value)) ? (byte)1 : (byte)0;
        }
    }

    /// <summary>Eight at a time: the common case, and the whole image passes through here.</summary>
    private static void Decode(ReadOnlySpan<short> stored, Span<float> voxels)
    {
        var i = 0;
        ref var from = ref MemoryMarshal.GetReference(stored);
        ref var to = ref MemoryMarshal.GetReference(voxels);
        for (; i <= stored.Length - Vector128<short>.Count; i += Vector128<short>.Count)
        {
            var (lower, upper) = Vector128.Widen(Vector128.LoadUnsafe(ref from, (nuint)i));
            Vector128.ConvertToSingle(lower).StoreUnsafe(ref to, (nuint)i);
            Vector128.ConvertToSingle(upper).StoreUnsafe(ref to, (nuint)(i + Vector128<float>.Count));
        }

        for (; i < stored.Length; i++)
        {
            voxels[i] = stored[i];
        }
    }

    private static double Value(short type, Span<byte> bytes, int index) => type switch
    {
        UInt8 => bytes[index],
        Int8 => (sbyte)bytes[index],
        Int16 => MemoryMarshal.Cast<byte, short>(bytes)[index],
        UInt16 => MemoryMarshal.Cast<byte, ushort>(bytes)[index],
        Int32 => MemoryMarshal.Cast<byte, int>(bytes)[index],
        UInt32 => MemoryMarshal.Cast<byte, uint>(bytes)[index],
        Int64 => MemoryMarshal.Cast<byte, long>(bytes)[index],
        UInt64 => MemoryMarshal.Cast<byte, ulong>(bytes)[index],
        Float32 => MemoryMarshal.Cast<byte, float>(bytes)[index],
        Float64 => MemoryMarshal.Cast<byte, double>(bytes)[index],
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    private static void Swap(Span<byte> bytes, int size)
    {
        switch (size)
        {
            case 2:
                var shorts = MemoryMarshal.Cast<byte, short>(bytes);
                BinaryPrimitives.ReverseEndianness(shorts, shorts);
                break;
            case 4:
                var ints = MemoryMarshal.Cast<byte, int>(bytes);
                BinaryPrimitives.ReverseEndianness(ints, ints);
                break;
            case 8:
                var longs = MemoryMarshal.Cast<byte, long>(bytes);
                BinaryPrimitives.ReverseEndianness(longs, longs);
                break;
        }
    }
}
