using System.Text.Json;

namespace Radiomics.Extraction.Tests;

/// <summary>Maps of features, PyRadiomics' voxel-based extraction: each voxel has the features of the kernel around it.</summary>
public sealed class VoxelMapTests
{
    private static readonly (int X, int Y, int Z) s_size = (8, 7, 6);

    /// <summary>Four levels without a pattern, of which hardly a kernel misses one.</summary>
    private static readonly float[] s_noise = PyRadiomicsCase.Noise(8 * 7 * 6, 4);

    [Theory]
    [InlineData("plain")]
    [InlineData("radius 2")]
    [InlineData("2D")]
    [InlineData("2D across y")]
    [InlineData("2D across x")]
    [InlineData("weighted")]
    [InlineData("far")]
    [InlineData("farther than the kernel")]
    [InlineData("asymmetric")]
    [InlineData("doubles")]
    public void A_voxel_has_the_features_that_its_kernel_has_as_an_roi(string which)
    {
        var settings = Settings(new(), which);
        var (mask, radius) = (Holes(), settings.PyRadiomics!.Voxels!.KernelRadius);
        var voxels = which == "doubles" ? [.. s_noise.Select(value => value * 0.1)] : Array.ConvertAll(s_noise, value => (double)value);
        if (which == "doubles")
        {
            settings = settings with { Discretisation = PyRadiomicsDefaults.BinWidth(0.1) };
        }

        var maps = Show(Volume.Of(Geometry(s_size), voxels), mask, settings);
        var box = maps.Images["original_firstorder_Mean"].Geometry;
        Assert.Equal(s_size, (box.SizeX, box.SizeY, box.SizeZ));
        var names = maps.Images.Keys.Where(name => name.StartsWith("original_", StringComparison.Ordinal)).ToList();
        Assert.Equal(93, names.Count);
        var compared = 0;
        for (var i = 3; i < mask.Length; i += which.StartsWith("2D", StringComparison.Ordinal) ? 5 : 11)
        {
            var kernel = Kernel(mask, i, radius, settings);
            var levels = voxels.Where((_, k) => kernel[k] != 0).ToHashSet();
            if (mask[i] == 0 || !levels.Contains(voxels.Min()) || !levels.Contains(voxels.Max()))
            {
                continue;
            }

            var expected = FeatureExtractor.Extract(Volume.Of(Geometry(s_size), voxels), new(Geometry(s_size), kernel), settings).Features;
            foreach (var name in names)
            {
                AssertClose(expected[name], maps.Images[name].Voxels[i], $"{name} at {i}");
            }

            compared++;
        }

        Assert.InRange(compared, 8, 100);
    }

    [Fact]
    public void Mean_and_range_are_those_of_the_neighbours_in_the_roi()
    {
        var maps = Show((3, 3, 1), [1, 2, 3, 4, 5, 6, 7, 8, 90], [1, 1, 1, 1, 1, 1, 1, 1, 0], Settings(new()));
        Assert.Equal([3f, 3.5f, 4f, 4.5f, 4.5f, 4.8f, 6f, 6f, 0f], maps.Images["original_firstorder_Mean"].Voxels);
        Assert.Equal([4f, 5f, 4f, 7f, 7f, 6f, 4f, 4f, 0f], maps.Images["original_firstorder_Range"].Voxels);
    }

    [Fact]
    public void In_two_dimensions_the_kernel_stays_in_the_slice()
    {
        float[] voxels = [.. Enumerable.Range(0, 27).Select(i => (float)(i / 9 * 100))];
        var mask = Enumerable.Repeat((byte)1, 27).ToArray();
        var volume = Show((3, 3, 3), voxels, mask, Settings(new())).Images["original_firstorder_Mean"].Voxels;
        var slices = Show((3, 3, 3), voxels, mask, Settings(new(), "2D")).Images["original_firstorder_Mean"].Voxels;
        Assert.Equal([50f, 100f, 150f], new[] { volume[4], volume[13], volume[22] });
        Assert.Equal(voxels, slices);
    }

