using System.Numerics;

namespace Radiomics.Extraction;

/// <summary>Spherical harmonics Y of degree n and order m, orthonormal, with the phase of Condon and Shortley.</summary>
internal static class SphericalHarmonics
{
    /// <summary>Y at an azimuth, by the cosine of the polar angle.</summary>
    public static Complex Of(int m, int n, double azimuth, double cosine)
    {
        var order = Math.Abs(m);
        var ratio = 1.0;
        for (var k = n - order + 1; k <= n + order; k++)
        {
            ratio /= k;
        }

        // Y of −m is the conjugate of Y of m, with the sign of an odd order.
        var value = Math.Sqrt((2 * n + 1) / (4 * Math.PI) * ratio) * Legendre(order, n, cosine) * (m < 0 && order % 2 == 1 ? -1 : 1);
        return Complex.FromPolarCoordinates(1, m * azimuth) * value;
    }

    /// <summary>The associated Legendre polynomial of order m ≥ 0 and degree n.</summary>
    private static double Legendre(int m, int n, double x)
    {
        var sine = Math.Sqrt(Math.Max(0, 1 - x * x));
        double current = 1, before = 0;
        for (var k = 1; k <= m; k++)
        {
            current *= -(2 * k - 1) * sine;
        }

        for (var degree = m + 1; degree <= n; degree++)
        {
            (current, before) = (((2 * degree - 1) * x * current - (degree + m - 1) * before) / (degree - m), current);
        }

        return current;
    }
}
