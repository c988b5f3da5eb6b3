using System.Numerics.Tensors;

namespace Radiomics.Extraction;

/// <summary>
/// PyRadiomics' undecimated wavelets of any number of levels, in the volume or within slices, in double precision. Each level filters the approximation of the
/// one before by the same filters (not by wider ones, as a stationary transform would). Borders are periodic, an odd axis made even by its first voxel once,
/// before the first level.
/// </summary>
internal static class LevelledWavelet
{
    /// <summary>The sub-bands in the order of <see cref="PyRadiomicsNames"/>, in the layout of the domain's output box.</summary>
    /// <param name="domain">The image.</param>
    /// <param name="wavelet">Mother wavelet.</param>
    /// <param name="options">Which levels.</param>
    /// <param name="across">Axis across the slices; null: the volume is filtered.</param>
    /// <param name="responses">One map a band.</param>
    /// <param name="cancellation">Checked at each pass.</param>
    public static void Apply(
        FilterDomain domain, string wavelet, PyRadiomicsFilterSettings options, SliceAxis? across, ReadOnlySpan<double[]> responses, CancellationToken cancellation)
    {
        var taps = WaveletTaps.Of(wavelet);
        SliceAxis[] axes = [.. new[] { SliceAxis.X, SliceAxis.Y, SliceAxis.Z }.Where(axis => axis != across)];
        var levels = options.StartLevel + options.Levels;
        var run = new Run(taps, axes, domain.Output, cancellation);
        var approximation = Source(domain, taps.Low, axes, levels);
        for (var level = 0; level < options.StartLevel; level++)
        {
            approximation = run.Approximation(approximation);
        }

        var next = 0;
        for (var level = 1; level <= options.Levels; level++)
        {
            next += run.Level(approximation, isLast: level == options.Levels, responses[next..]);
            approximation = level < options.Levels ? run.Approximation(approximation) : approximation;
        }
    }

    /// <summary>The output box with the voxels around it that the filters of all levels reach; where that is a whole period, the period.</summary>
    private static Block Source(FilterDomain domain, Taps taps, SliceAxis[] axes, int levels)
    {
        var (box, size) = (domain.Output, domain.Size);
        var x = Indices(box.X, box.SizeX, size.X, SliceAxis.X);
        var y = Indices(box.Y, box.SizeY, size.Y, SliceAxis.Y);
        var z = Indices(box.Z, box.SizeZ, size.Z, SliceAxis.Z);
        var values = new double[checked(x.Map.Length * y.Map.Length * z.Map.Length)];
        var (to, voxels) = (0, domain.Intensities);
        foreach (var k in z.Map)
        {
            foreach (var j in y.Map)
            {
                var row = (k * size.Y + j) * size.X;
                foreach (var i in x.Map)
                {
                    values[to++] = voxels[row + i];
                }
            }
        }

        return new(values, x.Axis, y.Axis, z.Axis);

        (int[] Map, BlockAxis Axis) Indices(int start, int count, int length, SliceAxis axis)
        {
            if (!axes.Contains(axis))
            {
                return ([.. Enumerable.Range(start, count)], new(count, start, false));
            }

            var period = length + length % 2;
            var (first, all) = (start + levels * taps.First, count + levels * (taps.Count - 1));
            var isPeriod = all >= period;
            (first, all) = isPeriod ? (0, period) : (first, all);
            return (BorderRule.PeriodicEven.Map(length, first, all), new(all, first, isPeriod));
        }
    }

    /// <summary>How a block lies along an axis: its voxels, where in the image the first is, and whether it goes on from its start again.</summary>
    private readonly record struct BlockAxis(int Size, int First, bool IsPeriod);

    /// <summary>Voxels of a box, x fastest.</summary>
    private sealed record Block(double[] Values, BlockAxis X, BlockAxis Y, BlockAxis Z)
    {
        public BlockAxis Along(SliceAxis axis) => axis switch { SliceAxis.X => X, SliceAxis.Y => Y, _ => Z };

        public int Stride(SliceAxis axis) => axis switch { SliceAxis.X => 1, SliceAxis.Y => X.Size, _ => X.Size * Y.Size };

        public Block With(double[] values, SliceAxis axis, BlockAxis along) => axis switch
        {
            SliceAxis.X => new(values, along, Y, Z),
            SliceAxis.Y => new(values, X, along, Z),
            _ => new(values, X, Y, along),
        };
    }

    private sealed class Run((Taps Low, Taps High) taps, SliceAxis[] axes, VoxelBox output, CancellationToken cancellation)
    {
        public Block Approximation(Block block)
        {
            foreach (var axis in axes)
            {
                block = Filter(block, axis, taps.Low);
            }

            return block;
        }

        /// <summary>Writes the bands of one level; how many.</summary>
        public int Level(Block block, bool isLast, ReadOnlySpan<double[]> responses) => Bands(block, 0, isLast, responses);

        /// <summary>The bands that go on from a block filtered along the first axes: low before high, so that no pass is made twice and few blocks are held.</summary>
        private int Bands(Block block, int axis, bool withApproximation, ReadOnlySpan<double[]> responses)
        {
            if (axis == axes.Length)
            {
                Write(block, responses[0]);
                return 1;
            }

            var count = 0;
            if (withApproximation || axis < axes.Length - 1)
            {
                count = Bands(Filter(block, axes[axis], taps.Low), axis + 1, withApproximation, responses);
            }

            return count + Bands(Filter(block, axes[axis], taps.High), axis + 1, true, responses[count..]);
        }

        private Block Filter(Block block, SliceAxis axis, Taps filter)
        {
            cancellation.ThrowIfCancellationRequested();
            var (along, stride) = (block.Along(axis), block.Stride(axis));
            var to = along.IsPeriod ? along : along with { Size = along.Size - (filter.Count - 1), First = along.First - filter.First };
            var filtered = new double[block.Values.Length / along.Size * to.Size];

            // Runs of voxels with one index along the axis lie together: of x one voxel, of y a row, of z a slice.
            var outer = block.Values.Length / (along.Size * stride);
            for (var o = 0; o < outer; o++)
            {
                var from = block.Values.AsSpan(o * along.Size * stride, along.Size * stride);
                var result = filtered.AsSpan(o * to.Size * stride, to.Size * stride);
                for (var t = 0; t < filter.Count; t++)
                {
                    if (along.IsPeriod)
                    {
                        var shift = ((filter.First + t) % along.Size + along.Size) % along.Size * stride;
                        TensorPrimitives.MultiplyAdd(from[shift..], filter.Exact[t], result[..^shift], result[..^shift]);
                        TensorPrimitives.MultiplyAdd(from[..shift], filter.Exact[t], result[^shift..], result[^shift..]);
                    }
                    else
                    {
                        TensorPrimitives.MultiplyAdd(from.Slice(t * stride, result.Length), filter.Exact[t], result, result);
                    }
                }
            }

            return block.With(filtered, axis, to);
        }

        private void Write(Block block, double[] response)
        {
            var (x, y, z) = (output.X - block.X.First, output.Y - block.Y.First, output.Z - block.Z.First);
            for (var k = 0; k < output.SizeZ; k++)
            {
                for (var j = 0; j < output.SizeY; j++)
                {
                    var row = block.Values.AsSpan(((z + k) * block.Y.Size + y + j) * block.X.Size + x, output.SizeX);
                    row.CopyTo(response.AsSpan((k * output.SizeY + j) * output.SizeX));
                }
            }
        }
    }
}