    [Fact]
    public void A_kernel_that_is_not_masked_sees_what_lies_outside_the_roi_and_its_grey_levels()
    {
        // A row of the ROI in the middle of a plane; beyond the box and the kernel's radius lies what must not count.
        var voxels = PyRadiomicsCase.Noise(7 * 5 * 1, 4);
        (voxels[0], voxels[34]) = (-1000, 1000);
        var mask = new byte[35];
        mask.AsSpan(16, 3).Fill(1);
        var settings = Settings(new() { MaskedKernel = false }, special: new() { MinimumRoiDimensions = 1 });
        var maps = Show((7, 5, 1), voxels, mask, settings);
        var box = maps.Images["original_firstorder_Mean"].Geometry;
        Assert.Equal((5, 3, 1), (box.SizeX, box.SizeY, box.SizeZ));

        var kernel = Kernel([.. Enumerable.Repeat((byte)1, 35)], 17, 1, (7, 5, 1), settings);
        Assert.Equal(9, kernel.Count(voxel => voxel != 0));
        var levels = voxels.Where((_, k) => kernel[k] != 0).ToHashSet();
        Assert.True(levels.Contains(0) && levels.Contains(3), "Another noise is needed.");
        var expected = FeatureExtractor.Extract(new(Geometry((7, 5, 1)), voxels), new(Geometry((7, 5, 1)), kernel), settings).Features;
        foreach (var name in expected.Keys.Where(name => !name.Contains("shape", StringComparison.Ordinal)))
        {
            AssertClose(expected[name], maps.Images[name].Voxels[7], name);
        }

        Assert.Equal(12, maps.Images["original_firstorder_Mean"].Voxels.Count(value => value == 0));
    }

    [Fact]
    public void Normalised_differences_refer_to_the_grey_levels_of_the_roi()
    {
        // Two voxels with the levels 1 and 2 of 10; and then three of one level, of which the matrix has a row of nothing for each other level.
        var settings = Settings(new(), special: new() { MinimumRoiDimensions = 1 });
        var maps = Show((6, 1, 1), [0, 1, 5, 5, 5, 9], [1, 1, 1, 1, 1, 1], settings);
        Assert.Equal((float)(1 / (1 + 1 / 10.0)), maps.Images["original_glcm_Idn"].Voxels[0]);
        Assert.Equal((float)(1 / (1 + 1 / 100.0)), maps.Images["original_glcm_Idmn"].Voxels[0]);
        Assert.Equal(0, maps.Images["original_glcm_MCC"].Voxels[3]);
        Assert.Equal(1, maps.Images["original_glcm_Correlation"].Voxels[3]);
        Assert.Equal(36, maps.Images["original_glcm_Autocorrelation"].Voxels[3]);
    }

    [Theory]
    [InlineData(-7.5)]
    [InlineData(null)]
    public void Outside_the_roi_is_the_initial_value(double? initial)
    {
        var mask = Holes();
        var maps = Show(s_size, s_noise, mask, Settings(new() { InitialValue = initial }));
        foreach (var (name, map) in maps.Images.Where(map => map.Key.StartsWith("original_", StringComparison.Ordinal)))
        {
            Assert.All(map.Voxels.Where((_, i) => mask[i] == 0), value => Assert.Equal(initial is { } number ? (float)number : float.NaN, value));
            Assert.DoesNotContain(-7.5f, map.Voxels.Where((_, i) => mask[i] != 0));
        }
    }

    [Fact]
    public void A_voxel_without_a_neighbour_has_no_texture_of_pairs()
    {
        var mask = new byte[49];
        (mask[0], mask[47], mask[48]) = (1, 1, 1);
        var maps = Show((7, 7, 1), PyRadiomicsCase.Noise(49, 4), mask, Settings(new()));
        Assert.Equal(float.NaN, maps.Images["original_glcm_Contrast"].Voxels[0]);
        Assert.Equal(float.NaN, maps.Images["original_glrlm_RunEntropy"].Voxels[0]);
        Assert.Equal(1, maps.Images["original_glszm_ZonePercentage"].Voxels[0]);
        Assert.True(float.IsFinite(maps.Images["original_glcm_Contrast"].Voxels[48]));
    }

