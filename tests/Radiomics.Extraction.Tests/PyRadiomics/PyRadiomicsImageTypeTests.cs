namespace Radiomics.Extraction.Tests;

/// <summary>Responses of PyRadiomics' image types, compared with the libraries that it calls, of <see cref="TestVolumes.Sawtooth"/>.</summary>
public class PyRadiomicsImageTypeTests
{
    private static readonly int[] _indices = [0, 62, 124, 186, 248, 310, 157];

    // By PyWavelets 1.1.1: swtn of one level along x, y, z again and again, an odd size filled up with its first voxel before; start level and levels.
    public static TheoryData<string, int, int, string, double[]> PyWavelets => new()
    {
        { "db3", 0, 1, "LLL", [311.43086, 387.974013, 419.625323, 458.22866, 392.161588, 423.417255, 396.043691] },
        { "db3", 0, 1, "LLH", [-113.81587, 8.17606185, -7.89794794, 0.599574095, 12.0101919, 12.5242669, 3.58734651] },
        { "db3", 0, 1, "HLL", [65.2882811, 2.8439399, 20.2131647, -16.9880532, -0.659729178, -2.86848928, 8.87560741] },
        { "bior2.2", 0, 1, "LLL", [276.826781, 383.494943, 453.852068, 440.522, 357.912041, 468.612922, 416.822875] },
        { "bior2.2", 0, 1, "LLH", [-69.1859791, -26.7816693, -46.8679213, 31.2452809, 14.7719026, 6.70646588, -10.043126] },
        { "bior2.2", 0, 1, "HLL", [-1.11590289, -42.5810865, 1.31477667, -30.129378, 32.3611838, 15.6226404, 29.0134751] },
        { "rbio3.5", 0, 2, "LLL", [1190.86948, 1174.47614, 1212.62726, 1206.98819, 1185.64255, 1182.01047, 1199.2659] },
        { "rbio3.5", 0, 2, "LLH", [11.0609794, 11.5948391, 13.1820745, -15.7404971, -3.95339727, -11.1954045, 1.21847105] },
        { "rbio3.5", 0, 2, "HLL", [7.71392393, -26.5900002, -27.445045, 27.3838668, 16.8405828, -11.2888174, -14.2676921] },
        { "haar", 1, 2, "LLL", [3377.09779, 3260.82292, 3486.61096, 3459.21057, 3360.83434, 3202.97275, 3325.16964] },
        { "haar", 1, 2, "LLH", [-26.8258635, -22.362252, -53.6075328, 97.0945999, -25.5884266, 50.2487756, -5.5684659] },
        { "haar", 1, 2, "HLL", [40.5260574, -9.54594155, 101.337241, -31.6872226, -48.7461737, -57.6733968, 44.989669] },
        { "dmey", 0, 1, "LLL", [319.132662, 381.73115, 456.679326, 424.753736, 376.349157, 444.239956, 420.519835] },
        { "dmey", 0, 1, "LLH", [-76.1550891, -16.4601128, -24.7376873, 23.6509133, -0.305208392, 15.183542, -13.6666183] },
        { "dmey", 0, 1, "HLL", [-23.060534, -21.466197, 19.7617775, -4.2146273, 0.703336735, 23.9274944, 13.7442109] },
        { "coif1", 0, 3, "LLL", [3013.33076, 3247.48527, 3513.14524, 3382.20564, 3241.9649, 3480.51012, 3403.19406] },
        { "coif1", 0, 3, "LLH", [-64.8762774, -5.18887306, -80.5301586, 56.8347206, -10.235335, -17.5876165, 13.8166913] },
        { "coif1", 0, 3, "HLL", [-59.3195292, 64.1176114, 10.4030155, -89.3464588, 75.6244696, 15.8025012, 23.61842] },
        { "sym5", 2, 1, "LLL", [3369.96046, 3364.46432, 3419.67962, 3337.80617, 3322.36075, 3119.16686, 3260.95081] },
        { "sym5", 2, 1, "LLH", [-28.1339985, -0.18067841, 14.4340071, 36.0084845, -12.021518, 7.84513565, 1.56956397] },
        { "sym5", 2, 1, "HLL", [45.8054844, 11.2357356, 31.8212735, -7.61889981, -80.2951701, -100.589505, 57.3229637] },
    };

