namespace Radiomics.Extraction.Tests;

public class LogResolutionTests
{
    [Fact]
    public void Filters_of_the_same_width_share_a_sentence_and_a_width_is_never_told_as_0()
    {
        var settings = new ExtractionSettings
        {
            Name = "test",
            Filters = [new() { Type = FilterType.Log, Sigma = 1 }, new() { Type = FilterType.Log, Sigma = 1, Cutoff = 3 }, new() { Type = FilterType.Log, Sigma = 1.1 }],
        };
        Assert.Equal(2, LogResolution.Check(settings, (9, 9, 9), (2, 2, 2)).Count);
        var narrow = settings with { Filters = [new() { Type = FilterType.Log, Sigma = 1e-6 }] };
        Assert.Contains("σ 1E-06 mm", Assert.Throws<RadiomicsException>(() => LogResolution.Check(narrow, (9, 9, 9), (2, 2, 2))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void From_the_least_width_on_a_parabola_has_its_curvature_and_below_it_has_not()
    {
        Assert.InRange(CurvatureError(LogResolution.LeastVoxels), 0, 0.01);
        Assert.InRange(CurvatureError(0.75), 0, 0.006);
        foreach (var voxels in new[] { 0.72, 0.7, 0.6, 0.5, 0.4, 1.0 / 3 })
        {
            Assert.True(CurvatureError(voxels) > 0.01, $"{voxels}");
        }

        for (var voxels = LogResolution.LeastVoxels; voxels < 8; voxels += 0.01)
        {
            Assert.True(CurvatureError(voxels) <= 0.01, $"{voxels}");
        }
    }

    [Fact]
    public void A_filter_too_narrow_for_the_slices_warns_with_the_axis_and_the_least_width_and_changes_no_value()
    {
        var vector = Extract(1, new(1.2, 1.2, 3));

        Assert.Equal(
            ["LoG with σ 1 mm is narrower than the voxels can carry along z (0.333 voxels): below 0.73 voxels the sampled kernel misses a curvature by more than 1 %. Take σ from 2.19 mm on, or resample to smaller voxels."],
            vector.Warnings);
        Assert.NotNull(vector.Features["log_s1.0mm__stat_mean"]);
        Assert.Empty(Extract(2.2, new(1.2, 1.2, 3)).Warnings);
    }

    [Fact]
    public void What_counts_are_the_voxels_that_the_filter_sees()
    {
        var fine = new ResamplingSettings { Method = InterpolationMethod.Linear, Spacing = new(1, 1, 1) };
        var coarse = new ResamplingSettings { Method = InterpolationMethod.Linear, Spacing = new(2, 2, 2) };
        Assert.Empty(Extract(1, new(1.2, 1.2, 3), fine).Warnings);
        Assert.Contains("along x (0.5 voxels), y (0.5 voxels), z (0.5 voxels)", Assert.Single(Extract(1, new(1, 1, 1), coarse).Warnings));
    }

    [Fact]
    public void A_filter_of_slices_does_not_look_along_z() => Assert.Empty(Extract(1, new(1.2, 1.2, 3), dimension: FilterDimension.Slices).Warnings);

    [Fact]
    public void PyRadiomics_conventions_warn_too()
    {
        var vector = Extract(1, new(1.2, 1.2, 3), conventions: Conventions.PyRadiomics);
        Assert.Contains("along z (0.333 voxels)", Assert.Single(vector.Warnings));
    }

    [Fact]
    public void A_kernel_of_one_voxel_is_refused()
    {
        var error = Assert.Throws<RadiomicsException>(() => Extract(0.1, new(1, 1, 1)));
        Assert.Equal("InvalidSettings", error.Code);
        Assert.Contains("sees no neighbour", error.Detail);
    }

    /// <summary>How far the kernel's answer to x² is from 2, as a share.</summary>
    private static double CurvatureError(double voxels)
    {
        var second = LogFilter.Kernel(voxels, 1).Second;
        var sum = 0.0;
        for (var t = 0; t < second.Count; t++)
        {
            sum += second.Exact[t] * Math.Pow(second.First + t, 2);
        }

        return Math.Abs(sum / 2 - 1);
    }

    private static FeatureVector Extract(
        double sigma, Spacing spacing, ResamplingSettings? resampling = null, Conventions conventions = Conventions.Ibsi, FilterDimension? dimension = null)
    {
        var g = new VolumeGeometry { SizeX = 12, SizeY = 12, SizeZ = 12, SpacingX = spacing.X, SpacingY = spacing.Y, SpacingZ = spacing.Z };
        var (voxels, inside) = (new float[g.Count], new byte[g.Count]);
        for (var n = 0; n < g.Count; n++)
        {
            var (i, j, k) = (n % 12, n / 12 % 12, n / 144);
            voxels[n] = n * 7919 % 101;
            inside[n] = i is > 2 and < 9 && j is > 2 and < 9 && k is > 2 and < 9 ? (byte)1 : (byte)0;
        }

        return FeatureExtractor.Extract(new(g, voxels), new(g, inside), new()
        {
            Name = "log",
            Conventions = conventions,
            Resampling = resampling ?? new(),
            Families = [FeatureFamily.Statistics],
            Discretisation = new() { Method = DiscretisationMethod.FixedBinNumber, Bins = 8 },
            Filters = [new() { Type = FilterType.Log, Sigma = sigma, Dimension = dimension }],
        });
    }
}
