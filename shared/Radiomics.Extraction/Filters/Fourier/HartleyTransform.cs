using System.Runtime.Intrinsics;

namespace Radiomics.Extraction;

/// <summary>
/// Hartley transforms of real lines of any length, X[k] = Σ x[n]·(cos(2πnk/N) + sin(2πnk/N)), eight side by side: four as the real and four as the imaginary parts of complex
/// transforms, told apart by their symmetry. As many numbers as voxels hold a spectrum, and the transform is its own inverse but for the factor 1/N. Not for concurrent use.
/// </summary>
internal sealed class HartleyTransform
{
    /// <summary>Lines side by side.</summary>
    public const int Lines = 2 * FourierTransform.Lanes;

    private readonly AnyLengthTransform _transform;

    /// <param name="length">At least 1.</param>
    public HartleyTransform(int length)
    {
        _transform = new(length);
        (A, B) = (new Vector256<double>[length], new Vector256<double>[length]);
    }

    /// <summary>Four lines, a vector an element: input before, output after <see cref="Run"/>.</summary>
    public Vector256<double>[] A { get; }

    /// <summary>Four more.</summary>
    public Vector256<double>[] B { get; }

    /// <summary>Transforms all lines, in place, times <paramref name="scale"/>.</summary>
    public void Run(double scale)
    {
        A.CopyTo(_transform.Re, 0);
        B.CopyTo(_transform.Im, 0);
        _transform.Run();
        var (re, im) = (_transform.Re, _transform.Im);
        var half = Vector256.Create(0.5 * scale);
        for (var k = 0; k < A.Length; k++)
        {
            var negative = k == 0 ? 0 : A.Length - k;
            var (sumRe, differenceRe) = (re[k] + re[negative], re[k] - re[negative]);
            var (sumIm, differenceIm) = (im[k] + im[negative], im[k] - im[negative]);
            A[k] = half * (sumRe - differenceIm);
            B[k] = half * (sumIm + differenceRe);
        }
    }
}
