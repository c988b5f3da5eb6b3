using System.Buffers;

namespace Radiomics.Extraction;

/// <summary>
/// Undecimated (stationary) separable wavelets, first level: a sub-band is the image filtered low (L) or high (H) along x, y and z,
/// in the order of its letters. The filters are the decomposition filters as PyWavelets lists them, applied as a convolution; the center of one with n taps is
/// its tap n/2 (as if an even filter had a zero appended, IBSI-2). Borders are mirrored, or periodic for PyRadiomics.
/// </summary>
internal static class WaveletFilter
{
    /// <summary>
    /// Filters <paramref name="domain"/> into two bands that differ along z only: x, y and then both filters along z. The eight bands take 16 passes in
    /// four such pairs, where all at once would take 14, but hold eight maps.
    /// </summary>
    /// <param name="domain">The image.</param>
    /// <param name="border">Its continuation.</param>
    /// <param name="wavelet">The mother wavelet.</param>
    /// <param name="pair">0 to 3: bands 2·pair and 2·pair + 1 of <see cref="WaveletBands.OfVolume"/>.</param>
    /// <param name="low">Response of the band that ends in L, in the layout of the output box.</param>
    /// <param name="high">Of the band that ends in H.</param>
    /// <param name="cancellation">Checked at each slice.</param>
    public static void Apply(
        FilterDomain domain, BorderRule border, string wavelet, int pair, float[] low, float[] high, CancellationToken cancellation)
    {
        var (lowTaps, highTaps) = WaveletTaps.Of(wavelet);
        var alongX = pair < 2 ? lowTaps : highTaps;
        var alongY = pair % 2 == 0 ? lowTaps : highTaps;
        var source = new SliceSource(domain, border, lowTaps, lowTaps, lowTaps);
        var (width, height) = (domain.Output.SizeX, domain.Output.SizeY);
        var plane = width * height;
        var taps = lowTaps.Count;
        var filteredX = new float[source.Rows * width];
        var ring = ArrayPool<float>.Shared.Rent(taps * plane);
        Span<int> rows = stackalloc int[taps];
        for (var slice = 0; slice < source.Slices; slice++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var y = 0; y < source.Rows; y++)
            {
                source.Read(y, slice);
                TapSums.One(source.RowBuffer, source.ShiftsX, alongX.Weights, filteredX.AsSpan(y * width, width));
            }

            var slot = slice % taps * plane;
            for (var y = 0; y < height; y++)
            {
                for (var t = 0; t < taps; t++)
                {
                    rows[t] = source.ShiftsY[t] + y * width;
                }

                TapSums.One(filteredX, rows, alongY.Weights, ring.AsSpan(slot + y * width, width));
            }

            var z = slice - (taps - 1);
            for (var y = 0; y < height && z >= 0; y++)
            {
                for (var t = 0; t < taps; t++)
                {
                    rows[t] = (z + t) % taps * plane + y * width;
                }

                var row = z * plane + y * width;
                TapSums.Two(ring, rows, lowTaps.Weights, highTaps.Weights, low.AsSpan(row, width), high.AsSpan(row, width));
            }
        }

        ArrayPool<float>.Shared.Return(ring);
        AddCenter(low, pair == 0 ? Math.Pow(lowTaps.Sum, 3) : alongX.Sum * alongY.Sum * lowTaps.Sum);
        AddCenter(high, alongX.Sum * alongY.Sum * highTaps.Sum);

        // A constant image's response, which differences from the center have lost. Filters with an H give 0, to which rounding adds nothing; dmey's don't quite.
        void AddCenter(float[] map, double response)
        {
            if (Math.Abs(response) > 1e-9)
            {
                var responses = map.AsSpan(0, domain.Output.Count);
                TapSums.Add(responses, (float)(domain.Center * response), responses);
            }
        }
    }
}
