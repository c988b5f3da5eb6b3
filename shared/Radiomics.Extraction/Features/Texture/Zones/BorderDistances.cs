using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Radiomics.Extraction;

/// <summary>
/// Distance of each voxel of a mask from the outside (IBSI manual 3.9): the number of steps between voxels with a common face to the nearest voxel
/// outside, so 1 at the border. Beyond the box lies the outside.
/// </summary>
internal sealed class BorderDistances(RoiGrid grid)
{
    private readonly Lazy<ushort[]> _inVolume = new(() => Measure(grid, bySlice: false));
    private readonly Lazy<ushort[]> _inSlices = new(() => Measure(grid, bySlice: true));

    /// <summary>By steps in three dimensions; 0 outside; layout of the grid's box.</summary>
    public ushort[] InVolume => _inVolume.Value;

    /// <summary>By steps within a slice.</summary>
    public ushort[] InSlices => _inSlices.Value;

    /// <summary>
    /// Steps along different axes may be taken in any order: first those along x, which a row's runs of voxels tell at once, then those to lower y and z,
    /// which a sweep forth finds, then those to higher ones by a sweep back. There a whole row takes over what its neighbour rows have.
    /// </summary>
    private static ushort[] Measure(RoiGrid grid, bool bySlice)
    {
        var (sizeX, sizeY, sizeZ) = (grid.Box.SizeX, grid.Box.SizeY, grid.Box.SizeZ);
        var distances = new ushort[grid.Box.Count];
        var outside = new ushort[sizeX];
        for (var z = 0; z < sizeZ; z++)
        {
            for (var y = 0; y < sizeY; y++)
            {
                var at = (z * sizeY + y) * sizeX;
                var row = distances.AsSpan(at, sizeX);
                MeasureRow(grid.Mask.AsSpan(at, sizeX), row);
                var before = y > 0 ? distances.AsSpan(at - sizeX, sizeX) : outside;
                var below = bySlice ? before : z > 0 ? distances.AsSpan(at - sizeX * sizeY, sizeX) : outside;
                Lower(row, before, below);
            }
        }

        for (var z = sizeZ - 1; z >= 0; z--)
        {
            for (var y = sizeY - 1; y >= 0; y--)
            {
                var at = (z * sizeY + y) * sizeX;
                var after = y < sizeY - 1 ? distances.AsSpan(at + sizeX, sizeX) : outside;
                var above = bySlice ? after : z < sizeZ - 1 ? distances.AsSpan(at + sizeX * sizeY, sizeX) : outside;
                Lower(distances.AsSpan(at, sizeX), after, above);
            }
        }

        return distances;
    }

    /// <summary>Distance to the nearer end of a run of voxels inside.</summary>
    private static void MeasureRow(ReadOnlySpan<byte> mask, Span<ushort> row)
    {
        for (var begin = 0; begin < mask.Length;)
        {
            var skipped = mask[begin..].IndexOfAnyExcept((byte)0);
            if (skipped < 0)
            {
                return;
            }

            begin += skipped;
            var length = mask[begin..].IndexOf((byte)0);
            var run = row.Slice(begin, length < 0 ? mask.Length - begin : length);
            for (var i = 0; i <= (run.Length - 1) / 2; i++)
            {
                run[i] = run[^(i + 1)] = (ushort)(i + 1);
            }

            begin += run.Length;
        }
    }

    /// <summary>Lowers each distance to one step more than the nearer of two neighbour rows; outside remains 0.</summary>
    private static void Lower(Span<ushort> row, ReadOnlySpan<ushort> a, ReadOnlySpan<ushort> b)
    {
        var x = 0;
        ref var to = ref MemoryMarshal.GetReference(row);
        ref var first = ref MemoryMarshal.GetReference(a);
        ref var second = ref MemoryMarshal.GetReference(b);
        for (; x <= row.Length - Vector128<ushort>.Count; x += Vector128<ushort>.Count)
        {
            var nearer = Vector128.Min(Vector128.LoadUnsafe(ref first, (nuint)x), Vector128.LoadUnsafe(ref second, (nuint)x)) + Vector128<ushort>.One;
            Vector128.Min(Vector128.LoadUnsafe(ref to, (nuint)x), nearer).StoreUnsafe(ref to, (nuint)x);
        }

        for (; x < row.Length; x++)
        {
            row[x] = Math.Min(row[x], (ushort)(Math.Min(a[x], b[x]) + 1));
        }
    }
}