    [Fact]
    public void Maps_lie_in_the_patient_where_the_roi_does_and_reach_the_kernel_s_radius_farther()
    {
        var geometry = Geometry(s_size) with { SpacingX = 1.5, SpacingY = 2, SpacingZ = 3, Origin = new(-20, 30, 400), DirectionX = new(0, 1, 0), DirectionY = new(-1, 0, 0) };
        var mask = new byte[s_noise.Length];
        foreach (var (x, y, z) in ((int, int, int)[])[(3, 4, 1), (4, 5, 1), (4, 4, 2)])
        {
            mask[(z * 7 + y) * 8 + x] = 1;
        }

        var maps = Show(new Volume(geometry, s_noise), mask, Settings(new() { KernelRadius = 2 }));
        var map = maps.Images["original_firstorder_Maximum"];

        // The box goes from (3, 4, 1) to (4, 5, 2), and the image ends at y = 6 and z = 0.
        Assert.Equal((6, 5, 5), (map.Geometry.SizeX, map.Geometry.SizeY, map.Geometry.SizeZ));
        Assert.Equal(geometry.ToPatient(1, 2, 0), map.Geometry.Origin);
        Assert.Equal((geometry.SpacingX, geometry.DirectionX), (map.Geometry.SpacingX, map.Geometry.DirectionX));
        Assert.Equal([3 - 1 + 6 * (4 - 2 + 5 * 1), 4 - 1 + 6 * (5 - 2 + 5 * 1), 4 - 1 + 6 * (4 - 2 + 5 * 2)], map.Voxels.Index().Where(v => v.Item > 0).Select(v => v.Index));
    }

