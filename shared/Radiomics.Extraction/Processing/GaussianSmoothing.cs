namespace Radiomics.Extraction;

/// <summary>
/// Smooths a box of voxels by a Gaussian along an axis: cut at 4σ, with weights that add up to 1; at the box's ends the outermost voxels are repeated.
/// </summary>
internal static class GaussianSmoothing
{
    private const double Cut = 4;

    /// <summary>Voxels that the Gaussian sees on each side; σ in voxels.</summary>
    public static int Reach(double sigma) => (int)Math.Min(Math.Floor(Cut * sigma + 0.5), 1 << 16);

    /// <summary>Smooths in place; σ in voxels along x, y, z, and 0 for not at all.</summary>
    public static void Apply<T>(T[] voxels, (int X, int Y, int Z) size, (double X, double Y, double Z) sigma)
        where T : unmanaged
    {
        var (row, slice) = (size.X, size.X * size.Y);
        Along(voxels, sigma.X, size.X, 1, size.Y * size.Z, line => line * row);
        Along(voxels, sigma.Y, size.Y, row, size.X * size.Z, line => line / row * slice + line % row);
        Along(voxels, sigma.Z, size.Z, slice, slice, line => line);
    }

    /// <summary>Smooths each of <paramref name="lines"/> lines, of <paramref name="length"/> voxels <paramref name="step"/> apart.</summary>
    private static void Along<T>(T[] voxels, double sigma, int length, int step, int lines, Func<int, int> first)
        where T : unmanaged
    {
        var reach = Reach(sigma);
        if (reach == 0)
        {
            return;
        }

        var weights = Weights(sigma, reach);
        var padded = new double[length + 2 * reach];
        for (var line = 0; line < lines; line++)
        {
            var start = first(line);
            for (var i = 0; i < padded.Length; i++)
            {
                padded[i] = Real.ToDouble(voxels[start + Math.Clamp(i - reach, 0, length - 1) * step]);
            }

            for (var i = 0; i < length; i++)
            {
                var sum = 0.0;
                for (var t = 0; t < weights.Length; t++)
                {
                    sum += weights[t] * padded[i + t];
                }

                voxels[start + i * step] = Real.From<T>(sum);
            }
        }
    }

    private static double[] Weights(double sigma, int reach)
    {
        var weights = new double[2 * reach + 1];
        var sum = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            var k = i - reach;
            sum += weights[i] = Math.Exp(-k * k / (2 * sigma * sigma));
        }

        return Array.ConvertAll(weights, weight => weight / sum);
    }
}
