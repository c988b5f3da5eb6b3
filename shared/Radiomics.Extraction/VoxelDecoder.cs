using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Radiomics.Extraction;

/// <summary>
/// Turns a file's voxels into a <see cref="Volume"/>, chunk by chunk: every number as the file holds it. Floats are kept until a number comes that they would round;
/// from then on all are doubles.
/// </summary>
internal sealed class VoxelDecoder
{
    private const int FirstVoxels = 16 << 20;
    private const long LargestWhole = 1L << 53;

    private readonly PixelType _stored;
    private readonly int _count;
    private readonly double _slope;
    private readonly double _intercept;
    private float[] _floats;
    private double[]? _doubles;
    private int _done;

    /// <param name="stored">What kind of number a voxel is in the file.</param>
    /// <param name="count">Number of voxels; room for them is taken as they come.</param>
    /// <param name="slope">Intensities are <c>stored · slope + intercept</c>, computed in double precision.</param>
    /// <param name="intercept">See <paramref name="slope"/>.</param>
    public VoxelDecoder(PixelType stored, int count, double slope = 1, double intercept = 0)
    {
        (_stored, _count, _slope, _intercept) = (stored, count, slope, intercept);
        _floats = new float[Math.Min(count, FirstVoxels)];
    }

    private bool IsUnscaled => _slope == 1 && _intercept == 0;

    /// <summary>Adds the next voxels, whole ones, in this machine's byte order.</summary>
    /// <exception cref="RadiomicsException"><c>IntensityPrecisionExceeded</c>: an integer beyond ±2⁵³.</exception>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        var now = bytes.Length / _stored.Size();
        MakeRoom(now);
        if (_doubles is null && IsUnscaled && _stored is PixelType.Int16 or PixelType.UInt8 or PixelType.UInt16 or PixelType.Float32)
        {
            AddExact(bytes, _floats.AsSpan(_done, now));
        }
        else
        {
            for (var i = 0; i < now; i++)
            {
                var value = Value(_stored, bytes, i);
                Set(_done + i, IsUnscaled ? value : value * _slope + _intercept);
            }
        }

        _done += now;
    }

    /// <summary>The image, when all voxels are there.</summary>
    /// <exception cref="ArgumentException">They aren't.</exception>
    public Volume ToVolume(VolumeGeometry geometry)
    {
        var type = IsUnscaled ? _stored : _stored == PixelType.Float64 ? PixelType.Float64 : PixelType.Float32;
        return new(geometry, _doubles is { } doubles ? doubles : _floats, type);
    }

    /// <summary>A stored number; <paramref name="bytes"/> are in this machine's order.</summary>
    /// <exception cref="RadiomicsException"><c>IntensityPrecisionExceeded</c>: an integer beyond ±2⁵³.</exception>
    public static double Value(PixelType type, ReadOnlySpan<byte> bytes, int index) => type switch
    {
        PixelType.UInt8 => bytes[index],
        PixelType.Int8 => (sbyte)bytes[index],
        PixelType.Int16 => MemoryMarshal.Cast<byte, short>(bytes)[index],
        PixelType.UInt16 => MemoryMarshal.Cast<byte, ushort>(bytes)[index],
        PixelType.Int32 => MemoryMarshal.Cast<byte, int>(bytes)[index],
        PixelType.UInt32 => MemoryMarshal.Cast<byte, uint>(bytes)[index],
        PixelType.Int64 => MemoryMarshal.Cast<byte, long>(bytes)[index] is >= -LargestWhole and <= LargestWhole and var whole ? whole : throw Exceeded(),
        PixelType.UInt64 => MemoryMarshal.Cast<byte, ulong>(bytes)[index] is <= (ulong)LargestWhole and var whole ? whole : throw Exceeded(),
        PixelType.Float32 => MemoryMarshal.Cast<byte, float>(bytes)[index],
        PixelType.Float64 => MemoryMarshal.Cast<byte, double>(bytes)[index],
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    private static RadiomicsException Exceeded() => new(
        "IntensityPrecisionExceeded",
        "The image has whole numbers beyond ±9,007,199,254,740,992, which double precision can't tell apart; subtract a constant from them before storing the image.");

    private void MakeRoom(int now)
    {
        var length = _doubles?.Length ?? _floats.Length;
        if (_done + now > length)
        {
            length = (int)Math.Min(_count, Math.Max(2L * length, _done + now));
            if (_doubles is null)
            {
                Array.Resize(ref _floats, length);
            }
            else
            {
                Array.Resize(ref _doubles, length);
            }
        }
    }

    private void Set(int index, double value)
    {
        if (_doubles is null)
        {
            if (Real.IsFloat(value))
            {
                _floats[index] = (float)value;
                return;
            }

            _doubles = Array.ConvertAll(_floats, voxel => (double)voxel);
            _floats = [];
        }

        _doubles[index] = value;
    }

    /// <summary>The types that floats hold whole.</summary>
    private void AddExact(ReadOnlySpan<byte> bytes, Span<float> voxels)
    {
        switch (_stored)
        {
            case PixelType.Int16:
                AddShorts(MemoryMarshal.Cast<byte, short>(bytes), voxels);
                break;
            case PixelType.Float32:
                MemoryMarshal.Cast<byte, float>(bytes).CopyTo(voxels);
                break;
            case PixelType.UInt8:
                for (var i = 0; i < bytes.Length; i++)
                {
                    voxels[i] = bytes[i];
                }

                break;
            default:
                var words = MemoryMarshal.Cast<byte, ushort>(bytes);
                for (var i = 0; i < words.Length; i++)
                {
                    voxels[i] = words[i];
                }

                break;
        }
    }

    /// <summary>Eight at a time: the common case, and the whole image passes through here.</summary>
    private static void AddShorts(ReadOnlySpan<short> stored, Span<float> voxels)
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
}
