using static Radiomics.Extraction.Tests.DenseFilters;

namespace Radiomics.Extraction.Tests;

/// <summary>Mean, Laws, LoG and wavelets against the sums that define them.</summary>
public class SeparableFilterTests
{
    private static readonly (int X, int Y, int Z) _size = (19, 8, 7);
    private static readonly Dictionary<string, double[]> _laws = new()
    {
        ["L5"] = [1, 4, 6, 4, 1],
        ["E5"] = [-1, -2, 0, 2, 1],
        ["S5"] = [-1, 0, 2, 0, -1],
        ["W5"] = [-1, 2, 0, -2, 1],
        ["R5"] = [1, -4, 6, -4, 1],
        ["L3"] = [1, 2, 1],
        ["E3"] = [-1, 0, 1],
        ["S3"] = [-1, 2, -1],
    };

    public static TheoryData<string, FilterBoundary> Borders
    {
        get
        {
            var data = new TheoryData<string, FilterBoundary>();
            foreach (var border in Enum.GetValues<FilterBoundary>())
            {
                data.Add("L5E5S5", border);
                data.Add("W5R5L3", border);
                data.Add("E3S3", border);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Borders))]
    public void Laws_response_is_the_sum_over_its_kernel(string kernels, FilterBoundary border)
    {
        var d = Noise();
        AssertClose(Respond(Doubles(d), _size, Laws(kernels), border), d, $"'type':'laws','kernels':'{kernels}','boundary':'{Json(border)}'");
    }

    [Theory]
    [MemberData(nameof(Borders))]
    public void Laws_energy_is_the_mean_magnitude_of_the_response(string kernels, FilterBoundary border)
    {
        var d = Noise();
        var magnitudes = Respond(Doubles(d), _size, Laws(kernels), border).Select(Math.Abs).ToArray();
        var mean = Mean(7, inSlices: kernels.Length == 4);
        AssertClose(Respond(magnitudes, _size, mean, border), d, $"'type':'laws','kernels':'{kernels}','energyDistance':3,'boundary':'{Json(border)}'");
    }

    [Theory]
    [InlineData(FilterBoundary.Mirror)]
    [InlineData(FilterBoundary.Zero)]
    [InlineData(FilterBoundary.Nearest)]
    [InlineData(FilterBoundary.Periodic)]
    public void A_mean_is_the_mean_even_if_it_is_wider_than_the_image(FilterBoundary border)
    {
        var d = Noise();
        foreach (var inSlices in (bool[])[false, true])
        {
            foreach (var support in (int[])[1, 5, 23])
            {
                AssertClose(
                    Respond(Doubles(d), _size, Mean(support, inSlices), border),
                    d,
                    $"'type':'mean','support':{support},'boundary':'{Json(border)}','dimension':'{(inSlices ? "slices" : "volume")}'");
            }
        }
    }

    [Theory]
    [InlineData(FilterBoundary.Mirror)]
    [InlineData(FilterBoundary.Zero)]
    [InlineData(FilterBoundary.Nearest)]
    [InlineData(FilterBoundary.Periodic)]
    public void LoG_ends_at_its_cut_and_sees_the_border(FilterBoundary border)
    {
        var d = Noise() with { Spacing = (1, 1, 1) };
        foreach (var inSlices in (bool[])[false, true])
        {
            var (gauss, second) = LogFilter.Kernel(1.5, 1, 2.5);
            Assert.Equal(-4, gauss.First);
            Assert.Equal(9, gauss.Count);
            (int, double)[] none = [(0, 1.0)];
            var (g, s) = (Offsets(gauss), Offsets(second));
            var parts = inSlices
                ? new[] { Product(s, g, none), Product(g, s, none) }
                : [Product(s, g, g), Product(g, s, g), Product(g, g, s)];
            var expected = new double[d.Voxels.Length];
            foreach (var part in parts)
            {
                expected = [.. Respond(Doubles(d), _size, part, border).Select((v, i) => v + expected[i])];
            }

            AssertClose(expected, d, $"'type':'log','sigma':1.5,'cutoff':2.5,'boundary':'{Json(border)}','dimension':'{(inSlices ? "slices" : "volume")}'");
        }

        static IEnumerable<(int, double)> Offsets(Taps taps) => taps.Exact.Select((weight, i) => (taps.First + i, weight));
    }

    [Fact]
    public void LoG_with_its_defaults_written_out_is_to_the_last_bit_the_one_without()
    {
        var d = Noise();
        Assert.Equal(FilteredMap.Of(d, "'type':'log','sigma':2"), FilteredMap.Of(d, "'type':'log','sigma':2,'cutoff':4,'boundary':'mirror','dimension':'volume'"));
    }

