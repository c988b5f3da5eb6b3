using System.Runtime.CompilerServices;

namespace Radiomics.Extraction.Tests;

/// <summary>Runs that would take more than there is are refused before they take anything.</summary>
public sealed class LimitTests
{
    private static readonly ExtractionSettings s_all = Case.Plain with { Families = [.. Enum.GetValues<FeatureFamily>()] };

    [Fact]
    public void A_run_that_would_take_more_memory_than_allowed_is_refused_with_numbers_and_advice()
    {
        var image = Case.Random(Case.Geometry(40, 40, 40));
        var settings = s_all with { Resampling = new() { Method = InterpolationMethod.Linear, Spacing = new(0.1, 0.1, 0.1) } };
        var refusal = Assert.Throws<RadiomicsException>(() => FeatureExtractor.Extract(image, Case.Everything(image.Geometry), settings, new() { MaxMemory = 1L << 30 }));

        Assert.Equal("RunTooLarge", refusal.Code);
        Assert.Matches("would take about [0-9.]+ GB of memory and [0-9]+ (s|min), and may take 1.0 GB", refusal.Detail);
        Assert.Contains("64,000,000 voxels", refusal.Detail);
        Assert.Contains("--max-memory", refusal.Detail);
    }

    [Fact]
    public void It_is_refused_before_any_memory_is_taken()
    {
        var geometry = Case.Geometry(160, 160, 160);
        var (image, roi) = (new Volume(geometry, new float[geometry.Count]), Case.Everything(geometry));
        Assert.Throws<RadiomicsException>(() => Refused(image, roi));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<RadiomicsException>(() => Refused(image, roi));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Refused(Volume image, Mask roi) => FeatureExtractor.Extract(image, roi, s_all, new() { MaxMemory = 1 << 20 });
    }

    [Fact]
    public void A_small_region_is_not_refused_for_the_image_around_it()
    {
        var image = Case.Random(Case.Geometry(100, 100, 100));
        var settings = Case.Plain with { Resampling = new() { Method = InterpolationMethod.Linear, Spacing = new(0.1, 0.1, 0.1) } };
        var options = new ExtractionOptions { MaxMemory = 6L << 30 };
        var small = FeatureExtractor.Extract(image, Case.Block(image.Geometry, (50, 50, 50), (52, 52, 52)), settings, options);
        Assert.Equal(27, small.Diagnostics["int_mask_vox_count_init_roi"]);
        Case.AssertCode("RunTooLarge", () => FeatureExtractor.Extract(image, Case.Everything(image.Geometry), settings, options));
    }

    [Theory]
    [InlineData(32)]
    [InlineData(72)]
    public void What_a_run_takes_is_estimated_and_not_much_less(int side)
    {
        var image = Case.Random(Case.Geometry(side, side, side));
        var roi = Case.Everything(image.Geometry);
        var options = new ExtractionOptions { MaxThreads = 1 };
        var estimate = RunEstimate.Of(image.Geometry, (side, side, side), s_all, options);
        FeatureExtractor.Extract(image, roi, s_all, options);
        var before = GC.GetAllocatedBytesForCurrentThread();
        FeatureExtractor.Extract(image, roi, s_all, options);
        var taken = GC.GetAllocatedBytesForCurrentThread() - before;

        // Of what is allocated some is let go on the way, and some is pooled.
        Assert.InRange(estimate.Bytes, 0.5 * taken, 8 * taken + (64 << 20));
    }

    [Fact]
    public void Voxels_that_become_larger_count_as_small_as_they_come()
    {
        var geometry = Case.Geometry(160, 160, 160);
        var (voxels, inside) = (new float[geometry.Count], new byte[geometry.Count]);
        for (var n = 0; n < voxels.Length; n++)
        {
            (voxels[n], inside[n]) = (n % 7, 1);
        }

        var settings = Case.Plain with { Resampling = new() { Method = InterpolationMethod.CubicSpline, Spacing = new(4, 4, 4), AntiAliasing = 0.98 } };
        var options = new ExtractionOptions { MaxThreads = 1 };
        var estimate = RunEstimate.Of(geometry, (160, 160, 160), settings, options);
        var before = GC.GetAllocatedBytesForCurrentThread();
        FeatureExtractor.Extract(new(geometry, voxels), new(geometry, inside), settings, options);
        var taken = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(taken > 17L * geometry.Count);
        Assert.InRange(estimate.Bytes, taken, 3 * taken);
    }

    [Fact]
    public void Maps_of_whole_images_count_and_their_margin_bounds_them()
    {
        var geometry = Case.Geometry(512, 512, 400);
        var alone = RunEstimate.Of(geometry, (20, 20, 20), Case.Plain, ExtractionOptions.Default);
        var whole = RunEstimate.Of(geometry, (20, 20, 20), Case.Plain, new() { Maps = new KeptMaps() });
        var near = RunEstimate.Of(geometry, (20, 20, 20), Case.Plain, new() { Maps = new KeptMaps(5) });
        Assert.True(whole.Bytes > alone.Bytes + 4.0 * geometry.Count);
        Assert.True(near.Bytes < whole.Bytes / 4);
        Assert.Contains("--maps-margin", whole.Largest);
    }

    [Fact]
    public void Single_features_count_as_their_families_do()
    {
        var geometry = Case.Geometry(200, 200, 200);
        RunEstimate Of(ExtractionSettings settings) => RunEstimate.Of(geometry, (200, 200, 200), settings, ExtractionOptions.Default);
        var single = Of(Case.Plain with { Families = [], Features = ["szm_sze_3D", "morph_moran_i"] });
        var families = Of(Case.Plain with { Families = [FeatureFamily.SpatialAutocorrelation, FeatureFamily.Glszm] });
        Assert.Equal((families.Bytes, families.Seconds), (single.Bytes, single.Seconds));
    }

    [Fact]
    public void A_limit_of_its_own_does_not_hear_of_what_else_is_in_memory()
    {
        var image = Case.Random(Case.Geometry(20, 20, 20));
        var roi = Case.Everything(image.Geometry);
        var estimate = RunEstimate.Of(image.Geometry, (20, 20, 20), Case.Plain, ExtractionOptions.Default);
        var others = new byte[64 << 20];
        FeatureExtractor.Extract(image, roi, Case.Plain, new() { MaxMemory = (long)estimate.Bytes + 5 * image.Geometry.Count + 1 });
        Case.AssertCode("RunTooLarge", () => FeatureExtractor.Extract(image, roi, Case.Plain, new() { MaxMemory = (long)estimate.Bytes + 5 * image.Geometry.Count - 1 }));
        GC.KeepAlive(others);
    }

    [Fact]
    public void Filters_that_see_the_whole_image_count_all_of_it()
    {
        var geometry = Case.Geometry(256, 256, 256);
        var near = RunEstimate.Of(geometry, (20, 20, 20), Case.Plain with { Filters = [new() { Type = FilterType.Log, Sigma = 1 }] }, ExtractionOptions.Default);
        var whole = RunEstimate.Of(geometry, (20, 20, 20), Case.Plain with { Filters = [new() { Type = FilterType.Simoncelli, Level = 1 }] }, ExtractionOptions.Default);
        Assert.True(near.Bytes < 100 << 20);
        Assert.True(whole.Bytes > 8.0 * geometry.Count);
    }
}
