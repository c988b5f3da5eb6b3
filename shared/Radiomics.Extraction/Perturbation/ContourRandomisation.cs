namespace Radiomics.Extraction;

/// <summary>
/// Draws an ROI anew along what the image shows, as another reader might: of each supervoxel the share that lies in the ROI is its probability of being in. From 90 % on
/// it always is, below 20 % never, and the one that has most of it always; gaps of a voxel are closed (Zwanenburg et al., Scientific Reports 2019;9:614, and MIRP).
/// </summary>
internal static class ContourRandomisation
{
    private const double Surely = 0.9;
    private const double Never = 0.2;

    // mm of the image around the ROI that supervoxels are made of.
    private const double Around = 25;

    // A supervoxel's volume, mm³, and its least number of voxels.
    private const double Volume = 500;
    private const int LeastVoxels = 20;

    // By which share of the ROI's range of intensities, on either side, others are told apart.
    private const double Beyond = 0.1;

    /// <summary>The ROI drawn anew, on the same grid.</summary>
    /// <param name="voxels">Intensities.</param>
    /// <param name="roi">1 inside, at least one voxel.</param>
    /// <param name="g">The grid.</param>
    /// <param name="random">Decides on each supervoxel.</param>
    public static byte[] Apply(Intensities voxels, byte[] roi, VolumeGeometry g, CounterRandom random)
    {
        if (VoxelBox.Around(roi, g.SizeX, g.SizeY, g.SizeZ) is not { } tight)
        {
            return roi;
        }

        var whole = VoxelBox.Whole((g.SizeX, g.SizeY, g.SizeZ));
        var box = tight.Grow(
            new((int)Math.Ceiling(Around / g.SpacingX), (int)Math.Ceiling(Around / g.SpacingY), (int)Math.Ceiling(Around / g.SpacingZ)), (g.SizeX, g.SizeY, g.SizeZ));
        var size = (box.SizeX, box.SizeY, box.SizeZ);
        var inside = box.CutFrom(roi, whole);
        var image = Scaled(box.CutFrom(voxels, whole), inside);
        var finest = Math.Min(g.SpacingX, Math.Min(g.SpacingY, g.SpacingZ));
        GaussianSmoothing.Apply(image, size, (finest / g.SpacingX, finest / g.SpacingY, finest / g.SpacingZ));
        var (labels, count) = Supervoxels.Of(image, size, (g.SpacingX, g.SpacingY, g.SpacingZ), Math.Max(Volume, LeastVoxels * g.VoxelVolume));
        var chosen = Choose(Shares(labels, count, inside), random);
        var drawn = new byte[labels.Length];
        for (var n = 0; n < labels.Length; n++)
        {
            drawn[n] = chosen[labels[n]] ? (byte)1 : (byte)0;
        }

        drawn = Neighbours(Neighbours(drawn, size, 1), size, 0);
        var result = new byte[roi.Length];
        box.PasteInto(drawn, result, whole);
        return result;
    }

    /// <summary>Which supervoxels are in.</summary>
    internal static bool[] Choose(double[] shares, CounterRandom random)
    {
        var chosen = new bool[shares.Length];
        var most = 0;
        for (var label = 0; label < shares.Length; label++)
        {
            most = shares[label] > shares[most] ? label : most;
            chosen[label] = shares[label] >= Surely || (shares[label] >= Never && random.Uniform((ulong)label) < shares[label]);
        }

        chosen[most] = true;
        return chosen;
    }

    private static double[] Shares(int[] labels, int count, byte[] inside)
    {
        var (all, within) = (new int[count], new int[count]);
        for (var n = 0; n < labels.Length; n++)
        {
            all[labels[n]]++;
            within[labels[n]] += inside[n];
        }

        var shares = new double[count];
        for (var label = 0; label < count; label++)
        {
            shares[label] = all[label] == 0 ? 0 : (double)within[label] / all[label];
        }

        return shares;
    }

    /// <summary>The ROI's range of intensities, and a little beyond, mapped to 0 to 1; what lies farther is cut off, and what is no number is the least.</summary>
    private static float[] Scaled(Intensities voxels, byte[] inside)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var n = 0; n < voxels.Length; n++)
        {
            if (inside[n] == 1 && double.IsFinite(voxels[n]))
            {
                (low, high) = (Math.Min(low, voxels[n]), Math.Max(high, voxels[n]));
            }
        }

        var range = high > low ? high - low : 1;
        low = double.IsFinite(low) ? low - Beyond * range : 0;
        var scaled = new float[voxels.Length];
        for (var n = 0; n < scaled.Length; n++)
        {
            scaled[n] = double.IsFinite(voxels[n]) ? (float)Math.Clamp((voxels[n] - low) / (range * (1 + 2 * Beyond)), 0, 1) : 0;
        }

        return scaled;
    }

    /// <summary>Each voxel that has a neighbour over a face of this kind becomes one; beyond the box is none.</summary>
    private static byte[] Neighbours(byte[] mask, (int X, int Y, int Z) size, byte kind)
    {
        byte[] result = [.. mask];
        for (var n = 0; n < mask.Length; n++)
        {
            var (x, y, z) = (n % size.X, n / size.X % size.Y, n / size.X / size.Y);
            if ((x > 0 && mask[n - 1] == kind) || (x < size.X - 1 && mask[n + 1] == kind)
                || (y > 0 && mask[n - size.X] == kind) || (y < size.Y - 1 && mask[n + size.X] == kind)
                || (z > 0 && mask[n - size.X * size.Y] == kind) || (z < size.Z - 1 && mask[n + size.X * size.Y] == kind))
            {
                result[n] = kind;
            }
        }

        return result;
    }
}
