using System.Buffers;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace Radiomics.Extraction;

/// <summary>Grey level run length matrices by direction (IBSI manual 3.7): how often grey level i stands in a row of exactly j voxels of the ROI.</summary>
internal static class RunLengthMatrices
{
    /// <summary>Run counts of all directions together are held densely up to so many.</summary>
    private const int DenseCells = 1 << 20;

    /// <summary>A matrix for each step, of the runs within slices <paramref name="fromSlice"/> … <paramref name="toSlice"/> − 1 of the ROI's box.</summary>
    /// <param name="grid">The grey levels, padded by at least one voxel.</param>
    /// <param name="steps">Directions; of less than the whole volume only those within a slice.</param>
    /// <param name="fromSlice">First slice.</param>
    /// <param name="toSlice">First slice after them.</param>
    public static DirectionalMatrix[] Count(GreyLevelGrid grid, ReadOnlySpan<Step> steps, int fromSlice, int toSlice)
    {
        var longest = Math.Max(Math.Max(grid.SizeX, grid.SizeY), toSlice - fromSlice);
        var dense = (long)steps.Length * (grid.Levels.Length + 1) * (longest + 1) <= DenseCells;
        return Count(grid, steps, fromSlice, toSlice, dense ? longest + 1 : 0);
    }

    /// <summary>
    /// Every voxel belongs to one run in each direction, so only runs of two or more are looked for, and the voxels that are left are the runs of one. Such a
    /// run is found at its last voxel (equal to the one before, different from the one after: eight voxels at a time) and measured by walking back.
    /// </summary>
    /// <param name="grid">The grey levels.</param>
    /// <param name="steps">Directions.</param>
    /// <param name="fromSlice">First slice.</param>
    /// <param name="toSlice">First slice after them.</param>
    /// <param name="width">Columns of a dense matrix, more than the longest run; 0 to collect the runs in lists and sort them.</param>
    internal static unsafe DirectionalMatrix[] Count(GreyLevelGrid grid, ReadOnlySpan<Step> steps, int fromSlice, int toSlice, int width)
    {
        var (from, to) = (grid.IndexOf(0, 0, fromSlice), grid.IndexOf(grid.SizeX - 1, grid.SizeY - 1, toSlice - 1) + 1);
        var offsets = new int[steps.Length];
        for (var d = 0; d < offsets.Length; d++)
        {
            offsets[d] = steps[d].IndexOffset(grid);
        }

        var runs = new Runs(grid.Levels.Length, steps.Length, width);
        fixed (ushort* voxels = grid.Ranks)
        fixed (int* distances = offsets)
        {
            var i = from;
            for (; i <= to - Vector128<ushort>.Count; i += Vector128<ushort>.Count)
            {
                var here = Vector128.Load(voxels + i);
                if (here == Vector128<ushort>.Zero)
                {
                    continue;
                }

                var outside = Vector128.Equals(here, Vector128<ushort>.Zero);
                for (var d = 0; d < offsets.Length; d++)
                {
                    var before = Vector128.Load(voxels + i - distances[d]);
                    var after = Vector128.Load(voxels + i + distances[d]);
                    var ends = Vector128.AndNot(Vector128.Equals(here, before), Vector128.Equals(here, after) | outside);
                    // Two bits a voxel, of which one is enough.
                    for (var bits = ends.AsByte().ExtractMostSignificantBits() & 0x5555; bits != 0; bits &= bits - 1)
                    {
                        runs.Add(d, voxels + i + BitOperations.TrailingZeroCount(bits) / 2, distances[d]);
                    }
                }
            }

            for (; i < to; i++)
            {
                for (var d = 0; d < offsets.Length && voxels[i] != 0; d++)
                {
                    if (voxels[i] == voxels[i - distances[d]] && voxels[i] != voxels[i + distances[d]])
                    {
                        runs.Add(d, voxels + i, distances[d]);
                    }
                }
            }
        }

        return runs.ToMatrices(grid.Ranks.AsSpan(from, to - from));
    }

    /// <summary>The runs of two and more voxels so far.</summary>
    private sealed unsafe class Runs
    {
        private readonly int _levels;
        private readonly int _directions;
        private readonly int _width;
        private readonly int[] _counts = [];
        private readonly List<long>[] _lists = [];
        private int _longest = 1;

        public Runs(int levels, int directions, int width)
        {
            (_levels, _directions, _width) = (levels, directions, width);
            if (width > 0)
            {
                _counts = ArrayPool<int>.Shared.Rent(directions * (levels + 1) * width);
                _counts.AsSpan(0, directions * (levels + 1) * width).Clear();
            }
            else
            {
                _lists = new List<long>[directions];
                for (var d = 0; d < directions; d++)
                {
                    _lists[d] = [];
                }
            }
        }

        /// <summary>Counts the run that ends at <paramref name="last"/>.</summary>
        public void Add(int direction, ushort* last, int distance)
        {
            int level = *last;
            var length = 2;
            for (var voxel = last - 2 * distance; *voxel == level; voxel -= distance)
            {
                length++;
            }

            if (_width > 0)
            {
                _counts[(direction * (_levels + 1) + level) * _width + length]++;
                _longest = Math.Max(_longest, length);
            }
            else
            {
                _lists[direction].Add(((long)level << 32) | (uint)length);
            }
        }

        /// <summary>The matrices, completed by the runs of one voxel.</summary>
        public DirectionalMatrix[] ToMatrices(ReadOnlySpan<ushort> ranks)
        {
            var voxels = new int[_levels + 1];
            var inside = 0;
            foreach (var rank in ranks)
            {
                if (rank != 0)
                {
                    voxels[rank]++;
                    inside++;
                }
            }

            var result = new DirectionalMatrix[_directions];
            var cells = new Cells(_width > 0 ? Math.Min(inside, _levels * _longest) : inside);
            for (var d = 0; d < _directions; d++)
            {
                if (_width > 0)
                {
                    GatherDense(d, voxels, cells);
                }
                else
                {
                    GatherSparse(_lists[d], voxels, cells);
                }

                result[d] = cells.Take(inside);
            }

            cells.Return();
            if (_width > 0)
            {
                ArrayPool<int>.Shared.Return(_counts);
            }

            return result;
        }

        private void GatherDense(int direction, int[] voxels, Cells cells)
        {
            for (var level = 1; level <= _levels; level++)
            {
                var counts = _counts.AsSpan((direction * (_levels + 1) + level) * _width, _longest + 1);
                var single = voxels[level];
                for (var length = 2; length < counts.Length; length++)
                {
                    single -= length * counts[length];
                }

                counts[1] = single;
                for (var length = 1; length < counts.Length; length++)
                {
                    if (counts[length] > 0)
                    {
                        cells.Add(level, length, counts[length]);
                    }
                }
            }
        }

        private void GatherSparse(List<long> runs, int[] voxels, Cells cells)
        {
            runs.Sort();
            var next = 0;
            for (var level = 1; level <= _levels; level++)
            {
                var first = next;
                var single = voxels[level];
                for (; next < runs.Count && runs[next] >> 32 == level; next++)
                {
                    single -= (int)runs[next];
                }

                if (single > 0)
                {
                    cells.Add(level, 1, single);
                }

                while (first < next)
                {
                    var end = first + 1;
                    while (end < next && runs[end] == runs[first])
                    {
                        end++;
                    }

                    cells.Add(level, (int)runs[first], end - first);
                    first = end;
                }
            }
        }
    }
}
