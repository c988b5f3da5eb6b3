using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Radiomics.Extraction;

/// <summary>
/// Discrete Fourier transforms of a length of factors 2, 3 and 5, <see cref="Lanes"/> of them side by side in vectors: every butterfly is the same for all
/// lanes, so nothing is shuffled, and each lane's bits don't depend on its neighbours. Stockham's order: each pass writes in order, no bit reversal.
/// Not for concurrent use.
/// </summary>
internal sealed class FourierTransform
{
    /// <summary>Transforms side by side.</summary>
    public const int Lanes = 4;

    private readonly int[] _radices;
    private readonly double[] _cosines;
    private readonly double[] _sines;
    private Vector256<double>[] _re;
    private Vector256<double>[] _im;
    private Vector256<double>[] _otherRe;
    private Vector256<double>[] _otherIm;

    /// <param name="length">From <see cref="LengthFor"/>.</param>
    public FourierTransform(int length)
    {
        Length = length;
        _radices = Factors(length);
        _cosines = new double[length];
        _sines = new double[length];
        for (var i = 0; i < length; i++)
        {
            (_sines[i], _cosines[i]) = Math.SinCos(-2 * Math.PI * i / length);
        }

        (_re, _im) = (new Vector256<double>[length], new Vector256<double>[length]);
        (_otherRe, _otherIm) = (new Vector256<double>[length], new Vector256<double>[length]);
    }

    public int Length { get; }

    /// <summary>Real parts, a vector of lanes an element: input before, output after <see cref="Run"/> (which puts another array here).</summary>
    public Vector256<double>[] Re => _re;

    /// <summary>Imaginary parts.</summary>
    public Vector256<double>[] Im => _im;

    /// <summary>The shortest even length of at least <paramref name="minimum"/> that has no prime factor but 2, 3 and 5.</summary>
    public static int LengthFor(int minimum)
    {
        var best = int.MaxValue;
        for (long five = 1; five < 2L * minimum + 2; five *= 5)
        {
            for (var three = five; three < 2L * minimum + 2; three *= 3)
            {
                var length = 2 * three;
                while (length < minimum)
                {
                    length *= 2;
                }

                best = (int)Math.Min(best, length);
            }
        }

        return best;
    }

    /// <summary>X[k] = Σ x[n]·exp(−2πi·nk/N), in place.</summary>
    public void Run()
    {
        var done = 1;
        foreach (var radix in _radices)
        {
            var rest = Length / (done * radix);
            switch (radix)
            {
                case 2:
                    Pass2(done, rest);
                    break;
                case 3:
                    Pass3(done, rest);
                    break;
                case 4:
                    Pass4(done, rest);
                    break;
                default:
                    Pass5(done, rest);
                    break;
            }

            (_re, _otherRe, _im, _otherIm) = (_otherRe, _re, _otherIm, _im);
            done *= radix;
        }
    }

    private static int[] Factors(int length)
    {
        var factors = new List<int>();
        foreach (var factor in (ReadOnlySpan<int>)[4, 2, 3, 5])
        {
            for (; length % factor == 0; length /= factor)
            {
                factors.Add(factor);
            }
        }

        return length == 1 ? [.. factors] : throw new ArgumentException("The length has a prime factor above 5.", nameof(length));
    }

    // A pass of radix r joins r transforms of length `done` into one of r·done, `rest` times over: input element j of part p of transform k lies at
    // (p·rest + k)·done + j, output element j + q·done at k·r·done + q·done + j, and the part is turned by the (p·j·rest)-th of the N roots.
    private void Pass2(int done, int rest)
    {
        var part = rest * done;
        for (var j = 0; j < done; j++)
        {
            var (c1, s1) = Root(j * rest);
            for (var k = 0; k < rest; k++)
            {
                var from = k * done + j;
                var to = 2 * k * done + j;
                var (ar, ai) = (_re[from], _im[from]);
                var (br, bi) = Turned(from + part, c1, s1);
                (_otherRe[to], _otherIm[to]) = (ar + br, ai + bi);
                (_otherRe[to + done], _otherIm[to + done]) = (ar - br, ai - bi);
            }
        }
    }

    private void Pass3(int done, int rest)
    {
        var part = rest * done;
        var half = Vector256.Create(0.5);
        var sine = Vector256.Create(0.86602540378443864676);
        for (var j = 0; j < done; j++)
        {
            var (c1, s1) = Root(j * rest);
            var (c2, s2) = Root(2 * j * rest);
            for (var k = 0; k < rest; k++)
            {
                var from = k * done + j;
                var to = 3 * k * done + j;
                var (ar, ai) = (_re[from], _im[from]);
                var (br, bi) = Turned(from + part, c1, s1);
                var (cr, ci) = Turned(from + 2 * part, c2, s2);
                var (sumR, sumI) = (br + cr, bi + ci);
                var (differenceR, differenceI) = (sine * (br - cr), sine * (bi - ci));
                var (middleR, middleI) = (ar - half * sumR, ai - half * sumI);
                (_otherRe[to], _otherIm[to]) = (ar + sumR, ai + sumI);
                (_otherRe[to + done], _otherIm[to + done]) = (middleR + differenceI, middleI - differenceR);
                (_otherRe[to + 2 * done], _otherIm[to + 2 * done]) = (middleR - differenceI, middleI + differenceR);
            }
        }
    }

