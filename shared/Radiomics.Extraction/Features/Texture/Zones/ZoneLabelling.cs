using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Radiomics.Extraction;

/// <summary>
/// Finds zones by union-find in one sweep: voxels of one grey level that touch, if only by a corner, are linked (26- or, within slices, 8-connected).
/// Only the labels of two slices are kept; sizes and distances gather at the labels.
/// </summary>
internal sealed class ZoneLabelling
{
    /// <summary>The neighbours that a sweep has met before, (x, y, z); a set of them is a number with a bit each. The first four lie in the same slice.</summary>
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

    // By label. A label's parent is itself or a smaller label: that of the zone's first voxel is the zone's.
    private readonly int[] _parents;
    private readonly int[] _sizes;
    private readonly int[] _distances;
    private readonly ushort[] _ranks;
    private int _labels;

    private ZoneLabelling(GreyLevelGrid grid, ushort[]? borderDistances, bool bySlice)
    {
        (_grid, _borderDistances, _bySlice) = (grid, borderDistances, bySlice);
        _parents = ArrayPool<int>.Shared.Rent(grid.VoxelCount);
        _sizes = ArrayPool<int>.Shared.Rent(grid.VoxelCount);
        _distances = ArrayPool<int>.Shared.Rent(borderDistances is null ? 0 : grid.VoxelCount);
        _ranks = ArrayPool<ushort>.Shared.Rent(grid.VoxelCount);
    }

    /// <summary>Finds all zones.</summary>
    /// <param name="grid">The grey levels.</param>
    /// <param name="borderDistances">Distance of each voxel from the border, in the layout of the ROI's box without padding; null if it isn't wanted.</param>
    /// <param name="bySlice">Whether voxels of different slices are never linked.</param>
    public static ZoneList Find(GreyLevelGrid grid, ushort[]? borderDistances, bool bySlice)
    {
        var labelling = new ZoneLabelling(grid, borderDistances, bySlice);
        var zones = labelling.Collect(labelling.Sweep());
        ArrayPool<int>.Shared.Return(labelling._parents);
        ArrayPool<int>.Shared.Return(labelling._sizes);
        ArrayPool<int>.Shared.Return(labelling._distances);
        ArrayPool<ushort>.Shared.Return(labelling._ranks);
        return zones;
    }

    /// <summary>Labels all voxels; returns the number of labels before each slice, and of all.</summary>
    private int[] Sweep()
    {
        var planes = ArrayPool<int>.Shared.Rent(2 * _grid.StrideZ);
        var links = new ushort[_grid.SizeX + Vector128<ushort>.Count];
        Span<int> steps = stackalloc int[Earlier.Length];
        var starts = new int[_grid.SizeZ + 1];
        for (var z = 0; z < _grid.SizeZ; z++)
        {
            starts[z] = _labels;
            var plane = (z & 1) * _grid.StrideZ;
            var otherPlane = _grid.StrideZ - 2 * plane;
            for (var i = 0; i < steps.Length; i++)
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

                var end = ranks.LastIndexOfAnyExcept((ushort)0) + 1;
                FindLinks(at, first, end, links);
                var labels = planes.AsSpan(0, 2 * _grid.StrideZ);
                LabelRow(ranks[..end], first, links, labels, plane + (y + _grid.Padding) * _grid.StrideY + _grid.Padding, steps, (z * _grid.SizeY + y) * _grid.SizeX);
            }
        }

