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
    /// Two sweeps. A shortest way out first takes all its steps to lower indices, then all to higher ones, so one sweep forth and one back find it.
    /// Along y and z a row takes over what its neighbour row has in one go; only along x it is voxel by voxel.
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
                var before = y > 0 ? distances.AsSpan(at - sizeX, sizeX) : outside;
                var below = bySlice ? before : z > 0 ? distances.AsSpan(at - sizeX * sizeY, sizeX) : outside;
                StartRow(grid.Mask.AsSpan(at, sizeX), before, below, row);
                var left = 0;
                for (var x = 0; x < row.Length; x++)
                {
                    left = Math.Min(left + 1, row[x]);
                    row[x] = (ushort)left;
                }
            }
        }

        for (var z = sizeZ - 1; z >= 0; z--)
        {
            for (var y = sizeY - 1; y >= 0; y--)
            {
                var at = (z * sizeY + y) * sizeX;
                var row = distances.AsSpan(at, sizeX);
                var after = y < sizeY - 1 ? distances.AsSpan(at + sizeX, sizeX) : outside;
                var above = bySlice ? after : z < sizeZ - 1 ? distances.AsSpan(at + sizeX * sizeY, sizeX) : outside;
                Lower(row, after, above);
                var right = 0;
                for (var x = row.Length - 1; x >= 0; x--)
                {
                    right = Math.Min(right + 1, row[x]);
                    row[x] = (ushort)right;
                }
            }
        }

        return distances;
    }

    /// <summary>One step more than the nearer of two neighbour rows, where the mask is.</summary>
    private static void StartRow(ReadOnlySpan<byte> mask, ReadOnlySpan<ushort> a, ReadOnlySpan<ushort> b, Span<ushort> row)
    {
        for (var x = 0; x < row.Length; x++)
        {
            row[x] = (ushort)(mask[x] == 0 ? 0 : Math.Min(a[x], b[x]) + 1);
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
