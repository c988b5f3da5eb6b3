using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Radiomics.Extraction;

/// <summary>
/// Finds zones by union-find in one sweep: voxels of one grey level that touch, if only by a corner, are linked (26- or, within slices, 8-connected).
/// Only the labels of two slices are kept; sizes and distances gather at the labels.
/// </summary>
internal sealed class ZoneLabelling
{
    private const int InSlice = 4;
    private const int Itself = 1 << 13;

    /// <summary>The neighbours that a sweep has met before, (x, y, z); a set of them is a number with a bit each. The first <see cref="InSlice"/> lie in the same slice.</summary>
    private static readonly (int X, int Y, int Z)[] Earlier =
    [
        (-1, 0, 0), (-1, -1, 0), (0, -1, 0), (1, -1, 0),
        (-1, -1, -1), (0, -1, -1), (1, -1, -1), (-1, 0, -1), (0, 0, -1), (1, 0, -1), (-1, 1, -1), (0, 1, -1), (1, 1, -1),
    ];

    /// <summary>
    /// Which neighbours of a set need to be joined: earlier ones of one grey level that touch each other are in one zone already, so one of each
    /// group is enough.
    /// </summary>
    private static readonly ushort[] Needed = FindNeeded();

    private readonly GreyLevelGrid _grid;
    private readonly ushort[]? _borderDistances;
    private readonly bool _bySlice;
    private readonly int[] _memory;
    private int _count;

    private ZoneLabelling(GreyLevelGrid grid, ushort[]? borderDistances, bool bySlice)
    {
        (_grid, _borderDistances, _bySlice) = (grid, borderDistances, bySlice);
        _memory = ArrayPool<int>.Shared.Rent(checked((grid.VoxelCount + 1) * (Unsafe.SizeOf<Label>() / sizeof(int))));
    }

    /// <summary>The first label; the others follow. A pool of their own type would have to be compiled in every process.</summary>
    private ref Label Labels => ref Unsafe.As<int, Label>(ref MemoryMarshal.GetArrayDataReference(_memory));

    /// <summary>Finds all zones.</summary>
    /// <param name="grid">The grey levels.</param>
    /// <param name="borderDistances">Distance of each voxel from the border, in the layout of the ROI's box without padding; null if it isn't wanted.</param>
    /// <param name="bySlice">Whether voxels of different slices are never linked.</param>
    public static ZoneList Find(GreyLevelGrid grid, ushort[]? borderDistances, bool bySlice)
    {
        var labelling = new ZoneLabelling(grid, borderDistances, bySlice);
        var zones = labelling.Collect(labelling.Sweep());
        ArrayPool<int>.Shared.Return(labelling._memory);
        return zones;
    }

    /// <summary>Labels all voxels; returns the number of labels before each slice, and of all.</summary>
    private int[] Sweep()
    {
        var planes = ArrayPool<int>.Shared.Rent(2 * _grid.StrideZ);
        var links = new ushort[_grid.SizeX + Vector128<ushort>.Count];
        var noDistances = new ushort[_grid.SizeX];
        Span<int> steps = stackalloc int[Earlier.Length + 1];
        steps[^1] = 0;
        Span<int> offsets = stackalloc int[_bySlice ? InSlice : Earlier.Length];
        for (var i = 0; i < offsets.Length; i++)
        {
            offsets[i] = Earlier[i].X + Earlier[i].Y * _grid.StrideY + Earlier[i].Z * _grid.StrideZ;
        }

        var starts = new int[_grid.SizeZ + 1];
        for (var z = 0; z < _grid.SizeZ; z++)
        {
            starts[z] = _count;
            var plane = (z & 1) * _grid.StrideZ;
            var otherPlane = _grid.StrideZ - 2 * plane;
            for (var i = 0; i < Earlier.Length; i++)
            {
                steps[i] = Earlier[i].X + Earlier[i].Y * _grid.StrideY - Earlier[i].Z * otherPlane;
            }

            for (var y = 0; y < _grid.SizeY; y++)
            {
                var at = _grid.IndexOf(0, y, z);
                var ranks = _grid.Ranks.AsSpan(at, _grid.SizeX);
                var first = ranks.IndexOfAnyExcept((ushort)0);
                if (first < 0)
                {
                    continue;
                }

                ranks = ranks[first..(ranks.LastIndexOfAnyExcept((ushort)0) + 1)];
                FindLinks(at + first, ranks.Length, offsets, links);
                var start = plane + (y + _grid.Padding) * _grid.StrideY + _grid.Padding + first;
                var distances = (_borderDistances ?? noDistances).AsSpan(_borderDistances is null ? 0 : (z * _grid.SizeY + y) * _grid.SizeX + first, ranks.Length);
                LabelRow(ranks, distances, links, ref planes[start], steps);
            }
        }

        starts[^1] = _count;
        ArrayPool<int>.Shared.Return(planes);
        return starts;
    }

    /// <summary>Which earlier neighbours have a voxel's grey level, eight voxels of a row at once; the first neighbour is the lowest bit.</summary>
    private void FindLinks(int at, int count, ReadOnlySpan<int> offsets, ushort[] links)
    {
        ref var ranks = ref MemoryMarshal.GetArrayDataReference(_grid.Ranks);
        for (var x = 0; x < count; x += Vector128<ushort>.Count)
        {
            ref var row = ref Unsafe.Add(ref ranks, at + x);
            var center = Vector128.LoadUnsafe(ref row);
            var set = Vector128<ushort>.Zero;
            for (var i = offsets.Length - 1; i >= 0; i--)
            {
                // Makes room for a bit and sets it: true is −1.
                set = set + set - Vector128.Equals(center, Vector128.LoadUnsafe(ref Unsafe.Add(ref row, offsets[i])));
            }

            set.CopyTo(links, x);
        }
    }

