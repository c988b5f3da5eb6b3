using System.Numerics.Tensors;

namespace Radiomics.Extraction;

/// <summary>First level of the undecimated wavelet transform within slices (<see cref="WaveletFilter"/> is the one in the volume), borders periodic.</summary>
internal static class PlaneWavelet
{
    /// <summary>The bands' letters: along the slices' first axis, then the second, in the order x, y, z.</summary>
    public static IReadOnlyList<string> Bands { get; } = ["LL", "LH", "HL", "HH"];

    /// <summary>All bands, in the layout of the domain's output box.</summary>
    /// <param name="domain">The image.</param>
    /// <param name="wavelet">Mother wavelet.</param>
    /// <param name="across">Axis across the slices.</param>
    public static Intensities[] Apply(FilterDomain domain, string wavelet, SliceAxis across)
    {
        var (low, high) = WaveletTaps.Of(wavelet);
        var first = across == SliceAxis.X ? SliceAxis.Y : SliceAxis.X;
        var second = across == SliceAxis.Z ? SliceAxis.Y : SliceAxis.Z;
        var source = Source(domain, low, across);
        var responses = new Intensities[Bands.Count];
        for (var band = 0; band < responses.Length; band++)
        {
            var one = Filter(source.Values, source.Box, first, band < 2 ? low : high);
            var both = Filter(one.Values, one.Box, second, band % 2 == 0 ? low : high);
            if (domain.Doubles is not null)
            {
                responses[band] = both.Values;
                continue;
            }

            var floats = new float[both.Values.Length];
            TensorPrimitives.ConvertTruncating<double, float>(both.Values, floats);
            responses[band] = floats;
        }

        return responses;
    }

    /// <summary>The output box with the voxels around it that the filters reach.</summary>
    private static (double[] Values, VoxelBox Box) Source(FilterDomain domain, Taps taps, SliceAxis across)
    {
        var (box, size) = (domain.Output, domain.Size);
        var x = Indices(box.X, box.SizeX, size.X, SliceAxis.X);
        var y = Indices(box.Y, box.SizeY, size.Y, SliceAxis.Y);
        var z = Indices(box.Z, box.SizeZ, size.Z, SliceAxis.Z);
        var values = new double[x.Length * y.Length * z.Length];
        var (to, voxels) = (0, domain.Intensities);
        foreach (var k in z)
        {
            foreach (var j in y)
            {
                var row = (k * size.Y + j) * size.X;
                foreach (var i in x)
                {
                    values[to++] = voxels[row + i];
                }
            }
        }

        return (values, new(0, 0, 0, x.Length, y.Length, z.Length));

        int[] Indices(int start, int count, int length, SliceAxis axis) => axis == across
            ? [.. Enumerable.Range(start, count)]
            : BorderRule.PeriodicEven.Map(length, start + taps.First, count + taps.Count - 1);
    }

    private static (double[] Values, VoxelBox Box) Filter(double[] values, VoxelBox box, SliceAxis axis, Taps taps)
    {
        var reach = taps.Count - 1;
        var (result, stride) = axis switch
        {
            SliceAxis.X => (box with { SizeX = box.SizeX - reach }, 1),
            SliceAxis.Y => (box with { SizeY = box.SizeY - reach }, box.SizeX),
            _ => (box with { SizeZ = box.SizeZ - reach }, box.SizeX * box.SizeY),
        };
        var filtered = new double[result.Count];
        for (var z = 0; z < result.SizeZ; z++)
        {
            for (var y = 0; y < result.SizeY; y++)
            {
                var row = filtered.AsSpan((z * result.SizeY + y) * result.SizeX, result.SizeX);
                var from = (z * box.SizeY + y) * box.SizeX;
                for (var tap = 0; tap < taps.Count; tap++)
                {
                    TensorPrimitives.MultiplyAdd(values.AsSpan(from + tap * stride, row.Length), taps.Exact[tap], row, row);
                }
            }
        }

        return (filtered, result);
    }
}
