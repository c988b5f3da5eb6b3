using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Radiomics.Extraction;

/// <summary>Spectrum of a plane: <c>Re[b·Width + a]</c> for frequency a along the first axis (padded to whole vectors) and b along the second.</summary>
internal sealed class PlaneSpectrum(int width, int height)
{
    public int Width { get; } = width;

    public double[] Re { get; } = new double[width * height];

    public double[] Im { get; } = new double[width * height];
}

/// <summary>
/// Two-dimensional transforms of planes of one size, for convolutions: forward from real or complex voxels, and back from a product of two spectra, of which only the rows
/// that are wanted are made. Lines of a plane go through <see cref="FourierTransform"/> four at a time. Not for concurrent use.
/// </summary>
internal sealed class PlaneTransform
{
    private const int Lanes = FourierTransform.Lanes;

    private readonly FourierTransform _first;
    private readonly FourierTransform _second;
    private readonly int _width;
    private readonly double[] _re;
    private readonly double[] _im;

    /// <param name="first">Least length along the first axis.</param>
    /// <param name="second">Along the second.</param>
    public PlaneTransform(int first, int second)
    {
        _first = new(FourierTransform.LengthFor(first));
        _second = new(FourierTransform.LengthFor(second));
        _width = (_first.Length + Lanes - 1) / Lanes * Lanes;
        var height = (_second.Length + Lanes - 1) / Lanes * Lanes;
        (_re, _im) = (new double[_width * height], new double[_width * height]);
    }

    /// <summary>Length along the first axis.</summary>
    public int First => _first.Length;

    /// <summary>Length along the second axis.</summary>
    public int Second => _second.Length;

    /// <summary>An empty spectrum of this size.</summary>
    public PlaneSpectrum NewSpectrum() => new(_width, _second.Length);

    /// <summary>Transforms <paramref name="rows"/> rows of voxels, <c>re[b·stride + a]</c>; the rest of the plane is 0. <paramref name="im"/> may be empty.</summary>
    public void Forward(ReadOnlySpan<double> re, ReadOnlySpan<double> im, int stride, int columns, int rows, PlaneSpectrum to)
    {
        for (var b = 0; b < rows; b += Lanes)
        {
            var count = Math.Min(Lanes, rows - b);
            var (lineRe, lineIm) = (_first.Re, _first.Im);
            Gather(re[(b * stride)..], stride, columns, count, lineRe);
            if (im.IsEmpty)
            {
                Array.Clear(lineIm);
            }
            else
            {
                Gather(im[(b * stride)..], stride, columns, count, lineIm);
            }

            _first.Run();
            Scatter(_first.Re, _re.AsSpan(b * _width), _width, _first.Length, count);
            Scatter(_first.Im, _im.AsSpan(b * _width), _width, _first.Length, count);
        }

        for (var a = 0; a < _width; a += Lanes)
        {
            var (lineRe, lineIm) = (_second.Re, _second.Im);
            for (var b = 0; b < rows; b++)
            {
                (lineRe[b], lineIm[b]) = (Load(_re, b * _width + a), Load(_im, b * _width + a));
            }

            Array.Clear(lineRe, rows, lineRe.Length - rows);
            Array.Clear(lineIm, rows, lineIm.Length - rows);
            _second.Run();
            (lineRe, lineIm) = (_second.Re, _second.Im);
            for (var b = 0; b < lineRe.Length; b++)
            {
                lineRe[b].CopyTo(to.Re, b * _width + a);
                lineIm[b].CopyTo(to.Im, b * _width + a);
            }
        }
    }

    /// <summary>
    /// The convolution of two planes by their spectra, for the first <paramref name="rows"/> rows: <paramref name="take"/> gets four rows at a time, an element a vector of
    /// lanes, and how many of them count. Neither spectrum is normalised; the factor 1/(First·Second) is the kernel's.
    /// </summary>
    public void Convolve(PlaneSpectrum image, KernelSpectrum kernel, int rows, Action<int, int, Vector256<double>[], Vector256<double>[]> take)
    {
        for (var a = 0; a < _width; a += Lanes)
        {
            if (!kernel.HasColumns[a / Lanes])
            {
                for (var b = 0; b < rows; b++)
                {
                    Vector256<double>.Zero.CopyTo(_re, b * _width + a);
                    Vector256<double>.Zero.CopyTo(_im, b * _width + a);
                }

                continue;
            }

            // Real and imaginary parts change places: that makes the transforms the inverse ones.
            var (lineIm, lineRe) = (_second.Re, _second.Im);
            for (var b = 0; b < _second.Length; b++)
            {
                var at = b * _width + a;
                var (ar, ai, kr, ki) = (Load(image.Re, at), Load(image.Im, at), Load(kernel.Spectrum.Re, at), Load(kernel.Spectrum.Im, at));
                (lineRe[b], lineIm[b]) = (ar * kr - ai * ki, ar * ki + ai * kr);
            }

            _second.Run();
            (lineIm, lineRe) = (_second.Re, _second.Im);
            for (var b = 0; b < rows; b++)
            {
                lineRe[b].CopyTo(_re, b * _width + a);
                lineIm[b].CopyTo(_im, b * _width + a);
            }
        }

        for (var b = 0; b < rows; b += Lanes)
        {
            var count = Math.Min(Lanes, rows - b);
            Gather(_im.AsSpan(b * _width), _width, _first.Length, count, _first.Re);
            Gather(_re.AsSpan(b * _width), _width, _first.Length, count, _first.Im);
            _first.Run();
            take(b, count, _first.Im, _first.Re);
        }
    }

    private static Vector256<double> Load(double[] from, int at) => Vector256.Create<double>(from.AsSpan(at, Lanes));

    /// <summary>Up to four rows into the lanes of vectors, the rest of the line 0.</summary>
    private static void Gather(ReadOnlySpan<double> from, int stride, int columns, int rows, Vector256<double>[] to)
    {
        var r0 = from[..columns];
        var r1 = rows > 1 ? from.Slice(stride, columns) : r0;
        var r2 = rows > 2 ? from.Slice(2 * stride, columns) : r0;
        var r3 = rows > 3 ? from.Slice(3 * stride, columns) : r0;
        for (var i = 0; i < columns; i++)
        {
            to[i] = Vector256.Create(r0[i], r1[i], r2[i], r3[i]);
        }

        Array.Clear(to, columns, to.Length - columns);
    }

    private static void Scatter(Vector256<double>[] from, Span<double> to, int stride, int columns, int rows)
    {
        for (var row = 0; row < rows; row++)
        {
            var line = to.Slice(row * stride, columns);
            var values = MemoryMarshal.Cast<Vector256<double>, double>(from.AsSpan(0, columns));
            for (var i = 0; i < line.Length; i++)
            {
                line[i] = values[Lanes * i + row];
            }
        }
    }
}