    [Fact]
    public void Each_image_type_has_maps_and_its_own_bins()
    {
        var settings = Settings(new(), special: new() { Features = Only("Mean", "Entropy") }) with
        {
            Families = [FeatureFamily.Statistics],
            MeasureOriginal = false,
            Filters = [new() { Type = FilterType.Square }, new() { Type = FilterType.Exponential, Discretisation = PyRadiomicsDefaults.BinWidth(1e6) }],
        };
        var mask = Holes();
        var maps = Show(s_size, s_noise, mask, settings);
        Assert.Equal(
            ["exponential_firstorder_Entropy", "exponential_firstorder_Mean", "square_firstorder_Entropy", "square_firstorder_Mean"],
            maps.Images.Keys.Where(name => name.Contains("firstorder", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        var square = maps.Images["square"].Voxels;
        foreach (var i in (int[])[60, 130, 200])
        {
            var kernel = Kernel(mask, i, 1, settings);
            Assert.Equal(square.Where((_, k) => kernel[k] != 0).Average(value => (double)value), maps.Images["square_firstorder_Mean"].Voxels[i], 1e-5);
        }

        Assert.All(maps.Images["exponential_firstorder_Entropy"].Voxels, value => Assert.Equal(0, value, 1e-12));
        Assert.Contains(maps.Images["square_firstorder_Entropy"].Voxels, value => value > 1);
    }

    [Fact]
    public void There_are_maps_of_the_features_that_are_chosen_and_none_of_shape()
    {
        var settings = Settings(new(), special: new()
        {
            Features = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["glcm"] = ["Contrast", "Dissimilarity"], ["shape"] = ["Sphericity"] },
        }) with
        { Families = [FeatureFamily.Morphology, FeatureFamily.Glcm] };
        var maps = Show(s_size, s_noise, Holes(), settings);
        Assert.Equal(["image", "original_glcm_Contrast"], maps.Images.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Features_of_the_roi_stay_what_they_are_and_values_do_not_depend_on_threads()
    {
        var (plain, kept, others) = (PyRadiomicsCase.Settings(1), new KeptMaps(), new KeptMaps());
        var (image, roi) = (new Volume(Geometry(s_size), s_noise), new Mask(Geometry(s_size), Holes()));
        var settings = Settings(new());
        var features = FeatureExtractor.Extract(image, roi, settings, new() { Maps = kept, MaxThreads = 1 }).Features;
        FeatureExtractor.Extract(image, roi, settings, new() { Maps = others, MaxThreads = 3 });
        Assert.Equal(FeatureExtractor.Extract(image, roi, plain).Features, features);
        Assert.Equal(kept.Images.Keys, others.Images.Keys);
        Assert.All(kept.Images, map => Assert.Equal(map.Value.Voxels, others.Images[map.Key].Voxels));
    }

    [Fact]
    public void Progress_goes_on_to_its_end_and_a_run_can_be_cancelled_meanwhile()
    {
        var (image, roi) = (new Volume(Geometry(s_size), s_noise), new Mask(Geometry(s_size), Holes()));
        var settings = Settings(new()) with { Filters = [new() { Type = FilterType.Square }] };
        var heard = new Heard();
        FeatureExtractor.Extract(image, roi, settings, new() { Maps = new KeptMaps(), MaxThreads = 1, Progress = heard });
        Assert.Equal(heard.Values.Order(), heard.Values);
        Assert.Equal(1, heard.Values[^1]);

        using var source = new CancellationTokenSource();
        var (early, maps) = (new Heard(done => { if (done > 0.1) { source.Cancel(); } }), new KeptMaps());
        Assert.ThrowsAny<OperationCanceledException>(() =>
            FeatureExtractor.Extract(image, roi, settings, new() { Maps = maps, MaxThreads = 1, Progress = early, Cancellation = source.Token }));
        Assert.InRange(early.Values[^1], 0.1, 0.2);
        Assert.DoesNotContain(maps.Images.Keys, name => name.StartsWith("square_", StringComparison.Ordinal));
    }

    [Fact]
    public void Progress_goes_to_its_end_where_an_image_type_has_no_maps_or_no_values()
    {
        // Too small an image for the first filter, one of equal voxels for the second.
        var settings = Settings(new()) with
        {
            Families = [FeatureFamily.Statistics, FeatureFamily.Ngtdm],
            Filters = [new() { Type = FilterType.Log, Sigma = 30 }, new() { Type = FilterType.Lbp2D, PyRadiomics = new() { Lbp2DMethod = BinaryPatternMethod.Var } }],
        };
        var (heard, maps) = (new Heard(), new KeptMaps());
        FeatureExtractor.Extract(
            new(Geometry(s_size), new float[s_noise.Length]), new(Geometry(s_size), Holes()), settings, new() { Maps = maps, MaxThreads = 1, Progress = heard });
        Assert.Equal(1, heard.Values[^1]);
        Assert.DoesNotContain(maps.Images.Keys, name => name.StartsWith("log-", StringComparison.Ordinal));
        Assert.Contains(maps.Images["lbp-2D_firstorder_Mean"].Voxels, value => float.IsNaN(value));
    }

    [Fact]
    public void Nobody_looking_no_maps_are_made()
    {
        var heard = new Heard();
        FeatureExtractor.Extract(new(Geometry(s_size), s_noise), new(Geometry(s_size), Holes()), Settings(new()), new() { Progress = heard });
        Assert.Empty(heard.Values);
    }

    [Fact]
    public void A_voxel_that_is_no_number_is_refused_where_kernels_see_it()
    {
        var voxels = s_noise.ToArray();
        voxels[0] = float.NaN;
        var mask = Holes();
        mask[0] = 0;
        Assert.True(mask[1] != 0);
        Show(s_size, voxels, mask, Settings(new()));
        Case.AssertCode("NonFiniteVoxels", () => Show(s_size, voxels, mask, Settings(new() { MaskedKernel = false })));
    }

    [Fact]
    public void Maps_count_in_what_a_run_would_take()
    {
        var geometry = Case.Geometry(200, 200, 100);
        var options = new ExtractionOptions { Maps = new KeptMaps(5) };
        var box = (150, 150, 80);
        var plain = RunEstimate.Of(geometry, box, PyRadiomicsCase.Settings(1), options);
        var maps = RunEstimate.Of(geometry, box, Settings(new()), options);
        Assert.True(maps.Bytes - plain.Bytes > 24 * 4.0 * 150 * 150 * 80);
        Assert.True(maps.Seconds > 10 * plain.Seconds);
        Assert.Contains("featureClass", maps.Largest);
        var one = RunEstimate.Of(geometry, box, Settings(new(), special: new() { Features = Only("Mean") }) with { Families = [FeatureFamily.Statistics] }, options);
        Assert.True(one.Bytes < maps.Bytes / 2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    public void A_kernel_has_a_radius_of_1_to_16_voxels(int radius) =>
        Case.AssertCode("InvalidSettings", () => Settings(new() { KernelRadius = radius }).Validated());

    [Theory]
    [InlineData(2.5)]
    [InlineData(null)]
    public void Settings_are_written_where_they_are_and_read_again(double? initial)
    {
        var settings = Settings(new() { KernelRadius = 3, MaskedKernel = false, InitialValue = initial });
        var read = JsonSerializer.Deserialize<ExtractionSettings>(JsonSerializer.Serialize(settings, RadiomicsJson.Options), RadiomicsJson.Options)!;
        Assert.Equal(settings.PyRadiomics!.Voxels, read.PyRadiomics!.Voxels);
        Assert.NotEqual(PyRadiomicsCase.Settings(1).ComputeHash(), settings.ComputeHash());
        Assert.DoesNotContain("voxels", JsonSerializer.Serialize(PyRadiomicsCase.Settings(1), RadiomicsJson.Options));
    }

    private static ExtractionSettings Settings(PyRadiomicsVoxelSettings voxels, string which = "plain", PyRadiomicsSettings? special = null)
    {
        special = (special ?? new()) with { Voxels = which == "radius 2" ? voxels with { KernelRadius = 2 } : voxels };
        var settings = PyRadiomicsCase.Settings(1, which switch
        {
            "2D across y" => special with { SliceAxis = SliceAxis.Y },
            "2D across x" => special with { SliceAxis = SliceAxis.X },
            "far" => special with { Distances = [1, 2] },
            "farther than the kernel" => special with { Distances = [2, 5] },
            _ => special,
        });
        return which switch
        {
            "2D" or "2D across y" or "2D across x" => settings with { Texture = new() { Aggregations = [Aggregation.Averaged2Point5D] } },
            "weighted" => settings with { Texture = new() { Aggregations = [Aggregation.Merged3D], DistanceWeighting = DistanceWeighting.Euclidean } },
            "asymmetric" => settings with { Texture = new() { Aggregations = [Aggregation.Averaged3D], SymmetricCooccurrence = false, DependenceCoarseness = 1 } },
            _ => settings,
        };
    }

    private static SortedDictionary<string, IReadOnlyList<string>> Only(params string[] features) => new(StringComparer.Ordinal) { ["firstorder"] = features };

    private static VolumeGeometry Geometry((int X, int Y, int Z) size) => new() { SizeX = size.X, SizeY = size.Y, SizeZ = size.Z, SpacingX = 1, SpacingY = 1, SpacingZ = 1.25 };

    /// <summary>An ROI that goes from end to end, with holes.</summary>
    private static byte[] Holes() => [.. PyRadiomicsCase.Noise(8 * 7 * 6, 7, seed: 5).Select((value, i) => (byte)(value > 0 || i is 1 or 335 ? 1 : 0))];

    private static byte[] Kernel(byte[] mask, int center, int radius, ExtractionSettings settings) => Kernel(mask, center, radius, s_size, settings);

    private static byte[] Kernel(byte[] mask, int center, int radius, (int X, int Y, int Z) size, ExtractionSettings settings)
    {
        var flat = settings.Texture.Aggregations[0] == Aggregation.Averaged2Point5D ? settings.PyRadiomics!.SliceAxis : (SliceAxis?)null;
        var (cx, cy, cz) = (center % size.X, center / size.X % size.Y, center / size.X / size.Y);
        return
        [
            .. mask.Select((voxel, i) =>
            {
                var (x, y, z) = (Math.Abs(i % size.X - cx), Math.Abs(i / size.X % size.Y - cy), Math.Abs(i / size.X / size.Y - cz));
                return x <= (flat == SliceAxis.X ? 0 : radius) && y <= (flat == SliceAxis.Y ? 0 : radius) && z <= (flat == SliceAxis.Z ? 0 : radius) ? voxel : (byte)0;
            }),
        ];
    }

    private static KeptMaps Show((int X, int Y, int Z) size, float[] voxels, byte[] mask, ExtractionSettings settings) => Show(new Volume(Geometry(size), voxels), mask, settings);

    private static KeptMaps Show(Volume image, byte[] mask, ExtractionSettings settings)
    {
        var maps = new KeptMaps();
        FeatureExtractor.Extract(image, new(image.Geometry, mask), settings, new() { Maps = maps });
        return maps;
    }

    private static void AssertClose(double? expected, float actual, string what)
    {
        if (expected is not { } value)
        {
            Assert.True(float.IsNaN(actual), $"{what} is {actual}, not undefined.");
            return;
        }

        Assert.True(Math.Abs(value - actual) <= 2e-6 * Math.Max(Math.Abs(value), 1e-3), $"{what} is {actual}, not {value}.");
    }

    private sealed class Heard(Action<double>? on = null) : IProgress<double>
    {
        public List<double> Values { get; } = [];

        public void Report(double value)
        {
            Values.Add(value);
            on?.Invoke(value);
        }
    }
}
