using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>Counts the parts and holes of a mask. Rows are taken as runs of equal voxels, of which an ROI has few: linear in the voxels, and fast.</summary>
internal static class MaskTopology
{
    /// <summary>Voxels of each part; parts touch by faces, edges or corners.</summary>
    public static IReadOnlyList<long> Components(Mask mask)
    {
        var grid = mask.Geometry;
        var runs = new Runs();
        var rows = new (int From, int To)[grid.SizeY * grid.SizeZ];
        for (var row = 0; row < rows.Length; row++)
        {
            rows[row] = runs.AddRow(mask.Voxels.AsSpan(row * grid.SizeX, grid.SizeX), value: 1);
            var (y, z) = (row % grid.SizeY, row / grid.SizeY);
            Join(y > 0, row - 1);
            Join(z > 0 && y > 0, row - grid.SizeY - 1);
            Join(z > 0, row - grid.SizeY);
            Join(z > 0 && y < grid.SizeY - 1, row - grid.SizeY + 1);

            void Join(bool exists, int other)
            {
                if (exists)
                {
                    runs.Join(rows[other], rows[row], reach: 1);
                }
            }
        }

        return runs.Sizes();
    }

    /// <summary>Areas of 0 that can't be left within their slice by steps along rows and columns.</summary>
    public static int CountHoles(Mask mask)
    {
        var grid = mask.Geometry;
        if (MaskBounds.Of(mask) is not { } box)
        {
            return 0;
        }

        var count = 0;
        for (var k = box.FromZ; k <= box.ToZ; k++)
        {
            // A row above, a column left and right, and a row below the box make one outside of all that can be left.
            var runs = new Runs();
            var width = box.ToX - box.FromX + 3;
            var line = new byte[width];
            var before = runs.AddRow(line, value: 0);
            for (var j = box.FromY; j <= box.ToY; j++)
            {
                mask.Voxels.AsSpan((((k * grid.SizeY) + j) * grid.SizeX) + box.FromX, width - 2).CopyTo(line.AsSpan(1));
                var row = runs.AddRow(line, value: 0);
                runs.Join(before, row, reach: 0);
                before = row;
            }

            line.AsSpan().Clear();
            runs.Join(before, runs.AddRow(line, value: 0), reach: 0);
            count += runs.Sizes().Count - 1;
        }

        return count;
    }

    /// <summary>Runs of one value, and which of them hang together.</summary>
    private sealed class Runs
    {
        private readonly List<(int Start, int End)> _runs = [];
        private readonly List<int> _parents = [];

        /// <summary>Adds the runs of a row; returns their numbers, the end excluded.</summary>
        public (int From, int To) AddRow(ReadOnlySpan<byte> line, byte value)
        {
            var from = _runs.Count;
            for (var at = 0; at < line.Length;)
            {
                var start = line[at..].IndexOf(value);
                if (start < 0)
                {
                    break;
                }

                start += at;
                var length = line[start..].IndexOfAnyExcept(value);
                at = length < 0 ? line.Length : start + length;
                _parents.Add(_runs.Count);
                _runs.Add((start, at));
            }

            return (from, _runs.Count);
        }

        /// <summary>Joins runs of two rows that overlap, or come within <paramref name="reach"/> voxels of it.</summary>
        public void Join((int From, int To) above, (int From, int To) below, int reach)
        {
            for (var (a, b) = (above.From, below.From); a < above.To && b < below.To;)
            {
                if (_runs[a].Start < _runs[b].End + reach && _runs[b].Start < _runs[a].End + reach)
                {
                    var (rootA, rootB) = (Root(a), Root(b));
                    _parents[Math.Max(rootA, rootB)] = Math.Min(rootA, rootB);
                }

                if (_runs[a].End < _runs[b].End)
                {
                    a++;
                }
                else
                {
                    b++;
                }
            }
        }

        /// <summary>Voxels of each part.</summary>
        public IReadOnlyList<long> Sizes()
        {
            var sizes = new Dictionary<int, long>();
            for (var run = 0; run < _runs.Count; run++)
            {
                var root = Root(run);
                sizes[root] = sizes.GetValueOrDefault(root) + _runs[run].End - _runs[run].Start;
            }

            return [.. sizes.Values];
        }

        private int Root(int run)
        {
            while (_parents[run] != run)
            {
                run = _parents[run] = _parents[_parents[run]];
            }

            return run;
        }
    }
}