    private void Pass4(int done, int rest)
    {
        var part = rest * done;
        for (var j = 0; j < done; j++)
        {
            var (c1, s1) = Root(j * rest);
            var (c2, s2) = Root(2 * j * rest);
            var (c3, s3) = Root(3 * j * rest);
            for (var k = 0; k < rest; k++)
            {
                var from = k * done + j;
                var to = 4 * k * done + j;
                var (ar, ai) = (_re[from], _im[from]);
                var (br, bi) = Turned(from + part, c1, s1);
                var (cr, ci) = Turned(from + 2 * part, c2, s2);
                var (dr, di) = Turned(from + 3 * part, c3, s3);
                var (evenR, evenI, evenDifferenceR, evenDifferenceI) = (ar + cr, ai + ci, ar - cr, ai - ci);
                var (oddR, oddI, oddDifferenceR, oddDifferenceI) = (br + dr, bi + di, br - dr, bi - di);
                (_otherRe[to], _otherIm[to]) = (evenR + oddR, evenI + oddI);
                (_otherRe[to + done], _otherIm[to + done]) = (evenDifferenceR + oddDifferenceI, evenDifferenceI - oddDifferenceR);
                (_otherRe[to + 2 * done], _otherIm[to + 2 * done]) = (evenR - oddR, evenI - oddI);
                (_otherRe[to + 3 * done], _otherIm[to + 3 * done]) = (evenDifferenceR - oddDifferenceI, evenDifferenceI + oddDifferenceR);
            }
        }
    }

    private void Pass5(int done, int rest)
    {
        var part = rest * done;
        var (cos1, sin1) = (Vector256.Create(0.30901699437494742410), Vector256.Create(0.95105651629515357212));
        var (cos2, sin2) = (Vector256.Create(-0.80901699437494742410), Vector256.Create(0.58778525229247312917));
        for (var j = 0; j < done; j++)
        {
            var (c1, s1) = Root(j * rest);
            var (c2, s2) = Root(2 * j * rest);
            var (c3, s3) = Root(3 * j * rest);
            var (c4, s4) = Root(4 * j * rest);
            for (var k = 0; k < rest; k++)
            {
                var from = k * done + j;
                var to = 5 * k * done + j;
                var (ar, ai) = (_re[from], _im[from]);
                var (br, bi) = Turned(from + part, c1, s1);
                var (cr, ci) = Turned(from + 2 * part, c2, s2);
                var (dr, di) = Turned(from + 3 * part, c3, s3);
                var (er, ei) = Turned(from + 4 * part, c4, s4);
                var (outerR, outerI, innerR, innerI) = (br + er, bi + ei, cr + dr, ci + di);
                var (outerDr, outerDi, innerDr, innerDi) = (br - er, bi - ei, cr - dr, ci - di);
                var (m1R, m1I) = (ar + cos1 * outerR + cos2 * innerR, ai + cos1 * outerI + cos2 * innerI);
                var (m2R, m2I) = (ar + cos2 * outerR + cos1 * innerR, ai + cos2 * outerI + cos1 * innerI);
                var (n1R, n1I) = (sin1 * outerDr + sin2 * innerDr, sin1 * outerDi + sin2 * innerDi);
                var (n2R, n2I) = (sin2 * outerDr - sin1 * innerDr, sin2 * outerDi - sin1 * innerDi);
                (_otherRe[to], _otherIm[to]) = (ar + outerR + innerR, ai + outerI + innerI);
                (_otherRe[to + done], _otherIm[to + done]) = (m1R + n1I, m1I - n1R);
                (_otherRe[to + 2 * done], _otherIm[to + 2 * done]) = (m2R + n2I, m2I - n2R);
                (_otherRe[to + 3 * done], _otherIm[to + 3 * done]) = (m2R - n2I, m2I + n2R);
                (_otherRe[to + 4 * done], _otherIm[to + 4 * done]) = (m1R - n1I, m1I + n1R);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (Vector256<double> Cosine, Vector256<double> Sine) Root(int number) =>
        (Vector256.Create(_cosines[number]), Vector256.Create(_sines[number]));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (Vector256<double> Re, Vector256<double> Im) Turned(int index, Vector256<double> cosine, Vector256<double> sine)
    {
        var (re, im) = (_re[index], _im[index]);
        return (re * cosine - im * sine, re * sine + im * cosine);
    }
}