    /// <summary>
    /// Gives a row its labels, which lie from <paramref name="labels"/> on, those of the earlier neighbours by <paramref name="steps"/> from there. A voxel
    /// first gets the next new label; only if no neighbour's takes its place is that used up. So this common and unforeseeable case is no branch.
    /// </summary>
    private void LabelRow(ReadOnlySpan<ushort> ranks, ReadOnlySpan<ushort> distances, ReadOnlySpan<ushort> links, ref int labels, ReadOnlySpan<int> steps)
    {
        ref var all = ref Labels;
        ref var needed = ref MemoryMarshal.GetArrayDataReference(Needed);
        ref var step = ref MemoryMarshal.GetReference(steps);
        var next = _count;
        for (var x = 0; x < ranks.Length; x++)
        {
            var rank = ranks[x];
            if (rank == 0)
            {
                continue;
            }

            ref var label = ref Unsafe.Add(ref labels, x);
            label = next;
            Unsafe.Add(ref all, next) = new() { Parent = next, Size = 0, Distance = ushort.MaxValue, Rank = rank };
            int set = Unsafe.Add(ref needed, links[x]);
            var root = RootOf(ref all, Unsafe.Add(ref label, Unsafe.Add(ref step, BitOperations.TrailingZeroCount(set | Itself))));
            next += (set - 1) >>> 31;
            for (set &= set - 1; set > 0; set &= set - 1)
            {
                var other = RootOf(ref all, Unsafe.Add(ref label, Unsafe.Add(ref step, BitOperations.TrailingZeroCount(set))));
                var first = Math.Min(root, other);
                Unsafe.Add(ref all, root).Parent = first;
                Unsafe.Add(ref all, other).Parent = first;
                root = first;
            }

            ref var zone = ref Unsafe.Add(ref all, root);
            zone.Size++;
            zone.Distance = Math.Min(zone.Distance, distances[x]);
            label = root;
        }

        _count = next;
    }

    /// <summary>The smallest label of a label's zone so far; halves the way for the next time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int RootOf(ref Label all, int label)
    {
        for (var parent = Unsafe.Add(ref all, label).Parent; parent != label; parent = Unsafe.Add(ref all, label).Parent)
        {
            label = Unsafe.Add(ref all, label).Parent = Unsafe.Add(ref all, parent).Parent;
        }

        return label;
    }

    /// <summary>Adds up the labels of each zone and lists the zones of each slice, or all.</summary>
    private ZoneList Collect(int[] sliceStarts)
    {
        ref var all = ref Labels;
        var count = 0;
        for (var i = 0; i < _count; i++)
        {
            ref var label = ref Unsafe.Add(ref all, i);
            if (label.Parent == i)
            {
                count++;
                continue;
            }

            // A parent is smaller, so it has its own root already.
            label.Parent = Unsafe.Add(ref all, label.Parent).Parent;
            ref var zone = ref Unsafe.Add(ref all, label.Parent);
            zone.Size += label.Size;
            zone.Distance = Math.Min(zone.Distance, label.Distance);
        }

        var (ranks, sizes, distances) = (new ushort[count], new int[count], new int[count]);
        var (starts, voxels) = (new List<int>(), new List<int>());
        var found = 0;
        var begin = 0;
        foreach (var end in _bySlice ? sliceStarts.AsSpan(1) : [_count])
        {
            if (end == begin)
            {
                continue;
            }

            starts.Add(found);
            var inside = 0;
            for (; begin < end; begin++)
            {
                ref var label = ref Unsafe.Add(ref all, begin);
                if (label.Parent == begin)
                {
                    (ranks[found], sizes[found], distances[found]) = (label.Rank, label.Size, label.Distance);
                    inside += label.Size;
                    found++;
                }
            }

            voxels.Add(inside);
        }

        CountedItems Items(int[] columns) => new()
        {
            Levels = _grid.Levels,
            Ranks = ranks,
            Columns = columns,
            Starts = [.. starts, found],
            VoxelCounts = [.. voxels],
        };
        return new() { Sizes = Items(sizes), Distances = _borderDistances is null ? null : Items(distances) };
    }

    private static ushort[] FindNeeded()
    {
        Span<int> touching = stackalloc int[Earlier.Length];
        for (var i = 0; i < touching.Length; i++)
        {
            for (var k = 0; k < touching.Length; k++)
            {
                var (a, b) = (Earlier[i], Earlier[k]);
                touching[i] |= Math.Abs(a.X - b.X) <= 1 && Math.Abs(a.Y - b.Y) <= 1 && Math.Abs(a.Z - b.Z) <= 1 ? 1 << k : 0;
            }
        }

        var needed = new ushort[1 << Earlier.Length];
        for (var set = 1; set < needed.Length; set++)
        {
            for (var rest = set; rest != 0;)
            {
                var one = rest & -rest;
                needed[set] |= (ushort)one;
                for (var group = one; group != 0;)
                {
                    var member = BitOperations.TrailingZeroCount(group);
                    rest &= ~(1 << member);
                    group = (group | touching[member]) & rest;
                }
            }
        }

        return needed;
    }

    /// <summary>What is known of the voxels with a label. Its parent is itself or a smaller label; the zone's is that of its first voxel.</summary>
    private struct Label
    {
        public int Parent;
        public int Size;
        public ushort Distance;
        public ushort Rank;
    }
}
