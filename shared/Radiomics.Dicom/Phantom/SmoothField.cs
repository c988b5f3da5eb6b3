using Radiomics.Extraction;

namespace Radiomics.Dicom.Phantom;

/// <summary>
/// A Gaussian random field of mean 0 and variance 1 whose values are correlated over about <c>length</c> mm: white noise on a lattice of
/// that spacing under a quadratic B-spline.
/// </summary>
internal sealed class SmoothField
{
    // The spline averages the lattice: ∫B₂² = 11/20 along each axis.
    private static readonly float s_normalise = (float)Math.Pow(11.0 / 20.0, -1.5);

    // Covers every body: ±210 mm in the slice, ±120 mm along the body; beyond that the last values are repeated.
    private const double ExtentXy = 210;
    private const double ExtentZ = 120;

    private readonly double _length;
    private readonly int _sizeXy;
    private readonly int _sizeZ;
    private readonly float[] _lattice;

    /// <summary>Draws a field.</summary>
    public SmoothField(CounterRandom random, double length)
    {
        _length = length;
        _sizeXy = (int)Math.Ceiling(2 * ExtentXy / length) + 4;
        _sizeZ = (int)Math.Ceiling(2 * ExtentZ / length) + 4;
        _lattice = new float[_sizeXy * _sizeXy * _sizeZ];
        for (var n = 0; n < _lattice.Length; n += 4)
        {
            var (a, b, c, d) = random.FourNormals((ulong)n);
            for (var m = 0; m < Math.Min(4, _lattice.Length - n); m++)
            {
                _lattice[n + m] = s_normalise * (m switch { 0 => a, 1 => b, 2 => c, _ => d });
            }
        }
    }

    /// <summary>The field along a row of voxels at (x0 + i·dx, y, z), mm.</summary>
    public void FillRow(double x0, double dx, double y, double z, Span<float> row)
    {
        Span<float> line = stackalloc float[_sizeXy];
        var (yCell, yWeights) = Locate(y, ExtentXy, _sizeXy);
        var (zCell, zWeights) = Locate(z, ExtentZ, _sizeZ);
        line.Clear();
        for (var c = 0; c < 3; c++)
        {
            for (var b = 0; b < 3; b++)
            {
                var weight = zWeights[c] * yWeights[b];
                var source = _lattice.AsSpan(((zCell + c) * _sizeXy + yCell + b) * _sizeXy, _sizeXy);
                for (var a = 0; a < line.Length; a++)
                {
                    line[a] += weight * source[a];
                }
            }
        }

        for (var i = 0; i < row.Length; i++)
        {
            var (cell, weights) = Locate(x0 + i * dx, ExtentXy, _sizeXy);
            row[i] = weights.A * line[cell] + weights.B * line[cell + 1] + weights.C * line[cell + 2];
        }
    }

    private (int Cell, Weights Weights) Locate(double position, double extent, int size)
    {
        var t = Math.Clamp((position + extent) / _length, 0, size - 4) + 1;
        var nearest = (int)(t + 0.5);
        var u = (float)(t - nearest);
        return (nearest - 1, new(0.5f * (0.5f - u) * (0.5f - u), 0.75f - u * u, 0.5f * (0.5f + u) * (0.5f + u)));
    }

    private readonly record struct Weights(float A, float B, float C)
    {
        public float this[int index] => index switch { 0 => A, 1 => B, _ => C };
    }
}
