using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Radiomics.Extraction;

/// <summary>
/// A mask as one bit a voxel, row by row along x: 64 voxels are looked at in one step, and empty or full stretches cost nothing. Voxel x is bit x + 1, so
/// that the cell between two voxels has its left voxel's bit, also before the first.
/// </summary>
internal sealed class MaskRows
{
    private readonly ulong[] _bits;
    private readonly ulong[] _empty;

    private MaskRows(int sizeX, int sizeY, int sizeZ)
    {
        (SizeX, SizeY, SizeZ) = (sizeX, sizeY, sizeZ);

        // One word more than the bits need: whoever looks at the next word needs no check.
        WordsPerRow = (sizeX + 2 + 63) / 64 + 1;
        _bits = new ulong[checked(WordsPerRow * sizeY * sizeZ)];
        _empty = new ulong[WordsPerRow];
    }

    public int SizeX { get; }

    public int SizeY { get; }

    public int SizeZ { get; }

    /// <summary>Words of a row; the last is always 0.</summary>
    public int WordsPerRow { get; }

    /// <summary>Packs a mask of 0 and 1 in the layout of <paramref name="box"/>.</summary>
    public static MaskRows Of(ReadOnlySpan<byte> mask, VoxelBox box)
    {
        var rows = new MaskRows(box.SizeX, box.SizeY, box.SizeZ);
        for (var row = 0; row < box.SizeY * box.SizeZ; row++)
        {
            var from = mask.Slice(row * box.SizeX, box.SizeX);
            var to = rows._bits.AsSpan(row * rows.WordsPerRow, rows.WordsPerRow);
            ulong carry = 0;
            for (int x = 0, word = 0; x < from.Length; x += 64, word++)
            {
                var bits = Pack(from[x..Math.Min(x + 64, from.Length)]);
                to[word] = bits << 1 | carry;
                carry = bits >> 63;
                to[word + 1] = carry;
            }
        }

        return rows;
    }

    /// <summary>The same mask with x and y exchanged.</summary>
    public MaskRows Transposed()
    {
        var rows = new MaskRows(SizeY, SizeX, SizeZ);
        for (var z = 0; z < SizeZ; z++)
        {
            for (var y = 0; y < SizeY; y++)
            {
                var from = Row(y, z);
                var (word, bit) = ((y + 1) / 64, 1ul << (y + 1) % 64);
                for (var i = 0; i < from.Length; i++)
                {
                    for (var rest = from[i]; rest != 0; rest &= rest - 1)
                    {
                        var x = i * 64 + BitOperations.TrailingZeroCount(rest) - 1;
                        rows._bits[(z * rows.SizeY + x) * rows.WordsPerRow + word] |= bit;
                    }
                }
            }
        }

        return rows;
    }

    /// <summary>The bits of a row; outside the grid an empty one.</summary>
    public ReadOnlySpan<ulong> Row(int y, int z) =>
        (uint)y < (uint)SizeY && (uint)z < (uint)SizeZ ? _bits.AsSpan((z * SizeY + y) * WordsPerRow, WordsPerRow) : _empty;

    /// <summary>The first and last voxel inside a row; (0, −1) if there is none.</summary>
    public static (int First, int Last) Extent(ReadOnlySpan<ulong> row)
    {
        for (var i = 0; i < row.Length; i++)
        {
            if (row[i] == 0)
            {
                continue;
            }

            var last = row.Length - 1;
            while (row[last] == 0)
            {
                last--;
            }

            return (i * 64 + BitOperations.TrailingZeroCount(row[i]) - 1, last * 64 + 62 - BitOperations.LeadingZeroCount(row[last]));
        }

        return (0, -1);
    }

    /// <summary>The first and last voxel that is inside one of two rows and outside the other; (0, −1) if they are alike.</summary>
    public static (int First, int Last) DifferenceExtent(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b)
    {
        for (var i = 0; i < a.Length; i++)
        {
            if (a[i] == b[i])
            {
                continue;
            }

            var last = a.Length - 1;
            while (a[last] == b[last])
            {
                last--;
            }

            return (i * 64 + BitOperations.TrailingZeroCount(a[i] ^ b[i]) - 1, last * 64 + 62 - BitOperations.LeadingZeroCount(a[last] ^ b[last]));
        }

        return (0, -1);
    }

    /// <summary>The next run of voxels inside, [start, end), from voxel <paramref name="from"/> on; false if there is none.</summary>
    public static bool NextRun(ReadOnlySpan<ulong> row, int from, out int start, out int end)
    {
        start = NextBit(row, from + 1, inside: true) - 1;
        end = start;
        if (start < 0)
        {
            return false;
        }

        // A row ends in empty bits, so every run ends.
        end = NextBit(row, start + 1, inside: false) - 1;
        return true;
    }

    private static int NextBit(ReadOnlySpan<ulong> row, int bit, bool inside)
    {
        var flip = inside ? 0ul : ulong.MaxValue;
        var word = bit / 64;
        if (word >= row.Length)
        {
            return 0;
        }

        var bits = (row[word] ^ flip) & (ulong.MaxValue << bit % 64);
        while (bits == 0)
        {
            if (++word == row.Length)
            {
                return 0;
            }

            bits = row[word] ^ flip;
        }

        return word * 64 + BitOperations.TrailingZeroCount(bits);
    }

    private static ulong Pack(ReadOnlySpan<byte> voxels)
    {
        if (voxels.Length == 64)
        {
            ref var first = ref MemoryMarshal.GetReference(voxels);
            var low = ~Vector256.Equals(Vector256.LoadUnsafe(ref first), Vector256<byte>.Zero);
            var high = ~Vector256.Equals(Vector256.LoadUnsafe(ref first, 32), Vector256<byte>.Zero);
            return low.ExtractMostSignificantBits() | (ulong)high.ExtractMostSignificantBits() << 32;
        }

        ulong bits = 0;
        for (var i = 0; i < voxels.Length; i++)
        {
            bits |= (voxels[i] != 0 ? 1ul : 0) << i;
        }

        return bits;
    }
}
