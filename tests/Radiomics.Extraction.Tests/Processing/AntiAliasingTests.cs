namespace Radiomics.Extraction.Tests;

public class AntiAliasingTests
{
    [Fact]
    public void The_width_is_that_of_the_ratio_of_spacings_and_none_where_voxels_become_smaller()
    {
        // √(−8·ln 0.98) = √0.1616216… = 0.4020219…
        Assert.Equal(3 * 0.402022, AntiAliasing.Sigma(GridAxis.Create(30, 1, 3, GridAlignment.Center), 0.98), 1e-5);
        Assert.Equal(0, AntiAliasing.Sigma(GridAxis.Create(30, 2, 1, GridAlignment.Center), 0.98));
        Assert.Equal(0, AntiAliasing.Sigma(GridAxis.Unchanged(30, 2), 0.98));
    }

    [Fact]
    public void An_impulse_becomes_the_sampled_gaussian_along_the_axes_that_become_coarser()
    {
        // β for a σ of just one old voxel where spacing doubles: −8·ln β·2² = 1.
        var beta = Math.Exp(-1.0 / 32);
        var grid = new InterpolationGrid(GridAxis.Create(21, 1, 2, GridAlignment.Center), GridAxis.Unchanged(3, 1), GridAxis.Create(5, 4, 2, GridAlignment.Center));
        var voxels = new float[21 * 3 * 5];
        voxels[(2 * 3 + 1) * 21 + 10] = 1;
        var whole = VoxelBox.Whole((21, 3, 5));
        var smooth = AntiAliasing.Smoothed(new(voxels, whole), whole, grid, beta).Voxels;

        // e^(−k²/2) for k from −4 to 4 add up to 2.5066240…
        var sum = 1 + 2 * (Math.Exp(-0.5) + Math.Exp(-2) + Math.Exp(-4.5) + Math.Exp(-8));
        for (var x = 0; x < 21; x++)
        {
            var k = x - 10;
            Assert.Equal(Math.Abs(k) <= 4 ? Math.Exp(-k * k / 2.0) / sum : 0, smooth[(2 * 3 + 1) * 21 + x], 1e-7);
            Assert.Equal(0, smooth[(2 * 3 + 0) * 21 + x]);
            Assert.Equal(0, smooth[(1 * 3 + 1) * 21 + x]);
        }

        Assert.Equal(1, voxels[(2 * 3 + 1) * 21 + 10]);
    }

    [Fact]
    public void Stripes_finer_than_the_new_voxels_vanish_instead_of_showing_as_others()
    {
        // Voxels of 1 mm that alternate between 0 and 100, seen on voxels of 3 mm: every third is again 0 or 100 in turn.
        var (image, roi) = Stripes();
        var plain = Extract(image, roi, null);
        var smooth = Extract(image, roi, 0.98);
        Assert.Equal(100, plain.Features["stat_range"]!.Value, 1e-3);
        Assert.InRange(smooth.Features["stat_range"]!.Value, 0, 1);
        Assert.Equal(50, smooth.Features["stat_mean"]!.Value, 0.5);
    }

    [Fact]
    public void A_box_is_as_smooth_as_the_whole_image_makes_it()
    {
        var (image, roi) = Stripes();
        for (var n = 0; n < image.Voxels.Length; n++)
        {
            image.Voxels[n] = n * 7919 % 101;
        }

        // The whole image is processed for its diagnostics; what the ROI's own box gives must be the same.
        var all = new Mask(roi.Geometry, [.. Enumerable.Repeat((byte)1, roi.Geometry.Count)]);
        foreach (var method in new[] { InterpolationMethod.Linear, InterpolationMethod.CubicSpline })
        {
            var settings = Settings(0.9) with { Resampling = Settings(0.9).Resampling with { Method = method } };
            var grid = InterpolationGrid.Create(image.Geometry, VoxelBox.Whole((60, 9, 9)), settings.Resampling);
            var chain = new ImageChain(image, settings, grid, null, 1);
            var whole = chain.Process(VoxelBox.Whole(grid.Size), null);
            var box = new VoxelBox(9, 1, 1, 3, 1, 1);
            Assert.Equal(box.CutFrom(whole, VoxelBox.Whole(grid.Size)).Floats, chain.Process(box, null).Floats, new Close());
        }

        Assert.NotNull(FeatureExtractor.Extract(image, all, Settings(0.9)).Features["stat_mean"]);
    }

    [Theory]
    [InlineData("""{"name":"x","resampling":{"method":"linear","spacing":2,"antiAliasing":1}}""")]
    [InlineData("""{"name":"x","resampling":{"method":"linear","spacing":2,"antiAliasing":0}}""")]
    [InlineData("""{"name":"x","resampling":{"antiAliasing":0.98}}""")]
    public void A_smoothing_that_can_not_be_is_refused(string json)
    {
        var error = Assert.Throws<RadiomicsException>(() => ExtractionSettingsFile.Load(System.Text.Encoding.UTF8.GetBytes(json)));
        Assert.Equal("InvalidSettings", error.Code);
        Assert.Contains("antiAliasing", error.Detail);
    }

    private static FeatureVector Extract(Volume image, Mask roi, double? beta) => FeatureExtractor.Extract(image, roi, Settings(beta));

    private static ExtractionSettings Settings(double? beta) => new()
    {
        Name = "x",
        Families = [FeatureFamily.Statistics],
        Resampling = new() { Method = InterpolationMethod.Linear, Spacing = new(3, 3, 3), AntiAliasing = beta },
    };

    private static (Volume Image, Mask Roi) Stripes()
    {
        var g = new VolumeGeometry { SizeX = 60, SizeY = 9, SizeZ = 9, SpacingX = 1, SpacingY = 1, SpacingZ = 1 };
        var (voxels, inside) = (new float[g.Count], new byte[g.Count]);
        for (var n = 0; n < g.Count; n++)
        {
            voxels[n] = n % 60 % 2 * 100;
            inside[n] = n % 60 is >= 15 and < 45 ? (byte)1 : (byte)0;
        }

        return (new(g, voxels), new(g, inside));
    }

    private sealed class Close : IEqualityComparer<float>
    {
        public bool Equals(float x, float y) => Math.Abs(x - y) < 1e-4;

        public int GetHashCode(float value) => 0;
    }
}
