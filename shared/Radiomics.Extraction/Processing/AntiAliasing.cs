namespace Radiomics.Extraction;

/// <summary>
/// Smooths an image before it is interpolated onto larger voxels, which can't carry its finest structures: by a Gaussian along each axis that becomes coarser, of
/// <c>new/old · √(−8·ln β)</c> old voxels, cut at 4σ, with weights that add up to 1; beyond the image its outermost voxels are repeated. The formula and its
/// β of 0.98 are those of MIRP (Zwanenburg et al., Journal of Open Source Software 2024;9:6413), which smooths axes that become finer, too.
/// </summary>
internal static class AntiAliasing
{
    private const double Cut = 4;

    /// <summary>Standard deviation in old voxels; 0 where the axis doesn't become coarser.</summary>
    public static double Sigma(GridAxis axis, double beta) => axis.Step > 1 ? axis.Step * Math.Sqrt(-8 * Math.Log(beta)) : 0;

    /// <summary>The image around a box of old voxels, smooth in all of that box.</summary>
    public static ImageBlock Smoothed(ImageBlock image, VoxelBox needed, InterpolationGrid grid, double beta)
    {
        var (x, y, z) = (Sigma(grid.X, beta), Sigma(grid.Y, beta), Sigma(grid.Z, beta));
        if (x == 0 && y == 0 && z == 0)
        {
            return image;
        }

        var box = needed.Grow(Margin(grid, beta), (grid.X.OldSize, grid.Y.OldSize, grid.Z.OldSize));
        var voxels = box.CutFrom(image.Voxels, image.Box).Apart(image.Voxels);
        if (voxels.Doubles is { } doubles)
        {
            Smooth(doubles, box, x, y, z);
        }
        else
        {
            Smooth(voxels.Floats, box, x, y, z);
        }

        return new(voxels, box);
    }

    /// <summary>How many old voxels beyond a box have a say in it.</summary>
    public static VoxelMargin Margin(InterpolationGrid grid, double beta) =>
        new(Reach(Sigma(grid.X, beta)), Reach(Sigma(grid.Y, beta)), Reach(Sigma(grid.Z, beta)));

    private static void Smooth<T>(T[] voxels, VoxelBox box, double x, double y, double z)
        where T : unmanaged
    {
        var (row, slice) = (box.SizeX, box.SizeX * box.SizeY);
        Along(voxels, x, box.SizeX, 1, box.SizeY * box.SizeZ, line => line * row);
        Along(voxels, y, box.SizeY, row, box.SizeX * box.SizeZ, line => line / row * slice + line % row);
        Along(voxels, z, box.SizeZ, slice, slice, line => line);
    }

    private static int Reach(double sigma) => (int)Math.Min(Math.Floor(Cut * sigma + 0.5), 1 << 16);

    private static double[] Weights(double sigma)
    {
        var weights = new double[2 * Reach(sigma) + 1];
        var sum = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            var k = i - weights.Length / 2;
            sum += weights[i] = Math.Exp(-k * k / (2 * sigma * sigma));
        }

        return Array.ConvertAll(weights, weight => weight / sum);
    }

    /// <summary>Smooths each of <paramref name="lines"/> lines, of <paramref name="length"/> voxels <paramref name="step"/> apart. (A box's end that isn't the image's is beyond reach.)</summary>
    private static void Along<T>(T[] voxels, double sigma, int length, int step, int lines, Func<int, int> first)
        where T : unmanaged
    {
        if (sigma == 0)
        {
            return;
        }

        var weights = Weights(sigma);
        var reach = weights.Length / 2;
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
}