    // By scikit-image 0.19.3: local_binary_pattern of each slice; radius and samples.
    public static TheoryData<SliceAxis, BinaryPatternMethod, double, int, double[]> ScikitImage => new()
    {
        { SliceAxis.Z, BinaryPatternMethod.Uniform, 1, 8, [3, 3, 5, 3, 0, 0, 0] },
        { SliceAxis.Z, BinaryPatternMethod.Default, 1, 8, [193, 28, 31, 7, 0, 0, 0] },
        { SliceAxis.Z, BinaryPatternMethod.Ror, 1.5, 12, [15, 15, 15, 25, 0, 0, 1] },
        { SliceAxis.Z, BinaryPatternMethod.Var, 2, 9, [5344.2595, 4052.23819, 4394.61567, 4425.89567, 5502.14391, 4964.43946, 346.04755] },
        { SliceAxis.Y, BinaryPatternMethod.Uniform, 1, 8, [3, 3, 8, 4, 0, 0, 0] },
        { SliceAxis.Y, BinaryPatternMethod.Default, 1, 8, [193, 112, 255, 15, 0, 0, 0] },
        { SliceAxis.Y, BinaryPatternMethod.Ror, 1.5, 12, [15, 15, 63, 63, 0, 0, 0] },
        { SliceAxis.Y, BinaryPatternMethod.Var, 2, 9, [5914.10995, 4971.50032, 4043.20672, 243.082392, 2969.15001, 4853.82961, 165.018786] },
        { SliceAxis.X, BinaryPatternMethod.Uniform, 1, 8, [3, 3, 5, 3, 0, 0, 0] },
        { SliceAxis.X, BinaryPatternMethod.Default, 1, 8, [193, 7, 31, 28, 0, 0, 0] },
        { SliceAxis.X, BinaryPatternMethod.Ror, 1.5, 12, [15, 15, 15, 19, 0, 0, 1] },
        { SliceAxis.X, BinaryPatternMethod.Var, 2, 9, [4544.79199, 4832.23826, 4626.58976, 5003.48596, 5346.59059, 4441.79303, 484.227393] },
    };

    // By SciPy 1.10.1 (map_coordinates of order 3, sph_harm, kurtosis) and NumPy, of int16 and of float voxels; levels, radius, subdivision.
    public static TheoryData<bool, int, double, int, string, double[]> SciPy => new()
    {
        { true, 2, 1, 1, "lbp-3D-m1", [4.64148863, 4.64148863, 12.893024, 8.25153534, 0, 0, 0.515720959] },
        { true, 2, 1, 1, "lbp-3D-m2", [7.25249791, 7.25249791, 9.40038248, 8.37200012, 0, 0, 0.870647183] },
        { true, 2, 1, 1, "lbp-3D-k", [0.16814528, 0.17903432, -1.79094377, -1.76467325, -1.79865168, -1.52258168, -1.21704637] },
        { true, 3, 1.5, 0, "lbp-3D-m1", [0.826993343, 0.551328895, 0.826993343, 0.826993343, 0.275664448, 0, 0.826993343] },
        { true, 3, 1.5, 0, "lbp-3D-m2", [1.10842746, 0.688012273, 1.16030563, 0.495366758, 0.495366758, 0, 1.10842746] },
        { true, 3, 1.5, 0, "lbp-3D-m3", [0.79378898, 0.666486375, 1.40280158, 1.86933856, 0.599369413, 0, 0.79378898] },
        { true, 3, 1.5, 0, "lbp-3D-k", [0.31688575, -0.525172712, -1.78211227, -1.48060585, -1.97252225, -1.84763336, -0.714798507] },
        { true, 2, 2, 2, "lbp-3D-m1", [27.3471081, 27.3471081, 33.4242432, 32.4113874, 20.2571171, 2.02571171, 33.4242432] },
        { true, 2, 2, 2, "lbp-3D-m2", [43.1834489, 43.1834489, 42.6733653, 24.7513107, 21.3250219, 3.25718456, 26.190607] },
        { true, 2, 2, 2, "lbp-3D-k", [1.59330875, 1.58028976, -0.814228391, -1.86102093, -1.66253007, -0.84316337, -0.988848262] },
        { false, 2, 1, 1, "lbp-3D-m1", [4.64148863, 4.64148863, 12.893024, 7.73581438, 0, 0, 0.515720959] },
        { false, 2, 1, 1, "lbp-3D-m2", [7.25249791, 7.25249791, 9.40038248, 8.01579124, 0, 0, 0.870647183] },
        { false, 2, 1, 1, "lbp-3D-k", [0.167958522, 0.174286851, -1.79121755, -1.76451523, -1.79836527, -1.52399475, -1.21047919] },
        { false, 3, 1.5, 0, "lbp-3D-m1", [0.826993343, 0.551328895, 0.826993343, 0.826993343, 0.275664448, 0, 0.826993343] },
        { false, 3, 1.5, 0, "lbp-3D-m2", [1.10842746, 0.688012273, 1.16030563, 0.495366758, 0.495366758, 0, 1.10842746] },
        { false, 3, 1.5, 0, "lbp-3D-m3", [0.79378898, 0.666486375, 1.40280158, 1.86933856, 0.599369413, 0, 0.79378898] },
        { false, 3, 1.5, 0, "lbp-3D-k", [0.307869455, -0.524597409, -1.78233103, -1.48049383, -1.97284812, -1.84898701, -0.710642185] },
        { false, 2, 2, 2, "lbp-3D-m1", [27.3471081, 27.3471081, 33.4242432, 32.4113874, 20.2571171, 2.02571171, 32.4113874] },
        { false, 2, 2, 2, "lbp-3D-m2", [43.1834489, 43.1834489, 42.6733653, 24.7513107, 21.3250219, 3.25718456, 24.9271771] },
        { false, 2, 2, 2, "lbp-3D-k", [1.59747672, 1.57613374, -0.81203348, -1.86160783, -1.66277602, -0.844847488, -0.984628693] },
    };

