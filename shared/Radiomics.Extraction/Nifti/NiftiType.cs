using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Radiomics.Extraction;

/// <summary>NIfTI-1 scalar data types by their codes in the header's <c>datatype</c>.</summary>
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

    /// <summary>Decodes stored voxels; swaps <paramref name="bytes"/> in place if <paramref name="swapped"/>.</summary>
    public static void Decode(short type, bool swapped, Span<byte> bytes, Span<float> voxels)
    {
        if (swapped)
        {
            Swap(bytes, SizeOf(type));
        }

        switch (type)
        {
            case UInt8:
                Convert<byte>(bytes, voxels, v => v);
                break;
            case Int8:
                Convert<sbyte>(bytes, voxels, v => v);
                break;
            case Int16:
                Convert<short>(bytes, voxels, v => v);
                break;
            case UInt16:
                Convert<ushort>(bytes, voxels, v => v);
                break;
            case Int32:
                Convert<int>(bytes, voxels, v => v);
                break;
            case UInt32:
                Convert<uint>(bytes, voxels, v => v);
                break;
            case Int64:
                Convert<long>(bytes, voxels, v => v);
                break;
            case UInt64:
                Convert<ulong>(bytes, voxels, v => v);
                break;
            case Float32:
                MemoryMarshal.Cast<byte, float>(bytes).CopyTo(voxels);
                break;
            case Float64:
                Convert<double>(bytes, voxels, v => (float)v);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(type));
        }
    }

    private static void Convert<T>(Span<byte> bytes, Span<float> voxels, Func<T, float> convert)
        where T : unmanaged
    {
        var source = MemoryMarshal.Cast<byte, T>(bytes);
        for (var i = 0; i < source.Length; i++)
        {
            voxels[i] = convert(source[i]);
        }
    }

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
