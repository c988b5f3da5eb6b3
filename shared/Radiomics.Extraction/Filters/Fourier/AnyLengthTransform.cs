using System.Runtime.Intrinsics;

namespace Radiomics.Extraction;

/// <summary>
/// Discrete Fourier transforms of any length, <see cref="FourierTransform.Lanes"/> of them side by side. A length with prime factors above 5 is transformed as a
/// convolution with a chirp, <c>nk = (n² + k² − (k − n)²)/2</c> (Bluestein), on a longer length that has none: the frequencies are those of the length asked for.
/// Not for concurrent use.
/// </summary>
internal sealed class AnyLengthTransform
{
    private readonly FourierTransform _transform;
    private readonly Vector256<double>[]? _chirpRe;
    private readonly Vector256<double>[]? _chirpIm;
    private readonly double[] _filterRe = [];
    private readonly double[] _filterIm = [];
    private readonly Vector256<double>[] _re = [];
    private readonly Vector256<double>[] _im = [];

    /// <param name="length">At least 1.</param>
    public AnyLengthTransform(int length)
    {
        Length = length;
        if (HasSmallFactorsOnly(length))
        {
            _transform = new(length);
            return;
        }

        _transform = new(FourierTransform.LengthFor(2 * length - 1));
        (_re, _im) = (new Vector256<double>[length], new Vector256<double>[length]);
        (_chirpRe, _chirpIm) = (new Vector256<double>[length], new Vector256<double>[length]);
        for (var n = 0; n < length; n++)
        {
            // The root's number modulo 2·length: a square of some thousands times π would lose digits.
            var (sine, cosine) = Math.SinCos(-Math.PI * ((long)n * n % (2 * length)) / length);
            (_chirpRe[n], _chirpIm[n]) = (Vector256.Create(cosine), Vector256.Create(sine));
        }

        (_filterRe, _filterIm) = ChirpSpectrum();
    }

    public int Length { get; }

    /// <summary>Real parts, a vector of lanes an element: input before, output after <see cref="Run"/> (which may put another array here).</summary>
    public Vector256<double>[] Re => _chirpRe is null ? _transform.Re : _re;

    /// <summary>Imaginary parts.</summary>
    public Vector256<double>[] Im => _chirpRe is null ? _transform.Im : _im;

    /// <summary>X[k] = Σ x[n]·exp(−2πi·nk/N), in place.</summary>
    public void Run()
    {
        if (_chirpRe is null || _chirpIm is null)
        {
            _transform.Run();
            return;
        }

        var (re, im) = (_transform.Re, _transform.Im);
        Array.Clear(re, Length, re.Length - Length);
        Array.Clear(im, Length, im.Length - Length);
        for (var n = 0; n < Length; n++)
        {
            (re[n], im[n]) = (_re[n] * _chirpRe[n] - _im[n] * _chirpIm[n], _re[n] * _chirpIm[n] + _im[n] * _chirpRe[n]);
        }

        _transform.Run();
        (re, im) = (_transform.Re, _transform.Im);
        for (var k = 0; k < re.Length; k++)
        {
            // Real and imaginary parts change places: that makes the next transform the inverse one.
            var (filterRe, filterIm) = (Vector256.Create(_filterRe[k]), Vector256.Create(_filterIm[k]));
            (im[k], re[k]) = (re[k] * filterRe - im[k] * filterIm, re[k] * filterIm + im[k] * filterRe);
        }

        _transform.Run();
        (re, im) = (_transform.Re, _transform.Im);
        for (var k = 0; k < Length; k++)
        {
            (_re[k], _im[k]) = (im[k] * _chirpRe[k] - re[k] * _chirpIm[k], im[k] * _chirpIm[k] + re[k] * _chirpRe[k]);
        }
    }

    private static bool HasSmallFactorsOnly(int length)
    {
        foreach (var factor in (ReadOnlySpan<int>)[2, 3, 5])
        {
            while (length % factor == 0)
            {
                length /= factor;
            }
        }

        return length == 1;
    }

    /// <summary>The spectrum of the conjugate chirp, divided by the transform's length.</summary>
    private (double[] Re, double[] Im) ChirpSpectrum()
    {
        var (re, im) = (_transform.Re, _transform.Im);
        for (var n = 0; n < Length; n++)
        {
            (re[n], im[n]) = (_chirpRe![n], -_chirpIm![n]);
            if (n > 0)
            {
                (re[^n], im[^n]) = (re[n], im[n]);
            }
        }

        _transform.Run();
        return (Scaled(_transform.Re), Scaled(_transform.Im));
    }

    private double[] Scaled(Vector256<double>[] values)
    {
        var scaled = new double[values.Length];
        for (var k = 0; k < scaled.Length; k++)
        {
            scaled[k] = values[k].ToScalar() / _transform.Length;
        }

        return scaled;
    }
}
