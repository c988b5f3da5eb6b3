using System.Runtime.Intrinsics;

namespace Radiomics.Extraction;

/// <summary>All slices of one orientation: where they lie in the image, how they go on beyond its border, and the kernels' spectra.</summary>
internal sealed class GaborPlanes
{
    private readonly FilterDomain _domain;
    private readonly GaborOptions _filter;
    private readonly float _share;
    private readonly int[] _first;
    private readonly int[] _second;
    private readonly (int First, int Second) _step;
    private readonly (int First, int Second) _outputStep;
    private readonly (int First, int Second) _outputSize;
    private readonly KernelSpectrum[] _kernels;

    /// <param name="domain">The image.</param>
    /// <param name="border">Its continuation.</param>
    /// <param name="filter">What to compute.</param>
    /// <param name="first">Axis of the slices' rows.</param>
    /// <param name="second">Axis of their columns.</param>
    /// <param name="share">Factor of the responses.</param>
    public GaborPlanes(FilterDomain domain, BorderRule border, GaborOptions filter, int first, int second, float share)
    {
        (_domain, _filter, _share) = (domain, filter, share);
        var spacing = (First: Of(domain.Spacing, first), Second: Of(domain.Spacing, second));
        var reach = (First: 0, Second: 0);
        foreach (var theta in filter.Thetas)
        {
            var extent = new GaborKernel(filter.Sigma, filter.Wavelength, filter.Gamma, theta).Extent(spacing.First, spacing.Second);
            reach = (Math.Max(reach.First, extent.First), Math.Max(reach.Second, extent.Second));
        }

        var size = (domain.Size.X, domain.Size.Y, domain.Size.Z);
        var output = domain.Output;
        var (from, count) = ((output.X, output.Y, output.Z), (output.SizeX, output.SizeY, output.SizeZ));
        _outputSize = (Of(count, first), Of(count, second));
        _first = border.Map(Of(size, first), Of(from, first) - reach.First, _outputSize.First + 2 * reach.First);
        _second = border.Map(Of(size, second), Of(from, second) - reach.Second, _outputSize.Second + 2 * reach.Second);
        var steps = (1, size.X, size.X * size.Y);
        var outputSteps = (1, output.SizeX, output.SizeX * output.SizeY);
        _step = (Of(steps, first), Of(steps, second));
        _outputStep = (Of(outputSteps, first), Of(outputSteps, second));
        var transform = new PlaneTransform(_first.Length, _second.Length);
        _kernels = new KernelSpectrum[filter.Thetas.Count];
        for (var i = 0; i < _kernels.Length; i++)
        {
            _kernels[i] = KernelSpectrum.Of(
                new(filter.Sigma, filter.Wavelength, filter.Gamma, filter.Thetas[i]), spacing, reach, transform);
        }
    }

    /// <summary>Slices of the output across this axis.</summary>
    public int Count(int across) => Of((_domain.Output.SizeX, _domain.Output.SizeY, _domain.Output.SizeZ), across);

    /// <summary>What one thread needs.</summary>
    public Tool NewTool()
    {
        var transform = new PlaneTransform(_first.Length, _second.Length);
        return new(transform, transform.NewSpectrum(), new double[_first.Length * _second.Length], new float[_outputSize.First * _outputSize.Second]);
    }

    /// <summary>Adds this orientation's share of the response in one slice.</summary>
    public void AddSlice(int across, int slice, Tool tool, float[] response)
    {
        var o = _domain.Output;
        Read(tool.Voxels, (Of((o.X, o.Y, o.Z), across) + slice) * Of((1, _domain.Size.X, _domain.Size.X * _domain.Size.Y), across));
        tool.Transform.Forward(tool.Voxels, [], _first.Length, _first.Length, _second.Length, tool.Image);
        for (var i = 0; i < _kernels.Length; i++)
        {
            var isFirst = i == 0;
            tool.Transform.Convolve(
                tool.Image, _kernels[i], _outputSize.Second, (row, rows, re, im) => Pool(tool.Pooled.AsSpan(row * _outputSize.First), rows, re, im, isFirst));
        }

        var share = _filter.Pooling == RotationInvariance.Average ? _share / _kernels.Length : _share;
        var first = slice * Of((1, o.SizeX, o.SizeX * o.SizeY), across);
        for (var b = 0; b < _outputSize.Second; b++)
        {
            var pooled = tool.Pooled.AsSpan(b * _outputSize.First, _outputSize.First);
            var to = first + b * _outputStep.Second;
            for (var a = 0; a < pooled.Length; a++)
            {
                response[to + a * _outputStep.First] += share * pooled[a];
            }
        }
    }

    private void Read(double[] to, int slice)
    {
        for (var b = 0; b < _second.Length; b++)
        {
            var row = to.AsSpan(b * _first.Length, _first.Length);
            if (_second[b] < 0)
            {
                row.Clear();
                continue;
            }

            var from = slice + _second[b] * _step.Second;
            for (var a = 0; a < row.Length; a++)
            {
                row[a] = _first[a] < 0 ? 0 : _domain.Voxels[from + _first[a] * _step.First];
            }
        }
    }

    private void Pool(Span<float> pooled, int rows, Vector256<double>[] re, Vector256<double>[] im, bool isFirst)
    {
        var width = _outputSize.First;
        Span<double> lanes = stackalloc double[FourierTransform.Lanes];
        for (var a = 0; a < width; a++)
        {
            var part = _filter.Part switch
            {
                GaborResponse.Modulus => Vector256.Sqrt(re[a] * re[a] + im[a] * im[a]),
                GaborResponse.Real => re[a],
                _ => im[a],
            };
            part.CopyTo(lanes);
            for (var row = 0; row < rows; row++)
            {
                ref var to = ref pooled[row * width + a];
                var value = (float)lanes[row];
                to = isFirst ? value : _filter.Pooling switch
                {
                    RotationInvariance.Average => to + value,
                    RotationInvariance.Max => Math.Max(to, value),
                    _ => Math.Min(to, value),
                };
            }
        }
    }

    private static T Of<T>((T X, T Y, T Z) values, int axis) => axis switch { 0 => values.X, 1 => values.Y, _ => values.Z };

    /// <summary>Buffers of one thread.</summary>
    public sealed record Tool(PlaneTransform Transform, PlaneSpectrum Image, double[] Voxels, float[] Pooled);
}