    [Theory]
    [InlineData("db2", "LHL", FilterBoundary.Zero, 2)]
    [InlineData("db2", "HH", FilterBoundary.Mirror, 2)]
    [InlineData("haar", "HLL", FilterBoundary.Mirror, 3)]
    [InlineData("coif1", "LLH", FilterBoundary.Periodic, 2)]
    [InlineData("bior2.2", "HLH", FilterBoundary.Nearest, 2)]
    [InlineData("sym4", "LLL", FilterBoundary.Mirror, 1)]
    public void A_level_smooths_by_the_levels_before_and_then_filters_by_the_bands_letters(string wavelet, string band, FilterBoundary border, int level)
    {
        var d = Noise();
        var (low, high) = Decomposition(wavelet);
        (int, double)[] none = [(0, 1.0)];
        var response = Doubles(d);
        for (var i = 0; i < level; i++)
        {
            var axes = band.Select(letter => Convolution(i == level - 1 && letter == 'H' ? high : low, 1 << i)).ToArray();
            response = Respond(response, _size, Product(axes[0], axes[1], axes.Length == 3 ? axes[2] : none), border);
        }

        var dimension = band.Length == 2 ? ",'dimension':'slices'" : "";
        AssertClose(response, d, $"'type':'wavelet','wavelet':'{wavelet}','bands':['{band}'],'level':{level},'boundary':'{Json(border)}'{dimension}");
    }

    [Fact]
    public void There_are_24_rotations_of_a_volume_and_4_of_a_slice()
    {
        Assert.Equal(24, OfVolume.Count);
        Assert.Equal(4, OfSlice.Count);
    }

    [Theory]
    [InlineData("L5E5S5", RotationInvariance.Max)]
    [InlineData("E3W5R5", RotationInvariance.Min)]
    [InlineData("L5S5R5", RotationInvariance.Average)]
    [InlineData("S5S5L5", RotationInvariance.Average)]
    [InlineData("E5W5", RotationInvariance.Max)]
    [InlineData("L5S5", RotationInvariance.Min)]
    public void Laws_rotated_kernels_are_pooled(string kernels, RotationInvariance pooling)
    {
        var d = Noise();
        var rotations = kernels.Length == 4 ? OfSlice : OfVolume;
        double[][] responses = [.. rotations.Select(r => Respond(Doubles(d), _size, Rotate(Laws(kernels), r), FilterBoundary.Nearest))];
        AssertClose(Pool(responses, pooling), d, $"'type':'laws','kernels':'{kernels}','rotationInvariance':'{Json(pooling)}','boundary':'nearest'");
    }

    [Fact]
    public void Rotations_of_an_edge_average_to_nothing() =>
        Assert.All(FilteredMap.Of(Noise(), "'type':'laws','kernels':'E5E5L5','rotationInvariance':'average'"), v => Assert.Equal(0, v));

    [Theory]
    [InlineData("db2", "LHL", RotationInvariance.Average, 1)]
    [InlineData("db2", "LHL", RotationInvariance.Max, 1)]
    [InlineData("db2", "HLH", RotationInvariance.Min, 1)]
    [InlineData("db3", "HHH", RotationInvariance.Average, 2)]
    [InlineData("haar", "LLH", RotationInvariance.Max, 2)]
    [InlineData("db2", "LH", RotationInvariance.Average, 2)]
    [InlineData("db2", "LH", RotationInvariance.Max, 1)]
    public void A_bands_rotated_filters_are_pooled_level_after_level(string wavelet, string band, RotationInvariance pooling, int level)
    {
        var d = Noise();
        var (low, high) = Decomposition(wavelet);
        (int, double)[] none = [(0, 1.0)];
        var responses = new List<double[]>();
        foreach (var rotation in band.Length == 2 ? OfSlice : OfVolume)
        {
            var response = Doubles(d);
            for (var i = 0; i < level; i++)
            {
                var axes = band.Select(letter => Convolution(i == level - 1 && letter == 'H' ? high : low, 1 << i)).ToArray();
                response = Respond(response, _size, Rotate(Product(axes[0], axes[1], axes.Length == 3 ? axes[2] : none), rotation), FilterBoundary.Mirror);
            }

            responses.Add(response);
        }

        var dimension = band.Length == 2 ? ",'dimension':'slices'" : "";
        AssertClose(
            Pool(responses, pooling), d, $"'type':'wavelet','wavelet':'{wavelet}','bands':['{band}'],'level':{level},'rotationInvariance':'{Json(pooling)}'{dimension}");
    }

