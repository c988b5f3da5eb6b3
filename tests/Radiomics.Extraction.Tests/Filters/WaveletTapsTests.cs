namespace Radiomics.Extraction.Tests;

public class WaveletTapsTests
{
    // By PyWavelets 1.1.1: dec_lo and dec_hi, their taps 0, 1 and the one in the middle.
    public static TheoryData<string, int, double[], double[]> PyWavelets => new()
    {
        { "db3", 6, [0.03522629188570953, -0.08544127388202666, 0.45987750211849154], [-0.33267055295008263, 0.8068915093110925, -0.13501102001025458] },
        { "db38", 76, [-1.7161524510887442e-18, 4.3045968395587903e-17, 0.0007169821821064019], [-1.4257766416741318e-06, 3.576251994264023e-05, -0.0024006977818909732] },
        { "sym8", 16, [-0.0033824159510061256, -0.0005421323317911481, 0.3644418948353314], [-0.0018899503327594609, -0.0003029205147213668, -0.7771857517005235] },
        { "sym20", 40, [3.695537474835221e-07, -1.9015675890554106e-07, 0.75116272842273], [6.329129044776395e-07, -3.2567026420174407e-07, -0.4058314443484506] },
        { "coif5", 30, [-9.604010112767894e-08, -1.6237995172048338e-07, 0.041287530472117834], [0.000212081862067494, 0.0003585777411617577, 0.032674799467057355] },
        { "coif17", 102, [-1.4925731767051474e-22, -1.881677148105947e-22, 0.0029310184543699363], [9.193044901647832e-12, 1.1589611003950017e-11, 0.001330834181963005] },
        { "dmey", 62, [0, -1.009999956941423e-12, 0.7445855923188063], [1.009999956941423e-12, 8.519459636796214e-09, 0.44459300275757724] },
        { "bior2.2", 6, [0, -0.1767766952966369, 1.0606601717798212], [0, 0.3535533905932738, 0.3535533905932738] },
        { "rbio2.2", 6, [0, 0, 0.7071067811865476], [0.1767766952966369, 0.3535533905932738, 0.3535533905932738] },
        { "bior3.5", 12, [-0.013810679320049757, 0.04143203796014927, 0.966747552403483], [0, 0, -0.5303300858899106] },
        { "rbio3.5", 12, [0, 0, 0.5303300858899106], [0.013810679320049757, 0.04143203796014927, -0.966747552403483] },
        { "bior6.8", 18, [0, 0.0019088317364812906, 0.8259229974584023], [0, 0, 0.41784910915027457] },
        { "rbio6.8", 18, [0, 0, 0.7589077294536541], [-0.0019088317364812906, -0.0019142861290887667, 0.4207962846098268] },
    };

    public static TheoryData<string> Names => [.. WaveletTaps.Names];

    [Theory]
    [MemberData(nameof(PyWavelets))]
    public void A_wavelets_filters_are_those_of_PyWavelets_to_the_last_bit(string name, int count, double[] decompositionLow, double[] decompositionHigh)
    {
        var (low, high) = WaveletTaps.Of(name);
        Assert.Equal((count, count), (low.Count, high.Count));
        int[] taps = [0, 1, count / 2];
        Assert.Equal(decompositionLow, taps.Select(t => low.Exact[count - 1 - t]));
        Assert.Equal(decompositionHigh, taps.Select(t => high.Exact[count - 1 - t]));
    }

    [Fact]
    public void There_are_all_106_discrete_wavelets()
    {
        Assert.Equal(106, WaveletTaps.Names.Distinct().Count());
        Assert.All(WaveletTaps.Names, name => Assert.True(WaveletTaps.Has(name), name));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_wavelet_reconstructs_what_it_has_decomposed(string name)
    {
        // dmey is but an approximation, and sym20 is listed to 11 digits.
        var tolerance = name == "dmey" ? 3e-3 : 3e-11;
        var (low, high) = WaveletTaps.Of(name);
        Assert.Equal(Math.Sqrt(2), low.Sum, 1e-11);
        Assert.Equal(0, high.Sum, tolerance);

        // Undecimated, the sum of both ways there and back is twice the image, whatever the shift: low * low' + high * high' = 2δ with the dual filters, which
        // are those of the reverse wavelet (of an orthogonal one itself) backwards.
        var (dualLow, dualHigh) = WaveletTaps.Of(Dual(name));
        var n = low.Count;
        for (var shift = 1 - n; shift < n; shift++)
        {
            Assert.Equal(shift == 0 ? 2 : 0, Product(low, dualLow, shift) + Product(high, dualHigh, shift), 2 * tolerance);
        }

        for (var shift = -n + 2; shift < n; shift += 2)
        {
            Assert.Equal(shift == 0 ? 1 : 0, Product(low, dualLow, shift), tolerance);
            Assert.Equal(0, Product(low, dualHigh, shift), tolerance);
        }
    }

    [Theory]
    [InlineData("daubechies")]
    [InlineData("db0")]
    [InlineData("db39")]
    [InlineData("db02")]
    [InlineData("db+2")]
    [InlineData("db 2")]
    [InlineData("sym1")]
    [InlineData("coif18")]
    [InlineData("bior2.3")]
    [InlineData("bior")]
    [InlineData("DB2")]
    [InlineData("mexh")]
    [InlineData("")]
    public void What_is_no_discrete_wavelet_is_told_with_those_there_are(string name)
    {
        Assert.False(WaveletTaps.Has(name));
        var e = Assert.Throws<RadiomicsException>(() => WaveletTaps.Of(name));
        Assert.Equal("InvalidSettings", e.Code);
        Assert.Contains("db1 to db38", e.Detail);
    }

    private static string Dual(string name) =>
        name.StartsWith("bior", StringComparison.Ordinal) ? "rbio" + name[4..] : name.StartsWith("rbio", StringComparison.Ordinal) ? "bior" + name[4..] : name;

    /// <summary>Σ a[i]·b[i + shift].</summary>
    private static double Product(Taps a, Taps b, int shift) =>
        Enumerable.Range(0, a.Count).Where(i => i + shift >= 0 && i + shift < b.Count).Sum(i => a.Exact[i] * b.Exact[i + shift]);
}
