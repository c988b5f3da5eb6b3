using System.Runtime.Intrinsics;

namespace Radiomics.Extraction;

/// <summary>Transforms along y and z at one frequency of x.</summary>
internal sealed class PlanePairs
{
    private const int Lanes = FourierTransform.Lanes;

    private readonly int _sizeY;
    private readonly int _sizeZ;
    private readonly int _depth;
    private readonly (int Y, int Z) _half;
    private readonly FourierTransform _alongY;
    private readonly FourierTransform[] _alongZ;

    // By slice (or frequency of z), then frequency of y, padded to whole vectors.
    private readonly int _width;
    private readonly double[][] _re;
    private readonly double[][] _im;
    private readonly double[] _weights;

    public PlanePairs(int lengthY, int lengthZ, int sizeY, int sizeZ)
    {
        (_sizeY, _sizeZ, _depth) = (sizeY, sizeZ, (sizeZ + Lanes - 1) / Lanes);
        _half = (lengthY / 2 + 1, lengthZ / 2 + 1);
        _alongY = new(lengthY);
        _alongZ = [new(lengthZ), new(lengthZ), new(lengthZ)];
        _width = (lengthY + 2 * Lanes - 1) / (2 * Lanes) * (2 * Lanes);
        var plane = _depth * Lanes * _width;
        _re = [new double[plane], new double[plane], new double[plane]];
        _im = [new double[plane], new double[plane], new double[plane]];
        _weights = new double[_half.Z * _width];
    }

    public PairSums Sum(int frequency, RowSpectra[] signals, double[] weights)
    {
        WeightsOf(frequency, weights);
        for (var signal = 0; signal < signals.Length; signal++)
        {
            TransformY(frequency, signals[signal], _re[signal], _im[signal]);
        }

        Vector256<double> total = default, products = default, squares = default;
        var length = _alongZ[0].Length;
        for (var y = 0; y < _alongY.Length; y += Lanes)
        {
            for (var signal = 0; signal < signals.Length; signal++)
            {
                TransformZ(y, _re[signal], _im[signal], _alongZ[signal]);
            }

            var (xr, xi) = (_alongZ[0].Re, _alongZ[0].Im);
            var (mr, mi) = (_alongZ[1].Re, _alongZ[1].Im);
            var (qr, qi) = (_alongZ[2].Re, _alongZ[2].Im);
            for (var z = 0; z < length; z++)
            {
                var w = Vector256.Create<double>(_weights.AsSpan(Math.Min(z, length - z) * _width + y, Lanes));
                total += w * (mr[z] * mr[z] + mi[z] * mi[z]);
                products += w * (xr[z] * xr[z] + xi[z] * xi[z]);
                squares += w * (qr[z] * mr[z] + qi[z] * mi[z]);
            }
        }

        return new(Vector256.Sum(total), Vector256.Sum(products), Vector256.Sum(squares));
    }

    /// <summary>The weights' transform at one frequency of x; lanes beyond the last frequency of y stay 0.</summary>
    private void WeightsOf(int frequency, double[] weights)
    {
        var (halfY, halfZ) = _half;
        var source = weights.AsSpan(frequency * halfY * halfZ, halfY * halfZ);
        Span<double> values = stackalloc double[2 * Lanes];
        for (var z = 0; z < halfZ; z += 2 * Lanes)
        {
            var lanes = Math.Min(2 * Lanes, halfZ - z);
            var (re, im) = (_alongY.Re, _alongY.Im);
            for (var y = 0; y < halfY; y++)
            {
                values.Clear();
                source.Slice(y * halfZ + z, lanes).CopyTo(values);
                var mirror = y == 0 ? 0 : _alongY.Length - y;
                re[y] = re[mirror] = Vector256.Create<double>(values[..Lanes]);
                im[y] = im[mirror] = Vector256.Create<double>(values[Lanes..]);
            }

            _alongY.Run();
            (re, im) = (_alongY.Re, _alongY.Im);
            for (var y = 0; y < _alongY.Length; y++)
            {
                re[y].CopyTo(values);
                im[y].CopyTo(values[Lanes..]);
                for (var lane = 0; lane < lanes; lane++)
                {
                    _weights[(z + lane) * _width + y] = values[lane];
                }
            }
        }

        // What rounding left in the lanes beyond at the frequency before; transformed again and again, it would grow.
        for (var z = 0; z < halfZ; z++)
        {
            _weights.AsSpan(z * _width + _alongY.Length, _width - _alongY.Length).Clear();
        }

        var along = _alongZ[0];
        for (var y = 0; y < _alongY.Length; y += 2 * Lanes)
        {
            var (re, im) = (along.Re, along.Im);
            for (var z = 0; z < halfZ; z++)
            {
                var mirror = z == 0 ? 0 : along.Length - z;
                re[z] = re[mirror] = Vector256.Create<double>(_weights.AsSpan(z * _width + y, Lanes));
                im[z] = im[mirror] = Vector256.Create<double>(_weights.AsSpan(z * _width + y + Lanes, Lanes));
            }

            along.Run();
            (re, im) = (along.Re, along.Im);
            for (var z = 0; z < halfZ; z++)
            {
                re[z].CopyTo(_weights.AsSpan(z * _width + y));
                im[z].CopyTo(_weights.AsSpan(z * _width + y + Lanes));
            }
        }
    }

    private void TransformY(int frequency, RowSpectra signal, double[] planeRe, double[] planeIm)
    {
        var (sizeY, depth) = (_sizeY, _depth);
        for (var z = 0; z < depth; z++)
        {
            var (re, im) = (_alongY.Re, _alongY.Im);
            for (var y = 0; y < sizeY; y++)
            {
                var from = (frequency * sizeY + y) * depth + z;
                (re[y], im[y]) = (signal.Re[from], signal.Im[from]);
            }

            re.AsSpan(sizeY).Clear();
            im.AsSpan(sizeY).Clear();
            _alongY.Run();
            Transpose(_alongY.Re, planeRe.AsSpan(z * Lanes * _width));
            Transpose(_alongY.Im, planeIm.AsSpan(z * Lanes * _width));
        }
    }

    /// <summary>Four lanes become four rows.</summary>
    private void Transpose(ReadOnlySpan<Vector256<double>> lanes, Span<double> rows)
    {
        var row0 = rows[.._width];
        var row1 = rows.Slice(_width, _width);
        var row2 = rows.Slice(2 * _width, _width);
        var row3 = rows.Slice(3 * _width, _width);
        for (var i = 0; i < lanes.Length; i++)
        {
            var lane = lanes[i];
            row0[i] = lane[0];
            row1[i] = lane[1];
            row2[i] = lane[2];
            row3[i] = lane[3];
        }
    }

    private void TransformZ(int y, double[] planeRe, double[] planeIm, FourierTransform transform)
    {
        var (re, im) = (transform.Re, transform.Im);
        var sizeZ = _sizeZ;
        for (var z = 0; z < sizeZ; z++)
        {
            re[z] = Vector256.Create<double>(planeRe.AsSpan(z * _width + y, Lanes));
            im[z] = Vector256.Create<double>(planeIm.AsSpan(z * _width + y, Lanes));
        }

        re.AsSpan(sizeZ).Clear();
        im.AsSpan(sizeZ).Clear();
        transform.Run();
    }
}