    [Theory]
    [MemberData(nameof(PyWavelets))]
    public void A_wavelets_levels_are_those_of_PyWavelets(string wavelet, int start, int levels, string band, double[] expected)
    {
        var map = Responses(new() { Type = FilterType.Wavelet, Wavelet = wavelet, PyRadiomics = new() { StartLevel = start, Levels = levels } }, inSlices: false);
        var name = levels == 1 ? $"wavelet-{band}" : $"wavelet{levels}-{band}";
        AssertClose(expected, map[name], 2e-6);
    }

    [Fact]
    public void A_wavelets_levels_within_slices_are_those_of_PyWavelets()
    {
        // swtn along x and z.
        var filter = new FilterSettings { Type = FilterType.Wavelet, Wavelet = "db3", PyRadiomics = new() { Levels = 2 } };
        var maps = Responses(filter, inSlices: true, SliceAxis.Y);
        AssertClose([590.122385, 567.400851, 674.844246, 608.146823, 577.194934, 639.817289, 600.0597], maps["wavelet2-LL"], 1e-6);
        AssertClose([5.20990135, 13.949474, -25.3839258, 14.1198745, -10.6300406, -1.85372231, -16.2251924], maps["wavelet2-LH"], 1e-6);
        AssertClose([4.1378131, 14.1485138, -10.7599873, -37.6554506, 26.0368017, -20.2070063, 40.8070136], maps["wavelet2-HL"], 1e-6);
    }

    [Fact]
    public void Every_level_has_its_bands_and_only_the_last_one_the_approximation()
    {
        var filter = new FilterSettings { Type = FilterType.Wavelet, PyRadiomics = new() { StartLevel = 1, Levels = 2 } };
        Assert.Equal(
            [
                "wavelet-LLH", "wavelet-LHL", "wavelet-LHH", "wavelet-HLL", "wavelet-HLH", "wavelet-HHL", "wavelet-HHH",
                "wavelet2-LLL", "wavelet2-LLH", "wavelet2-LHL", "wavelet2-LHH", "wavelet2-HLL", "wavelet2-HLH", "wavelet2-HHL", "wavelet2-HHH",
            ],
            PyRadiomicsNames.Of(filter, inSlices: false));
        Assert.Equal(["wavelet-LL", "wavelet-LH", "wavelet-HL", "wavelet-HH"], PyRadiomicsNames.Of(new() { Type = FilterType.Wavelet }, inSlices: true));
    }

    [Theory]
    [InlineData("haar", 3)]
    [InlineData("db38", 2)]
    public void A_box_of_the_image_answers_as_in_the_whole(string wavelet, int levels)
    {
        // With haar the margin is a part of the image, with db38 it goes round it more than once.
        var whole = NaiveFilters.Noise((41, 12, 10), (1, 1, 2));
        var options = new PyRadiomicsFilterSettings { Levels = levels };
        var (all, part) = (Maps(whole.Output.Count), Maps(35 * 8));
        LevelledWavelet.Apply(whole, wavelet, options, null, all, CancellationToken.None);
        LevelledWavelet.Apply(whole with { Output = new(5, 3, 9, 35, 8, 1) }, wavelet, options, null, part, CancellationToken.None);
        for (var band = 0; band < all.Length; band++)
        {
            for (var i = 0; i < part[band].Length; i++)
            {
                Assert.Equal(all[band][(9 * 12 + 3 + i / 35) * 41 + 5 + i % 35], part[band][i], 1e-3);
            }
        }

        double[][] Maps(int count) => [.. Enumerable.Range(0, 7 * levels + 1).Select(_ => new double[count])];
    }