        starts[^1] = _labels;
        ArrayPool<int>.Shared.Return(planes);
        return starts;
    }

    /// <summary>Which earlier neighbours have a voxel's grey level, eight voxels of a row at once.</summary>
    private void FindLinks(int at, int first, int end, ushort[] links)
    {
        var count = _bySlice ? 4 : Earlier.Length;
        Span<int> offsets = stackalloc int[count];
        for (var i = 0; i < count; i++)
        {
            offsets[i] = Earlier[i].X + Earlier[i].Y * _grid.StrideY + Earlier[i].Z * _grid.StrideZ;
        }

        ref var ranks = ref MemoryMarshal.GetArrayDataReference(_grid.Ranks);
        for (var x = first; x < end; x += Vector128<ushort>.Count)
        {
            var center = Vector128.LoadUnsafe(ref ranks, (nuint)(at + x));
            var set = Vector128<ushort>.Zero;
            for (var i = 0; i < offsets.Length; i++)
            {
                set |= Vector128.Equals(center, Vector128.LoadUnsafe(ref ranks, (nuint)(at + x + offsets[i]))) & Vector128.Create((ushort)(1 << i));
            }

            set.CopyTo(links, x);
        }
    }

    private void LabelRow(
        ReadOnlySpan<ushort> ranks, int first, ushort[] links, Span<int> labels, int labelAt, ReadOnlySpan<int> steps, int boxAt)
    {
        for (var x = first; x < ranks.Length; x++)
        {
            if (ranks[x] == 0)
            {
                continue;
            }

            int set = Needed[links[x]];
            int label;
            if (set == 0)
            {
                label = _labels++;
                _parents[label] = label;
                _sizes[label] = 1;
                _ranks[label] = ranks[x];
                if (_borderDistances is not null)
                {
                    _distances[label] = _borderDistances[boxAt + x];
                }
            }
            else
            {
                label = RootOf(labels[labelAt + x + steps[BitOperations.TrailingZeroCount(set)]]);
                for (set &= set - 1; set != 0; set &= set - 1)
                {
                    label = Join(label, RootOf(labels[labelAt + x + steps[BitOperations.TrailingZeroCount(set)]]));
                }

                _sizes[label]++;
                if (_borderDistances is not null)
                {
                    _distances[label] = Math.Min(_distances[label], _borderDistances[boxAt + x]);
                }
            }

            labels[labelAt + x] = label;
        }
    }

    private int RootOf(int label)
    {
        var parents = _parents;
        while (parents[label] != label)
        {
            parents[label] = parents[parents[label]];
            label = parents[label];
        }

        return label;
    }

    private int Join(int a, int b)
    {
        var root = Math.Min(a, b);
        _parents[a] = root;
        _parents[b] = root;
        return root;
    }

    /// <summary>Adds up the labels of each zone and lists the zones of each slice, or all.</summary>
    private ZoneList Collect(int[] sliceStarts)
    {
        var count = 0;
        for (var label = 0; label < _labels; label++)
        {
            if (_parents[label] == label)
            {
                count++;
                continue;
            }

            // A parent is smaller, so it has its own root already.
            var root = _parents[label] = _parents[_parents[label]];
            _sizes[root] += _sizes[label];
            if (_borderDistances is not null)
            {
                _distances[root] = Math.Min(_distances[root], _distances[label]);
            }
        }

        var ranks = new ushort[count];
        var sizes = new int[count];
        var distances = new int[_borderDistances is null ? 0 : count];
        var (starts, voxels) = (new List<int>(), new List<int>());
        var zone = 0;
        ReadOnlySpan<int> ends = _bySlice ? sliceStarts.AsSpan(1) : [_labels];
        var begin = 0;
        foreach (var end in ends)
        {
            var inside = 0;
            if (end > begin)
            {
                starts.Add(zone);
            }

            for (var label = begin; label < end; label++)
            {
                if (_parents[label] == label)
                {
                    (ranks[zone], sizes[zone]) = (_ranks[label], _sizes[label]);
                    inside += _sizes[label];
                    if (distances.Length > 0)
                    {
                        distances[zone] = _distances[label];
                    }

                    zone++;
                }
            }

            if (end > begin)
            {
                voxels.Add(inside);
            }

            begin = end;
        }

        CountedItems Items(int[] columns) => new()
        {
            Levels = _grid.Levels,
            Ranks = ranks,
            Columns = columns,
            Starts = [.. starts, zone],
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
}
