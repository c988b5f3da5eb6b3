namespace Radiomics.Extraction;

/// <summary>The filters of the mother wavelets.</summary>
internal static class WaveletTaps
{
    private static readonly (Taps, Taps) _haar = Bank([0.70710678118654757, 0.70710678118654757]);

    private static readonly (Taps, Taps) _db2 =
        Bank([-0.12940952255126037, 0.22414386804201339, 0.83651630373780794, 0.48296291314453416]);

    private static readonly (Taps, Taps) _coif1 = Bank(
    [
        -0.015655728135791993, -0.07273261951252645, 0.38486484686485778, 0.85257202021160039, 0.33789766245748182, -0.07273261951252645,
    ]);

    private static readonly (Taps, Taps) _coif2 = Bank(
    [
        -0.00072054944552034698, -0.0018232088709110323, 0.0056114348193688343, 0.02368017194684777, -0.059434418646431092, -0.076488599078280761,
        0.41700518442323908, 0.81272363544941351, 0.38611006682276289, -0.067372554723725595, -0.041464936786871777, 0.016387336463203641,
    ]);

    /// <summary>Low-pass and high-pass filter of <paramref name="wavelet"/>, of one length.</summary>
    public static (Taps Low, Taps High) Of(WaveletFamily wavelet) => wavelet switch
    {
        WaveletFamily.Haar => _haar,
        WaveletFamily.Db2 => _db2,
        WaveletFamily.Coif2 => _coif2,
        _ => _coif1,
    };

    /// <summary>The high-pass filter is the low-pass one reversed, every other sign changed (quadrature mirror); both reversed again, since convolution does.</summary>
    private static (Taps, Taps) Bank(double[] decompositionLow)
    {
        var n = decompositionLow.Length;
        var low = new double[n];
        var high = new double[n];
        for (var t = 0; t < n; t++)
        {
            low[t] = decompositionLow[n - 1 - t];
            high[t] = t % 2 == 0 ? decompositionLow[t] : -decompositionLow[t];
        }

        return (new(low, 1 - n / 2), new(high, 1 - n / 2));
    }
}