    [Theory]
    [MemberData(nameof(ScikitImage))]
    public void Patterns_within_slices_are_those_of_scikit_image(SliceAxis across, BinaryPatternMethod method, double radius, int samples, double[] expected)
    {
        var filter = new FilterSettings { Type = FilterType.Lbp2D, PyRadiomics = new() { Lbp2DMethod = method, Lbp2DRadius = radius, Lbp2DSamples = samples } };
        AssertClose(expected, Responses(filter, inSlices: false, across)["lbp-2D"], 1e-6);
    }

    [Fact]
    public void A_pattern_by_hand_counts_the_samples_that_are_as_large()
    {
        // 3 × 3 × 1 voxels, four samples on the axes: of the middle 5 right 6, top 2, left 4, bottom 8; two of them are as large, next to each other over the end.
        float[] voxels = [1, 2, 3, 4, 5, 6, 7, 8, 9];
        var filter = new FilterSettings { Type = FilterType.Lbp2D, PyRadiomics = new() { Lbp2DSamples = 4 } };
        var features = PyRadiomicsCase.Extract(
            (3, 3, 1), voxels, PyRadiomicsCase.Settings(1, new() { MinimumRoiDimensions = 1 }) with { Filters = [filter], MeasureOriginal = false }, [0, 0, 0, 0, 1, 0, 0, 1, 0]).Features;

        // Of 8: right 9 is as large, top 5, left 7 and bottom (outside, 0) aren't.
        Assert.Equal(2, features["lbp-2D_firstorder_Maximum"]);
        Assert.Equal(1, features["lbp-2D_firstorder_Minimum"]);
    }

    [Theory]
    [MemberData(nameof(SciPy))]
    public void Patterns_on_spheres_are_those_of_SciPy(bool whole, int levels, double radius, int subdivision, string name, double[] expected)
    {
        var filter = new FilterSettings
        {
            Type = FilterType.Lbp3D,
            PyRadiomics = new() { Lbp3DLevels = levels, Lbp3DRadius = radius, Lbp3DSubdivision = subdivision },
        };
        AssertClose(expected, Responses(filter, inSlices: false, SliceAxis.Z, whole ? 0 : 0.25)[name], 2e-6);
    }

    [Theory]
    [InlineData(0, 12)]
    [InlineData(1, 42)]
    [InlineData(2, 162)]
    public void An_icospheres_points_lie_on_the_sphere_around_its_center(int subdivisions, int count)
    {
        var points = Icosphere.Points(subdivisions, 2.5);
        Assert.Equal(count, points.Length);
        Assert.All(points, point => Assert.Equal(2.5, point.Length, 1e-12));
        Assert.Equal(0, points.Aggregate((a, b) => a + b).Length, 1e-12);
    }

    [Fact]
    public void A_sample_below_what_the_pixel_type_holds_is_its_smallest_number()
    {
        // Around one bright voxel the spline swings below 0: less than the dark voxels, but not of a type without negative numbers.
        var voxels = new float[343];
        voxels[171] = 200;
        byte[] mask = [.. Enumerable.Range(0, 343).Select(i => i % 7 == 1 && i / 7 % 7 is >= 2 and <= 4 && i / 49 is >= 2 and <= 4 ? (byte)1 : (byte)0)];
        var settings = PyRadiomicsCase.Settings(1) with { Filters = [new() { Type = FilterType.Lbp3D }], MeasureOriginal = false };
        var unsigned = PyRadiomicsCase.Extract((7, 7, 7), voxels, settings, mask, type: PixelType.UInt8).Features;
        var signed = PyRadiomicsCase.Extract((7, 7, 7), voxels, settings, mask, type: PixelType.Int16).Features;
        Assert.Equal(0, unsigned["lbp-3D-m1_firstorder_Range"]);
        Assert.True(signed["lbp-3D-m1_firstorder_Minimum"] < unsigned["lbp-3D-m1_firstorder_Minimum"]);
    }

