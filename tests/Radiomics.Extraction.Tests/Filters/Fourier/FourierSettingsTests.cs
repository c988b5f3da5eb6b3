using System.Text.Json;

namespace Radiomics.Extraction.Tests;

/// <summary>Gabor, Simoncelli and Riesz filters as an extraction applies them.</summary>
public class FourierSettingsTests
{
    private static readonly FilterSettings _gabor = new() { Type = FilterType.Gabor, Sigma = 1.5, Wavelength = 3, Gamma = 0.7, ThetaStep = 45, OrthogonalPlanes = true };
    private static readonly FilterSettings _simoncelli = new() { Type = FilterType.Simoncelli };
    private static readonly FilterSettings _riesz = new() { Type = FilterType.Log, Sigma = 1, RieszOrder = [0, 1, 1], Boundary = FilterBoundary.Nearest };

    private static readonly ExtractionSettings _settings = new()
    {
        Name = "test",
        Families = [FeatureFamily.Statistics],
        Filters =
        [
            _gabor,
            _gabor with { OrthogonalPlanes = null, Boundary = FilterBoundary.Periodic, RotationInvariance = RotationInvariance.Min },
            _gabor with { ThetaStep = null, Theta = 30, Response = GaborResponse.Imaginary, Boundary = FilterBoundary.Zero },
            _simoncelli,
            _simoncelli with { Level = 2, Dimension = FilterDimension.Slices },
            _simoncelli with { RieszOrder = [1, 0, 0] },
            _riesz,
            _riesz with { Dimension = FilterDimension.Slices, RieszOrder = [2, 0], Boundary = FilterBoundary.Periodic },
        ],
    };

    [Theory]
    [InlineData(0)]
    [InlineData(1.4)]
    public void The_same_bytes_on_one_thread_and_on_eight(double spacing)
    {
        var (image, roi) = Case();
        var settings = spacing > 0 ? _settings with { Resampling = new() { Method = InterpolationMethod.Linear, Spacing = spacing } } : _settings;
        string Run(int threads) =>
            JsonSerializer.Serialize(FeatureExtractor.Extract(image, roi, settings, new() { MaxThreads = threads }).Features, RadiomicsJson.Options);
        var one = Run(1);
        Assert.Equal(one, Run(8));
        Assert.Equal(one, Run(3));
    }

    [Fact]
    public void The_features_are_those_of_the_whole_images_response_inside_the_ROI()
    {
        var (image, roi) = Case();
        var features = FeatureExtractor.Extract(image, roi, _settings).Features;
        foreach (var filter in _settings.Filters)
        {
            var (name, map) = Assert.Single(ResponseMaps.Of(image, filter));
            double[] inside = [.. map.Voxels.Where((_, i) => roi.Voxels[i] != 0)];
            Assert.Equal(inside.Min(), features[name + "__stat_min"]!.Value, 1e-3);
            Assert.Equal(inside.Max(), features[name + "__stat_max"]!.Value, 1e-3);
            Assert.Equal(inside.Average(), features[name + "__stat_mean"]!.Value, 1e-4);
        }
    }

    [Fact]
    public void A_voxel_that_is_no_number_spoils_what_is_defined_by_a_spectrum_wherever_it_is_and_a_Gabor_filter_only_nearby()
    {
        var (image, roi) = Case();
        image.Voxels[0] = float.NaN;
        Assert.Equal("NonFiniteVoxels", Assert.Throws<RadiomicsException>(
            () => FeatureExtractor.Extract(image, roi, _settings with { Filters = [_simoncelli] })).Code);
        Assert.Equal("NonFiniteVoxels", Assert.Throws<RadiomicsException>(
            () => FeatureExtractor.Extract(image, roi, _settings with { Filters = [_riesz] })).Code);
        var narrow = _gabor with { Sigma = 0.3, Gamma = 1 };
        Assert.All(FeatureExtractor.Extract(image, roi, _settings with { Filters = [narrow] }).Features, f => Assert.NotNull(f.Value));
    }

