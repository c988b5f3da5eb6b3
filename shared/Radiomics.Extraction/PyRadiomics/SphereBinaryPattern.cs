using System.Numerics;

namespace Radiomics.Extraction;

/// <summary>
/// Local binary patterns on spheres, PyRadiomics' image type <c>LBP3D</c> (Banerjee et al., 2013): cubic spline samples on an icosphere around each voxel of the
/// ROI, 1 where they are at least as large as the voxel, else 0; the norms of that pattern's parts by degree of spherical harmonics, and the kurtosis of the samples.
/// </summary>
/// <remarks>
/// As there, and not what one would write down first: a point's x counts along the image's z and its z along x; the polar angle takes the azimuth's place in the
/// harmonics; and the norm is the root of the sum of squares, not of squared magnitudes, of which the real part is taken.
/// </remarks>
internal static class SphereBinaryPattern
{
    /// <summary>The norm of each degree, then the kurtosis, in the layout of the domain's output box; NaN where all samples are equal.</summary>
    /// <param name="domain">The image.</param>
    /// <param name="mask">The ROI in the output box.</param>
    /// <param name="options">Degrees, radius and subdivision.</param>
    /// <param name="type">The image's pixel type, to which samples are rounded.</param>
    /// <param name="responses">The maps.</param>
    /// <param name="cancellation">Checked at each row.</param>
    public static void Apply(
        FilterDomain domain, byte[] mask, PyRadiomicsFilterSettings options, PixelType type, ReadOnlySpan<double[]> responses, CancellationToken cancellation)
    {
        var points = Icosphere.Points(options.Lbp3DSubdivision, options.Lbp3DRadius);
        var block = new SplineBlock(domain, (int)Math.Ceiling(options.Lbp3DRadius));
        var stencils = Array.ConvertAll(points, point => block.At(point.Z, point.Y, point.X));
        var degrees = new Degree[options.Lbp3DLevels];
        for (var n = 0; n < degrees.Length; n++)
        {
            degrees[n] = new(n, points, options.Lbp3DRadius);
        }

        var (box, voxels) = (domain.Output, domain.Intensities);
        var samples = new double[points.Length];
        var resolution = type == PixelType.Float32 ? 1e-6 : 1e-15;
        for (var z = 0; z < box.SizeZ; z++)
        {
            for (var y = 0; y < box.SizeY; y++)
            {
                cancellation.ThrowIfCancellationRequested();
                for (var x = 0; x < box.SizeX; x++)
                {
                    var at = (z * box.SizeY + y) * box.SizeX + x;
                    if (mask[at] == 0)
                    {
                        continue;
                    }

                    var (i, j, k) = (box.X + x, box.Y + y, box.Z + z);
                    for (var s = 0; s < samples.Length; s++)
                    {
                        samples[s] = Rounded(stencils[s].Around(i, j, k), type);
                    }

                    var center = voxels[(k * domain.Size.Y + j) * domain.Size.X + i];
                    for (var n = 0; n < degrees.Length; n++)
                    {
                        responses[n][at] = degrees[n].Norm(samples, center);
                    }

                    responses[degrees.Length][at] = Kurtosis(samples, resolution);
                }
            }
        }
    }

    /// <summary>A sample as SciPy stores it: in the image's own type, whole numbers rounded half away from zero and kept within the type's range.</summary>
    private static double Rounded(double sample, PixelType type)
    {
        if (!type.IsInteger())
        {
            return type == PixelType.Float32 ? (float)sample : sample;
        }

        var (lowest, highest) = type.Range();
        return Math.Clamp(Math.Round(sample, MidpointRounding.AwayFromZero), lowest, highest);
    }

    /// <summary>Excess kurtosis, undefined where the samples' standard deviation is no more than that share of their mean.</summary>
    private static double Kurtosis(double[] samples, double resolution)
    {
        double mean = 0, second = 0, fourth = 0;
        foreach (var sample in samples)
        {
            mean += sample / samples.Length;
        }

        foreach (var sample in samples)
        {
            var square = (sample - mean) * (sample - mean);
            (second, fourth) = (second + square / samples.Length, fourth + square * square / samples.Length);
        }

        var rounding = resolution * mean;
        return second <= rounding * rounding ? double.NaN : fourth / (second * second) - 3;
    }

    /// <summary>The harmonics of one degree at the points, and the sums over all points of their products.</summary>
    private sealed class Degree
    {
        private readonly Complex[][] _harmonics;
        private readonly Complex[,] _products;

        public Degree(int n, Point3[] points, double radius)
        {
            _harmonics = new Complex[2 * n + 1][];
            for (var m = -n; m <= n; m++)
            {
                _harmonics[m + n] = Array.ConvertAll(
                    points, p => SphericalHarmonics.Of(m, n, Math.Acos(Math.Clamp(p.Z / radius, -1, 1)), Math.Cos(Math.Atan2(p.Y, p.X))));
            }

            _products = new Complex[_harmonics.Length, _harmonics.Length];
            for (var a = 0; a < _harmonics.Length; a++)
            {
                for (var b = 0; b < _harmonics.Length; b++)
                {
                    for (var p = 0; p < points.Length; p++)
                    {
                        _products[a, b] += _harmonics[a][p] * _harmonics[b][p];
                    }
                }
            }
        }

        public double Norm(double[] samples, double center)
        {
            Span<Complex> coefficients = stackalloc Complex[_harmonics.Length];
            coefficients.Clear();
            for (var m = 0; m < coefficients.Length; m++)
            {
                for (var p = 0; p < samples.Length; p++)
                {
                    if (samples[p] >= center)
                    {
                        coefficients[m] += _harmonics[m][p];
                    }
                }
            }

            var sum = Complex.Zero;
            for (var a = 0; a < coefficients.Length; a++)
            {
                for (var b = 0; b < coefficients.Length; b++)
                {
                    sum += coefficients[a] * coefficients[b] * _products[a, b];
                }
            }

            return Complex.Sqrt(sum).Real;
        }
    }
}
