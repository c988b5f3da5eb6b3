namespace Radiomics.Extraction.Tests;

public class WaveletFilterTests
{
    // By PyWavelets 1.x (swtn along x, y, z of Ramp, an odd size filled up with its first voxel): index and response.
    public static TheoryData<string, string, int[], double[]> PyWavelets => new()
    {
        { "coif1", "LLL", [0, 62, 124, 186, 248, 310], [339.23611, 406.372238, 445.623344, 431.107272, 387.119871, 450.063219] },
        { "coif1", "LLH", [0, 62, 124, 186, 248, 310], [-62.2974257, -24.070461, -38.9030087, 30.0781732, 3.64118524, 2.11861359] },
        { "coif1", "HLL", [0, 62, 124, 186, 248, 310], [-11.4425433, -26.974077, 6.83398934, -33.8358579, 25.9804536, 14.224597] },
        { "coif1", "HHH", [0, 62, 124, 186, 248, 310], [-60.0276191, -7.6066262, 7.27830143, 3.04430084, -4.91213475, 17.6409999] },
        { "coif2", "LLL", [0, 62, 124, 186, 248, 310], [314.38702, 387.291289, 413.624445, 448.720047, 396.929337, 422.832866] },
        { "coif2", "LLH", [0, 62, 124, 186, 248, 310], [125.345158, -6.50139013, 6.80746486, -0.532111146, -10.0403316, -14.3636379] },
        { "coif2", "HLL", [0, 62, 124, 186, 248, 310], [-52.170865, -5.36905546, -7.62396116, 17.8981044, -2.79945902, 0.758795184] },
        { "coif2", "HHH", [0, 62, 124, 186, 248, 310], [100.216475, 16.0370045, -14.6498642, -28.3903232, -16.6677884, -11.9099155] },
    };

    [Theory]
    [InlineData("haar")]
    [InlineData("db2")]
    [InlineData("coif1")]
    [InlineData("coif2")]
    public void Every_band_is_the_convolution_with_its_three_filters_that_borders_mirror(string wavelet)
    {
        var d = NaiveFilters.Noise((37, 10, 7), (1, 1, 3));
        var (low, high) = WaveletTaps.Of(wavelet);
        for (var band = 0; band < 8; band++)
        {
            var letters = WaveletBands.OfVolume[band];
            var expected = NaiveFilters.Convolve(d, NaiveFilters.Mirrored, Taps(letters[0]), Taps(letters[1]), Taps(letters[2]));
            NaiveFilters.AssertClose(expected, Apply(d, BorderRule.Mirror, wavelet, letters));
        }

        Taps Taps(char letter) => letter == 'L' ? low : high;
    }

    [Theory]
    [InlineData("haar")]
    [InlineData("coif1")]
    public void The_bands_of_an_impulse_are_the_outer_products_of_the_filters(string wavelet)
    {
        var d = NaiveFilters.Noise((25, 25, 25), (1, 1, 1)) with { Center = 0 };
        Array.Clear(d.Voxels);
        d.Voxels[(12 * 25 + 12) * 25 + 12] = 1;
        var (low, high) = WaveletTaps.Of(wavelet);
        foreach (var band in WaveletBands.OfVolume)
        {
            var map = Apply(d, BorderRule.Mirror, wavelet, band);
            for (var i = 0; i < map.Length; i++)
            {
                Assert.Equal(At(band[0], i % 25) * At(band[1], i / 25 % 25) * At(band[2], i / 625), map[i], 1e-7);
            }
        }

        double At(char letter, int position)
        {
            var taps = letter == 'L' ? low : high;
            var tap = 12 - position - taps.First;
            return tap >= 0 && tap < taps.Count ? taps.Exact[tap] : 0;
        }
    }

    [Fact]
    public void Haar_sees_a_ramps_steps_and_sums()
    {
        // x + 10y + 100z: along an axis low is (a + b)/√2, high (a − b)/√2, of a voxel a and the next one b.
        var d = NaiveFilters.Noise((6, 6, 6), (1, 1, 1)) with { Output = new(1, 1, 1, 1, 1, 1), Center = 0 };
        for (var i = 0; i < d.Voxels.Length; i++)
        {
            d.Voxels[i] = i % 6 + 10 * (i / 6 % 6) + 100 * (i / 36);
        }

        var half = Math.Sqrt(0.5);
        Assert.Equal(Math.Pow(2 * half, 3) * (111 + 55.5), Apply(d, BorderRule.Mirror, "haar", "LLL")[0], 1e-3);
        Assert.Equal(-1 * half * 4 * half * half, Apply(d, BorderRule.Mirror, "haar", "HLL")[0], 1e-4);
        Assert.Equal(-10 * half * 4 * half * half, Apply(d, BorderRule.Mirror, "haar", "LHL")[0], 1e-4);
        Assert.Equal(-100 * half * 4 * half * half, Apply(d, BorderRule.Mirror, "haar", "LLH")[0], 1e-3);
        Assert.Equal(0, Apply(d, BorderRule.Mirror, "haar", "HHL")[0], 1e-4);
    }

    [Theory]
    [InlineData("haar")]
    [InlineData("db2")]
    [InlineData("coif1")]
    [InlineData("coif2")]
    public void The_filters_are_an_orthonormal_pair(string wavelet)
    {
        var (low, high) = WaveletTaps.Of(wavelet);
        Assert.Equal(Math.Sqrt(2), low.Sum, 1e-11);
        Assert.Equal(0, high.Sum, 1e-11);
        for (var shift = 0; shift < low.Count; shift += 2)
        {
            Assert.Equal(shift == 0 ? 1 : 0, Product(low, low, shift), 1e-11);
            Assert.Equal(shift == 0 ? 1 : 0, Product(high, high, shift), 1e-11);
            Assert.Equal(0, Product(low, high, shift), 1e-11);
        }

        static double Product(Taps a, Taps b, int shift) => Enumerable.Range(0, a.Count - shift).Sum(i => a.Exact[i] * b.Exact[i + shift]);
    }

    [Theory]
    [MemberData(nameof(PyWavelets))]
    public void Periodic_bands_are_those_of_PyWavelets(string wavelet, string band, int[] indices, double[] expected)
    {
        var map = Apply(TestVolumes.Sawtooth(), BorderRule.PeriodicEven, wavelet, band);
        Assert.All(indices, (index, i) => Assert.Equal(expected[i], map[index], 1e-3));
    }

    [Fact]
    public void A_box_of_the_domain_answers_as_in_the_whole()
    {
        var whole = NaiveFilters.Noise((40, 12, 10), (1, 1, 2));
        var map = Apply(whole, BorderRule.Mirror, "coif2", "HLH");
        var part = whole with { Output = new(0, 3, 9, 35, 9, 1) };
        float[] expected = [.. NaiveFilters.Map(part, (x, y, z) => map[(z * 12 + y) * 40 + x]).Select(v => (float)v)];
        Assert.Equal(expected, Apply(part, BorderRule.Mirror, "coif2", "HLH"));
    }

    private static float[] Apply(FilterDomain d, BorderRule border, string wavelet, string band)
    {
        var index = Enumerable.Range(0, 8).First(i => WaveletBands.OfVolume[i] == band);
        float[][] maps = [new float[d.Output.Count], new float[d.Output.Count]];
        WaveletFilter.Apply(d, border, wavelet, index / 2, maps[0], maps[1], CancellationToken.None);
        return maps[index % 2];
    }
}
