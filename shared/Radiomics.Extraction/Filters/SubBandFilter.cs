namespace Radiomics.Extraction;

/// <summary>
/// One sub-band of the undecimated separable wavelet transform at any level, within slices or the volume, with any border and rotated or not (IBSI-2, "separable
/// wavelets"). Each level smooths by the low-pass filter along every axis, and the last one filters by the band's letters; from level to level the weights lie
/// twice as far apart (à trous), and borders are continued anew. <see cref="WaveletFilter"/> does all bands of the first level at once, which is faster.
/// </summary>
internal static class SubBandFilter
{
    /// <summary>Voxels that the filters reach along an axis, reversed or not.</summary>
    public static int Reach(string wavelet, int level) => Kernel(wavelet, 'L', level).Reach;

    /// <summary>Filters <paramref name="domain"/> into <paramref name="response"/>, in the layout of its output box.</summary>
    /// <param name="domain">The image.</param>
    /// <param name="filter">The wavelet.</param>
    /// <param name="band">Its letters along x, y and, for a volume, z.</param>
    /// <param name="response">The map.</param>
    /// <param name="cancellation">Checked at each slice.</param>
    public static void Apply(FilterDomain domain, FilterSettings filter, string band, float[] response, CancellationToken cancellation) =>
        SeparableFilter.Apply(domain, Plan(filter, band), filter.Border, response, cancellation);

    /// <summary>What is to be computed for a band.</summary>
    public static SeparablePlan Plan(FilterSettings filter, string band)
    {
        var level = filter.Level ?? 1;
        var (low, high) = (Kernel(filter.Mother, 'L', level), Kernel(filter.Mother, 'H', level));
        return SeparablePlan.Of(Along(0), Along(1), band.Length == 2 ? null : Along(2), filter.Pooling);

        AxisKernel Along(int axis) => band[axis] == 'L' ? low : high;
    }

    private static AxisKernel Kernel(string wavelet, char letter, int level)
    {
        var (low, high) = WaveletTaps.Of(wavelet);
        var stages = new (Taps, int)[level];
        for (var i = 0; i < level; i++)
        {
            stages[i] = (i == level - 1 && letter == 'H' ? high : low, 1 << i);
        }

        return new(letter.ToString(), stages);
    }
}
