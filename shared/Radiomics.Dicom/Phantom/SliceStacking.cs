namespace Radiomics.Dicom.Phantom;

/// <summary>
/// What thick slices with gaps leave of the grid's slices: each acquired slice is the mean over its thickness, and the grid's slices are interpolated linearly between
/// the acquired ones.
/// </summary>
internal static class SliceStacking
{
    /// <summary>Restacks a volume in place.</summary>
    /// <param name="voxels">The volume, slice after slice.</param>
    /// <param name="slices">Slices of the grid.</param>
    /// <param name="spacing">Their distance, mm.</param>
    /// <param name="acquisition">Thickness and gap.</param>
    public static void Apply(float[] voxels, int slices, double spacing, SequenceAcquisition acquisition)
    {
        var distance = acquisition.SliceThickness + acquisition.SliceGap;
        if (acquisition.SliceThickness == 0 && acquisition.SliceGap == 0)
        {
            return;
        }

        var size = voxels.Length / slices;
        var acquired = Enumerable.Range(0, (int)Math.Ceiling(slices * spacing / distance) + 1)
            .Select(n => Mean(voxels, slices, size, n * distance / spacing, Math.Max(1, acquisition.SliceThickness / spacing)))
            .ToArray();
        for (var k = 0; k < slices; k++)
        {
            var at = k * spacing / distance;
            var (below, share) = ((int)at, (float)(at - (int)at));
            var (lower, upper) = (acquired[below], acquired[Math.Min(below + 1, acquired.Length - 1)]);
            var target = voxels.AsSpan(k * size, size);
            for (var n = 0; n < size; n++)
            {
                target[n] = (1 - share) * lower[n] + share * upper[n];
            }
        }
    }

    /// <summary>Mean over a slab; position and thickness in slices of the grid. Beyond the grid its last slices are repeated.</summary>
    private static float[] Mean(float[] voxels, int slices, int size, double position, double thickness)
    {
        var mean = new float[size];
        var (from, to) = (position - thickness / 2, position + thickness / 2);
        for (var k = (int)Math.Floor(from + 0.5); k - 0.5 < to; k++)
        {
            var weight = (float)((Math.Min(to, k + 0.5) - Math.Max(from, k - 0.5)) / thickness);
            var source = voxels.AsSpan(Math.Clamp(k, 0, slices - 1) * size, size);
            for (var n = 0; n < size; n++)
            {
                mean[n] += weight * source[n];
            }
        }

        return mean;
    }
}
