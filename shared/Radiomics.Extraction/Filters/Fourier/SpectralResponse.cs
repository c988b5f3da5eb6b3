namespace Radiomics.Extraction;

/// <summary>A frequency response: that of a Simoncelli band, of a Riesz transform, or of both.</summary>
/// <remarks>
/// <para>
/// Simoncelli (IBSI-2, section 3.7): <c>cos(π/2·log₂(2ν))</c> for ¼ ≤ ν ≤ 1, else 0, where ν is the frequency's length by Nyquist's; each further level halves the band.
/// The frequencies of an axis run from −1 to 1, both included, in equal steps, as in the consortium's reference maps (a third of a per cent to eight per cent of their
/// range beside those of 2k/N, on 64 voxels).
/// </para>
/// <para>
/// Riesz (IBSI-2, section 3.8): <c>(−i)ᴸ·√(L!/(l₁!·l₂!·l₃!))·ν₁^l₁·ν₂^l₂·ν₃^l₃/‖ν‖ᴸ</c>, L = l₁ + l₂ + l₃, a derivative whose response doesn't grow with the frequency, and 0 for a
/// constant; frequencies are 2k/N, and count per millimetre, so that the derivative's direction is one in space (which makes no difference for cubic voxels).
/// </para>
/// </remarks>
internal sealed class SpectralResponse
{
    private readonly int? _level;
    private readonly double[][] _squares;
    private readonly int _order;
    private readonly double[][] _powers;
    private readonly double[][] _rieszSquares;
    private readonly double _norm;

    /// <param name="size">Voxels along each axis.</param>
    /// <param name="spacing">mm.</param>
    /// <param name="level">Simoncelli's band, 1 for the highest frequencies; null: all frequencies.</param>
    /// <param name="riesz">Orders along x, y, z; null: no Riesz transform.</param>
    public SpectralResponse((int X, int Y, int Z) size, (double X, double Y, double Z) spacing, int? level, (int X, int Y, int Z)? riesz)
    {
        _level = level;
        _squares = [Squares(Inclusive(size.X)), Squares(Inclusive(size.Y)), Squares(Inclusive(size.Z))];
        var l = riesz ?? default;
        _order = l.X + l.Y + l.Z;
        double[][] frequencies = [PerMillimetre(size.X, spacing.X), PerMillimetre(size.Y, spacing.Y), PerMillimetre(size.Z, spacing.Z)];
        _powers = [Powers(frequencies[0], l.X), Powers(frequencies[1], l.Y), Powers(frequencies[2], l.Z)];
        _rieszSquares = [Squares(frequencies[0]), Squares(frequencies[1]), Squares(frequencies[2])];
        // (−i)ᴸ is 1, −i, −1, i: the sign stands here, and i is what makes the response odd.
        _norm = (_order / 2 % 2 == 0 ? 1 : -1) * Math.Sqrt(Factorial(_order) / (Factorial(l.X) * Factorial(l.Y) * Factorial(l.Z)));
    }

    /// <summary>Whether it is imaginary, and of the other sign at the opposite frequency.</summary>
    public bool IsOdd => _order % 2 == 1;

    /// <summary>The response to a constant: on a small grid of an even length a low band holds the lowest frequency, which a constant has.</summary>
    public double OfConstant => IsOdd ? 0 : At(0, 0, 0);

    /// <summary>Whether any wave that fits into the image lies within the band: else the response is the same everywhere.</summary>
    public bool HasWaves()
    {
        if (_level is not { } level)
        {
            return true;
        }

        var constant = _squares[0][0] + _squares[1][0] + _squares[2][0];
        foreach (var squares in _squares)
        {
            foreach (var square in squares.AsSpan(1))
            {
                if (Math.ScaleB(constant - squares[0] + square, 2 * level) < 4)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>The response at a coefficient of a discrete Fourier transform; if it is odd, without the factor −i.</summary>
    public double At(int kx, int ky, int kz)
    {
        var response = 1.0;
        if (_level is { } level)
        {
            // The square of twice the frequency over the band's end: 1 amid the band, which goes from ¼ to 4.
            var square = Math.ScaleB(_squares[0][kx] + _squares[1][ky] + _squares[2][kz], 2 * level);
            if (square is < 0.25 or > 4)
            {
                return 0;
            }

            response = Math.Cos(Math.PI / 4 * Math.Log2(square));
        }

        if (_order > 0)
        {
            var square = _rieszSquares[0][kx] + _rieszSquares[1][ky] + _rieszSquares[2][kz];
            response *= square == 0 ? 0 : _norm * _powers[0][kx] * _powers[1][ky] * _powers[2][kz] / Math.Pow(square, 0.5 * _order);
        }

        return response;
    }

    /// <summary>−1 to 1, the coefficient of frequency 0 (of an even length, the one above) first.</summary>
    private static double[] Inclusive(int length)
    {
        var frequencies = new double[length];
        for (var k = 0; k < length && length > 1; k++)
        {
            frequencies[k] = 2.0 * ((k + length / 2) % length) / (length - 1) - 1;
        }

        return frequencies;
    }

    private static double[] PerMillimetre(int length, double spacing)
    {
        var frequencies = new double[length];
        for (var k = 0; k < length; k++)
        {
            frequencies[k] = 2.0 * (2 * k < length ? k : k - length) / (length * spacing);
        }

        return frequencies;
    }

    private static double[] Squares(double[] values) => Array.ConvertAll(values, v => v * v);

    private static double[] Powers(double[] values, int exponent) => Array.ConvertAll(values, v => Math.Pow(v, exponent));

    private static double Factorial(int n)
    {
        var product = 1.0;
        for (var i = 2; i <= n; i++)
        {
            product *= i;
        }

        return product;
    }
}