    [Theory]
    [InlineData("'type':'laws','kernels':'L5E5W5','rotationInvariance':'max','energyDistance':2")]
    [InlineData("'type':'laws','kernels':'E5S5L3','rotationInvariance':'min'")]
    [InlineData("'type':'wavelet','wavelet':'db3','bands':['LLH'],'rotationInvariance':'average'")]
    [InlineData("'type':'wavelet','wavelet':'db2','bands':['HLH'],'level':2,'rotationInvariance':'max'")]
    public void A_turned_image_has_the_turned_response(string filter)
    {
        const int n = 11;
        var d = NaiveFilters.Noise((n, n, n), (1, 1, 1));
        var response = FilteredMap.Of(d, filter);
        foreach (var rotation in OfVolume.Skip(1))
        {
            AssertEqual(Turn(response), FilteredMap.Of(d with { Voxels = Turn(d.Voxels) }, filter));

            float[] Turn(float[] image)
            {
                var turned = new float[image.Length];
                for (var i = 0; i < image.Length; i++)
                {
                    var (x, y, z) = rotation((2 * (i % n) - n + 1, 2 * (i / n % n) - n + 1, 2 * (i / n / n) - n + 1));
                    turned[((z + n - 1) / 2 * n + (y + n - 1) / 2) * n + (x + n - 1) / 2] = image[i];
                }

                return turned;
            }
        }

        static void AssertEqual(float[] expected, float[] actual) => NaiveFilters.AssertClose([.. expected.Select(v => (double)v)], actual);
    }

    [Theory]
    [InlineData("'type':'mean','support':7", 30000)]
    [InlineData("'type':'log','sigma':2,'boundary':'nearest'", 0)]
    [InlineData("'type':'laws','kernels':'E5L5S5','rotationInvariance':'max'", 0)]
    [InlineData("'type':'laws','kernels':'R5S5','boundary':'periodic','energyDistance':2", 0)]
    [InlineData("'type':'wavelet','wavelet':'db3','bands':['LLH'],'rotationInvariance':'average','level':2", 0)]
    [InlineData("'type':'wavelet','wavelet':'haar','bands':['LLL'],'level':2", 240000)]
    public void A_constant_gives_the_kernels_sum_of_it(string filter, float expected)
    {
        var d = Noise() with { Center = 29000 };
        Array.Fill(d.Voxels, 30000f);
        Assert.All(FilteredMap.Of(d, filter), v => Assert.Equal(expected, v, Math.Max(2e-2, 1e-6 * expected)));
    }

    [Theory]
    [InlineData("'type':'mean','support':5,'boundary':'zero'")]
    [InlineData("'type':'log','sigma':1.2,'boundary':'nearest'")]
    [InlineData("'type':'laws','kernels':'L5E5E5','rotationInvariance':'max','energyDistance':2")]
    [InlineData("'type':'laws','kernels':'L5S5','energyDistance':3,'boundary':'periodic'")]
    [InlineData("'type':'wavelet','wavelet':'db3','bands':['LLH'],'rotationInvariance':'average','level':2,'boundary':'periodic'")]
    public void A_box_of_the_domain_answers_as_in_the_whole(string filter)
    {
        var whole = NaiveFilters.Noise((40, 22, 20), (1, 1, 2));
        var map = FilteredMap.Of(whole, filter);
        foreach (var box in (VoxelBox[])[new(0, 3, 9, 35, 9, 1), new(12, 9, 8, 17, 4, 3), new(39, 21, 0, 1, 1, 20)])
        {
            var part = whole with { Output = box };
            float[] expected = [.. NaiveFilters.Map(part, (x, y, z) => map[(z * 22 + y) * 40 + x]).Select(v => (float)v)];
            Assert.Equal(expected, FilteredMap.Of(part, filter));
        }
    }

    private static FilterDomain Noise() => NaiveFilters.Noise(_size, (1, 1, 3));

    private static double[] Doubles(FilterDomain d) => [.. d.Voxels.Select(v => (double)v)];

    private static void AssertClose(double[] expected, FilterDomain domain, string filter) =>
        NaiveFilters.AssertClose(expected, FilteredMap.Of(domain, filter), 2e-5);

    private static Kernel Mean(int support, bool inSlices)
    {
        (int, double)[] mean = [.. Enumerable.Range(-(support / 2), support).Select(i => (i, 1.0 / support))];
        return Product(mean, mean, inSlices ? [(0, 1.0)] : mean);
    }

    private static Kernel Laws(string kernels)
    {
        (int, double)[] none = [(0, 1.0)];
        return Product(Along(0), Along(1), kernels.Length == 6 ? Along(2) : none);

        IEnumerable<(int, double)> Along(int axis)
        {
            var weights = _laws[kernels.Substring(2 * axis, 2)];
            var norm = Math.Sqrt(weights.Sum(w => w * w));
            return Convolution([.. weights.Select(w => w / norm)]);
        }
    }

    /// <summary>The filters as PyWavelets lists them.</summary>
    private static (double[] Low, double[] High) Decomposition(string wavelet)
    {
        var (low, high) = WaveletTaps.Of(wavelet);
        return ([.. low.Exact.Reverse()], [.. high.Exact.Reverse()]);
    }

    private static string Json<T>(T value)
        where T : struct, Enum => EnumNames<T>.Of(value);
}
