using System.Numerics;
using Radiomics.Extraction;

namespace Radiomics.Dicom.Phantom;

/// <summary>
/// One slice on its way from magnetisation to images: water and fat at the two echoes, blurred by the point spread of the acquisition, summed with
/// fat's phase, with Rician noise, and separated into water and fat.
/// </summary>
/// <remarks>
/// Blurring comes before the magnitude is taken, so that voxels with both water and fat cancel in the opposed-phase image: the black rim
/// around organs that readers know.
/// </remarks>
internal sealed class DixonSlice(int columns, int rows)
{
    private readonly float[] _line = new float[columns * rows];

    /// <summary>Water at the in-phase echo.</summary>
    public float[] WaterIn { get; } = new float[columns * rows];

    /// <summary>Fat at the in-phase echo.</summary>
    public float[] FatIn { get; } = new float[columns * rows];

    /// <summary>Water at the opposed-phase echo.</summary>
    public float[] WaterOpposed { get; } = new float[columns * rows];

    /// <summary>Fat at the opposed-phase echo.</summary>
    public float[] FatOpposed { get; } = new float[columns * rows];

    /// <summary>Point spread of the acquisition: (¼, ½, ¼) along both axes.</summary>
    public void Blur()
    {
        Blur(WaterIn);
        Blur(FatIn);
        Blur(WaterOpposed);
        Blur(FatOpposed);
    }

    /// <summary>
    /// What motion does along the phase encoding direction, y: blurs by a Gaussian of <paramref name="deviation"/> rows, and puts the share <paramref name="ghosting"/> of
    /// the signal into two ghosts a quarter of the field of view away, which fold over at its edge.
    /// </summary>
    public void Move(double deviation, double ghosting)
    {
        foreach (var image in (ReadOnlySpan<float[]>)[WaterIn, FatIn, WaterOpposed, FatOpposed])
        {
            if (deviation > 0)
            {
                AlongRows(image, GaussianWeights(deviation), wraps: false);
            }

            if (ghosting > 0)
            {
                AlongRows(image, [(-rows / 4, (float)ghosting / 2), (0, 1 - (float)ghosting), (rows / 4, (float)ghosting / 2)], wraps: true);
            }
        }
    }

    /// <summary>
    /// Makes the four images. <paramref name="noise"/> is the standard deviation of each channel; the n-th voxel of the slice uses the
    /// number <paramref name="firstCounter"/> + n of the stream.
    /// </summary>
    public void Acquire(
        Complex inPhase,
        Complex opposedPhase,
        float noise,
        CounterRandom random,
        ulong firstCounter,
        Span<float> inImage,
        Span<float> opposedImage,
        Span<float> waterImage,
        Span<float> fatImage)
    {
        var (inRe, inIm) = ((float)inPhase.Real, (float)inPhase.Imaginary);
        var (opRe, opIm) = ((float)opposedPhase.Real, (float)opposedPhase.Imaginary);
        for (var n = 0; n < inImage.Length; n++)
        {
            var (n1, n2, n3, n4) = random.FourNormals(firstCounter + (ulong)n);
            var real = WaterOpposed[n] + opRe * FatOpposed[n];
            var inMagnitude = Magnitude(WaterIn[n] + inRe * FatIn[n] + noise * n1, inIm * FatIn[n] + noise * n2);
            var opMagnitude = Magnitude(real + noise * n3, opIm * FatOpposed[n] + noise * n4);
            inImage[n] = inMagnitude;
            opposedImage[n] = opMagnitude;
            (waterImage[n], fatImage[n]) = TwoPointDixon.Separate(inMagnitude, opMagnitude, fatDominates: real < 0);
        }
    }

    private static (int Offset, float Weight)[] GaussianWeights(double deviation)
    {
        var reach = (int)Math.Ceiling(3 * deviation);
        double Weight(int offset) => Math.Exp(-offset * offset / (2 * deviation * deviation));
        var sum = Enumerable.Range(-reach, 2 * reach + 1).Sum(Weight);
        return [.. Enumerable.Range(-reach, 2 * reach + 1).Select(offset => (offset, (float)(Weight(offset) / sum)))];
    }

    /// <summary>Adds up rows at some offsets; beyond the edge rows come in again from the other side, or the last one is repeated.</summary>
    private void AlongRows(float[] image, (int Offset, float Weight)[] taps, bool wraps)
    {
        Array.Clear(_line);
        for (var j = 0; j < rows; j++)
        {
            var target = _line.AsSpan(j * columns, columns);
            foreach (var (offset, weight) in taps)
            {
                var from = wraps ? (j + offset + rows) % rows : Math.Clamp(j + offset, 0, rows - 1);
                var source = image.AsSpan(from * columns, columns);
                for (var i = 0; i < columns; i++)
                {
                    target[i] += weight * source[i];
                }
            }
        }

        _line.CopyTo(image, 0);
    }

    private static float Magnitude(float re, float im) => MathF.Sqrt(re * re + im * im);

    private void Blur(float[] image)
    {
        for (var j = 0; j < rows; j++)
        {
            var row = j * columns;
            for (var i = 0; i < columns; i++)
            {
                var left = image[row + Math.Max(i - 1, 0)];
                var right = image[row + Math.Min(i + 1, columns - 1)];
                _line[row + i] = 0.25f * (left + right) + 0.5f * image[row + i];
            }
        }

        for (var j = 0; j < rows; j++)
        {
            var above = _line.AsSpan(Math.Max(j - 1, 0) * columns, columns);
            var here = _line.AsSpan(j * columns, columns);
            var below = _line.AsSpan(Math.Min(j + 1, rows - 1) * columns, columns);
            var target = image.AsSpan(j * columns, columns);
            for (var i = 0; i < columns; i++)
            {
                target[i] = 0.25f * (above[i] + below[i]) + 0.5f * here[i];
            }
        }
    }
}