    [Fact]
    public void Where_all_samples_are_equal_kurtosis_has_no_value_and_says_why()
    {
        var settings = PyRadiomicsCase.Settings(1) with { Filters = [new() { Type = FilterType.Lbp3D }], MeasureOriginal = false };
        byte[] mask = [.. Enumerable.Range(0, 343).Select(i => i % 7 is 3 or 4 && i / 7 % 7 is 3 or 4 && i / 49 == 3 ? (byte)1 : (byte)0)];
        var vector = PyRadiomicsCase.Extract((7, 7, 7), [.. Enumerable.Repeat(5f, 343)], settings, mask);
        Assert.Null(vector.Features["lbp-3D-k_firstorder_Mean"]);
        Assert.Contains("equal", vector.Undefined["lbp-3D-k_firstorder_Mean"]);
        Assert.NotNull(vector.Features["lbp-3D-m1_firstorder_Mean"]);
    }

    [Fact]
    public void An_image_of_variances_with_a_voxel_that_has_none_is_undefined_as_a_whole()
    {
        // Noise but for 3 × 3 voxels of 0, whose middle one has samples that are all equal.
        var voxels = PyRadiomicsCase.Noise(49, 90);
        byte[] mask = [.. Enumerable.Repeat((byte)1, 49)];
        foreach (var row in (int[])[16, 23, 30])
        {
            voxels.AsSpan(row, 3).Clear();
        }

        var settings = PyRadiomicsCase.Settings(1) with
        {
            Filters = [new() { Type = FilterType.Lbp2D, PyRadiomics = new() { Lbp2DMethod = BinaryPatternMethod.Var } }],
            Families = [FeatureFamily.Statistics],
            MeasureOriginal = false,
        };
        var vector = PyRadiomicsCase.Extract((7, 7, 1), voxels, settings, mask);
        Assert.All(vector.Features.Values, value => Assert.Null(value));
        Assert.Contains("equal", vector.Undefined["lbp-2D_firstorder_Mean"]);
        mask[24] = 0;
        Assert.NotNull(PyRadiomicsCase.Extract((7, 7, 1), voxels, settings, mask).Features["lbp-2D_firstorder_Mean"]);
    }

    [Fact]
    public void A_gradient_per_voxel_is_the_gradient_of_voxels_of_one_millimetre()
    {
        float[] voxels = [.. Enumerable.Range(0, 125).Select(i => (float)(i % 5 * 6))];
        Assert.Equal(2, Gradient(true), 6);
        Assert.Equal(6, Gradient(false), 6);

        double Gradient(bool perMillimetre) => PyRadiomicsCase.Extract(
            (5, 5, 5),
            voxels,
            PyRadiomicsCase.Settings(1) with { Filters = [new() { Type = FilterType.Gradient, PyRadiomics = new() { GradientPerMillimetre = perMillimetre } }] },
            spacing: 3).Features["gradient_firstorder_Maximum"]!.Value;
    }

    private static Dictionary<string, Intensities> Responses(FilterSettings filter, bool inSlices, SliceAxis across = SliceAxis.Z, double wave = 0)
    {
        var volume = TestVolumes.Sawtooth();
        float[] voxels = wave == 0 ? volume.Voxels : [.. volume.Voxels.Select((v, i) => (float)(v + wave * Math.Sin(i)))];
        var geometry = new VolumeGeometry { SizeX = 9, SizeY = 7, SizeZ = 5, SpacingX = 1.2, SpacingY = 0.9, SpacingZ = 3 };
        byte[] mask = [.. Enumerable.Repeat((byte)1, voxels.Length)];
        var settings = PyRadiomicsCase.Settings(5, new() { SliceAxis = across }) with
        {
            Filters = [filter],
            Texture = new() { Aggregations = [inSlices ? Aggregation.Averaged2Point5D : Aggregation.Averaged3D] },
        };
        var frame = PyRadiomicsFrame.Create(new(geometry, voxels, wave == 0 ? PixelType.Int16 : PixelType.Float32), new(geometry, mask), settings.Validated(), ExtractionOptions.Default);
        return PyRadiomicsFilters.All(settings)
            .SelectMany(step => step.Names.Zip(step.Apply(frame, settings, CancellationToken.None)!))
            .ToDictionary(pair => pair.First, pair => pair.Second);
    }

    private static void AssertClose(double[] expected, Intensities map, double relative) =>
        Assert.All(expected, (value, i) => Assert.Equal(value, map[_indices[i]], Math.Max(1e-5, relative * Math.Abs(value))));
}