    [Theory]
    [InlineData(16, 3, true)]
    [InlineData(16, 4, true)]
    [InlineData(16, 5, false)]
    [InlineData(17, 3, true)]
    [InlineData(17, 4, false)]
    [InlineData(3, 1, false)]
    public void A_band_whose_waves_are_longer_than_the_image_is_refused_instead_of_a_map_of_one_value(int size, int level, bool fits)
    {
        var geometry = Tests.Case.Geometry(size, 1, 1, 1, 1, 1);
        var image = Volume.Of(geometry, [.. Enumerable.Range(0, size).Select(i => (double)(i * i % 7))]);
        var filter = _simoncelli with { Level = level };
        if (fits)
        {
            var map = Assert.Single(ResponseMaps.Of(image, filter)).Map.Voxels;
            Assert.True(map.Max() - map.Min() > 1e-3);
            return;
        }

        var refusal = Assert.Throws<RadiomicsException>(() => ResponseMaps.Of(image, filter));
        Assert.Equal("InvalidSettings", refusal.Code);
        Assert.Contains("longer than the image", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Images_of_one_voxel_along_an_axis_have_responses()
    {
        foreach (var (x, y, z) in new[] { (9, 8, 1), (1, 8, 9), (7, 1, 1) })
        {
            var geometry = new VolumeGeometry { SizeX = x, SizeY = y, SizeZ = z, SpacingX = 1, SpacingY = 1, SpacingZ = 1 };
            var random = new Random(x);
            float[] voxels = [.. Enumerable.Range(0, geometry.Count).Select(_ => random.NextSingle())];
            foreach (var filter in _settings.Filters)
            {
                Assert.All(ResponseMaps.Of(new(geometry, voxels), filter)[0].Map.Voxels, v => Assert.True(float.IsFinite(v)));
            }
        }
    }

    [Fact]
    public void A_constant_image_answers_nothing_to_a_band_of_frequencies()
    {
        var geometry = new VolumeGeometry { SizeX = 15, SizeY = 13, SizeZ = 11, SpacingX = 1, SpacingY = 1, SpacingZ = 1 };
        var voxels = new float[geometry.Count];
        Array.Fill(voxels, 1000);
        Assert.All(ResponseMaps.Of(new(geometry, voxels), _simoncelli)[0].Map.Voxels, v => Assert.Equal(0, v, 1e-3));
        Assert.All(ResponseMaps.Of(new(geometry, voxels), _simoncelli with { RieszOrder = [1, 1, 0] })[0].Map.Voxels, v => Assert.Equal(0, v, 1e-3));
    }

    [Fact]
    public void A_Simoncelli_filter_is_periodic_and_says_so()
    {
        foreach (var boundary in new[] { FilterBoundary.Mirror, FilterBoundary.Zero, FilterBoundary.Nearest })
        {
            var error = Assert.Throws<RadiomicsException>(() => (_settings with { Filters = [_simoncelli with { Boundary = boundary }] }).Validated());
            Assert.Equal("InvalidSettings", error.Code);
            Assert.Contains("periodic", error.Detail);
        }

        Assert.Equal(ResponseMaps.Names(_simoncelli), ResponseMaps.Names(_simoncelli with { Boundary = FilterBoundary.Periodic }));
    }

    [Fact]
    public void A_run_can_be_cancelled()
    {
        var (image, roi) = Case();
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        foreach (var filter in _settings.Filters)
        {
            Assert.ThrowsAny<OperationCanceledException>(() => ResponseMaps.Of(image, filter, new() { Cancellation = cancelled.Token }));
        }
    }

    /// <summary>A block inside an image of random intensities, its axes of odd and even lengths with large factors.</summary>
    private static (Volume Image, Mask Roi) Case()
    {
        var geometry = new VolumeGeometry { SizeX = 22, SizeY = 19, SizeZ = 13, SpacingX = 1, SpacingY = 1, SpacingZ = 1.5 };
        var random = new Random(4);
        var mask = new byte[geometry.Count];
        for (var i = 0; i < mask.Length; i++)
        {
            var (x, y, z) = (i % 22, i / 22 % 19, i / 22 / 19);
            mask[i] = x is > 7 and < 17 && y is > 6 and < 14 && z is > 4 and < 9 && (x + y + z) % 5 > 0 ? (byte)1 : (byte)0;
        }

        return (new(geometry, [.. mask.Select(_ => 100 + 50 * random.NextSingle())]), new(geometry, mask));
    }
}
