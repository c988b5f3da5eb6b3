namespace Radiomics.Extraction.Tests;

public class PerturbationTests
{
    private static readonly VolumeGeometry Geometry = new() { SizeX = 40, SizeY = 36, SizeZ = 18, SpacingX = 1, SpacingY = 1.5, SpacingZ = 3 };

    [Fact]
    public void A_shift_moves_image_and_roi_by_the_same_part_of_a_voxel()
    {
        var image = Image(p => 100 + 3 * p.X - 2 * p.Y + 5 * p.Z);
        var roi = Ball(12);
        var (moved, movedRoi) = Apply(image, roi, new() { Name = "shift", Translation = new(0.4, -0.3, 0.2) });

        // A linear ramp is reproduced exactly by the cubic weights, away from the border.
        var expected = image.Voxels[At(20, 18, 9)] - 3 * 0.4 * 1 + 2 * -0.3 * 1.5 - 5 * 0.2 * 3;
        Assert.Equal(expected, moved.Voxels[At(20, 18, 9)], 1e-3);
        var (before, after) = (Center(roi), Center(movedRoi));

        // The ROI's voxels can't be cut; its center follows as far as voxels that change sides allow.
        Assert.InRange(after.X - before.X, 0.1, 0.7);
        Assert.InRange(after.Y - before.Y, -0.75, -0.1);
        Assert.InRange(after.Z - before.Z, 0.1, 1.1);
    }

    [Fact]
    public void A_shift_by_whole_voxels_copies_them()
    {
        var image = Image(p => Math.Sin(p.X) * 50 + p.Y * p.Z);
        var (moved, roi) = Apply(image, Ball(12), new() { Name = "shift", Translation = new(2, -1, 1) });
        Assert.Equal(image.Voxels[At(20, 18, 9)], moved.Voxels[At(22, 17, 10)]);
        Assert.Equal(Ball(12).CountInside(), roi.CountInside());
    }

    [Fact]
    public void A_turn_goes_from_x_towards_y_in_millimetres()
    {
        // A rod along x through the center of the ROI, thick enough that the grid doesn't matter.
        var roi = Ball(15);
        var image = Image(p => Math.Exp(-p.Y * p.Y / 18));
        var (turned, _) = Apply(image, roi, new() { Name = "turn", Rotation = 20 });
        var (x, y) = (8 * Math.Cos(20 * Math.PI / 180), 8 * Math.Sin(20 * Math.PI / 180));
        var along = Nearest(turned, x, y);
        var mirrored = Nearest(turned, x, -y);
        Assert.True(along > 0.95, $"{along} on the turned rod");
        Assert.True(mirrored < 0.5, $"{mirrored} on the other side");
    }

    [Fact]
    public void A_turned_ball_keeps_its_volume()
    {
        var roi = Ball(15);
        var (_, turned) = Apply(Image(_ => 1), roi, new() { Name = "turn", Rotation = 7 });
        Assert.Equal(1.0, (double)turned.CountInside() / roi.CountInside(), 0.03);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(-0.1)]
    [InlineData(-0.6)]
    public void Growth_changes_the_volume_by_just_that_share(double share)
    {
        var roi = Ball(12);
        var (_, grown) = Apply(Image(_ => 1), roi, new() { Name = "growth", Growth = share });
        Assert.Equal((int)Math.Round(roi.CountInside() * (1 + share)), grown.CountInside(), 1.0);
        for (var n = 0; n < roi.Voxels.Length; n++)
        {
            Assert.True(share > 0 ? grown.Voxels[n] >= roi.Voxels[n] : grown.Voxels[n] <= roi.Voxels[n]);
        }
    }

    [Fact]
    public void Growth_takes_the_nearest_voxels_in_millimetres()
    {
        // One voxel of 1 × 1.5 × 3 mm doubled: the neighbour along x is nearest.
        var inside = new byte[Geometry.Count];
        inside[At(20, 18, 9)] = 1;
        var (_, grown) = Apply(Image(_ => 1), new(Geometry, inside), new() { Name = "growth", Growth = 1 });
        Assert.Equal(2, grown.CountInside());
        Assert.Equal(1, grown.Voxels[At(19, 18, 9)] + grown.Voxels[At(21, 18, 9)]);
    }

    [Theory]
    [InlineData(2.0)]
    [InlineData(0.7)]
    [InlineData(-1.2)]
    public void A_margin_moves_the_surface_by_that_much_though_voxels_are_larger(double margin)
    {
        var roi = Ball(13);
        var (_, changed) = Apply(Image(_ => 1), roi, new() { Name = "margin", Margin = margin });
        var radius = Math.Cbrt(roi.CountInside() * Geometry.VoxelVolume / (4 * Math.PI / 3));
        var expected = Math.Pow((radius + margin) / radius, 3);
        Assert.Equal(expected, (double)changed.CountInside() / roi.CountInside(), 0.1 * Math.Abs(expected - 1) + 0.01);
    }

    [Fact]
    public void Noise_is_as_strong_as_the_image_had_already()
    {
        var noise = Noise();
        var image = Image(p => 200 + p.X + p.Y);
        for (var n = 0; n < image.Voxels.Length; n++)
        {
            image.Voxels[n] += 8 * noise.Voxels[n];
        }

        var roi = Ball(15);
        Assert.Equal(8, NoiseEstimate.Of(image, roi), 0.5);
        var (noisy, _) = Apply(image, roi, new() { Name = "noise", Noise = 1 });
        var added = Enumerable.Range(0, image.Voxels.Length).Where(n => roi.Voxels[n] == 1).Select(n => (double)noisy.Voxels[n] - image.Voxels[n]).ToArray();
        Assert.Equal(8, Math.Sqrt(added.Average(d => d * d)), 0.7);
        Assert.Equal(0, added.Average(), 0.5);
    }

    [Fact]
    public void An_image_that_floats_would_round_is_perturbed_around_its_roi_and_keeps_its_numbers_elsewhere()
    {
        // Whole numbers about 2 · 10⁹, one apart, which floats hold in steps of 128.
        var small = Image(p => Math.Round(30 * Math.Sin(p.X / 3) + 20 * Math.Cos(p.Y / 4)));
        var roi = Ball(10);
        var large = Volume.Of(Geometry, [.. small.Voxels.Select(voxel => 2e9 + voxel)], PixelType.Int32);
        Assert.NotNull(large.Doubles);
        var perturbation = new Perturbation { Name = "moved", Translation = new(0.4, 0.2, 0), Noise = 1 };
        var (expected, expectedRoi) = Apply(small, roi, perturbation);
        var (changed, changedRoi) = Apply(large, roi, perturbation);
        Assert.Equal(expectedRoi.Voxels, changedRoi.Voxels);
        for (var n = 0; n < Geometry.Count; n++)
        {
            Assert.Equal(expected.Voxels[n], changed[n] - 2e9, 1e-3);
        }

        Assert.Same(large, Apply(large, roi, new() { Name = "grown", Growth = 0.1, Contour = true }).Image);
    }

    [Fact]
    public void Neither_threads_nor_runs_change_a_voxel_but_the_seed_does()
    {
        var image = Noise();
        var roi = Ball(12);
        foreach (var perturbation in Perturbations.Default)
        {
            var one = Perturbations.Apply(image, roi, perturbation, 7, maxThreads: 1);
            var many = Perturbations.Apply(image, roi, perturbation, 7, maxThreads: 4);
            Assert.Equal(one.Image.Voxels, many.Image.Voxels);
            Assert.Equal(one.Roi.Voxels, many.Roi.Voxels);
        }

        var noise = new Perturbation { Name = "noise", Noise = 1 };
        Assert.NotEqual(Apply(image, roi, noise, 1).Image.Voxels, Apply(image, roi, noise, 2).Image.Voxels);
    }

    [Fact]
    public void Two_perturbations_of_one_seed_draw_different_noise()
    {
        var image = Noise();
        var roi = Ball(12);
        Assert.NotEqual(
            Apply(image, roi, new() { Name = "a", Noise = 1 }).Image.Voxels,
            Apply(image, roi, new() { Name = "b", Noise = 1 }).Image.Voxels);
    }

    [Fact]
    public void The_given_image_and_roi_stay_as_they_are()
    {
        var image = Image(p => p.X * p.Y);
        var roi = Ball(10);
        var (voxels, inside) = ((float[])[.. image.Voxels], (byte[])[.. roi.Voxels]);
        foreach (var perturbation in Perturbations.Default)
        {
            Apply(image, roi, perturbation);
        }

        Assert.Equal(voxels, image.Voxels);
        Assert.Equal(inside, roi.Voxels);
    }

    [Fact]
    public void A_roi_that_would_vanish_is_an_error_with_a_code()
    {
        var inside = new byte[Geometry.Count];
        inside[At(20, 18, 9)] = 1;
        var roi = new Mask(Geometry, inside);
        Assert.Equal("PerturbationEmptiesRoi", Code(() => Apply(Image(_ => 1), roi, new() { Name = "eroded", Margin = -10 })));
        Assert.Equal("PerturbationEmptiesRoi", Code(() => Apply(Image(_ => 1), roi, new() { Name = "eroded", Growth = -0.9 })));
        Assert.Equal("EmptyRoi", Code(() => Apply(Image(_ => 1), new(Geometry, new byte[Geometry.Count]), new() { Name = "none" })));
        Assert.Equal("InvalidPerturbation", Code(() => Apply(Image(_ => 1), roi, new() { Name = "gone", Growth = -1 })));
    }

    [Fact]
    public void Default_perturbations_have_names_of_their_own() =>
        Assert.Equal(Perturbations.Default.Count, Perturbations.Default.Select(p => p.Name).Distinct().Count());

    private static (Volume Image, Mask Roi) Apply(Volume image, Mask roi, Perturbation perturbation, int seed = 7) =>
        Perturbations.Apply(image, roi, perturbation, seed);

    private static string Code(Action action) => Assert.Throws<RadiomicsException>(action).Code;

    private static int At(int i, int j, int k) => (k * Geometry.SizeY + j) * Geometry.SizeX + i;

    /// <summary>Millimetres from voxel (20, 18, 9).</summary>
    private static Point3 Position(int n) => new(
        (n % Geometry.SizeX - 20) * Geometry.SpacingX,
        (n / Geometry.SizeX % Geometry.SizeY - 18) * Geometry.SpacingY,
        (n / Geometry.SizeX / Geometry.SizeY - 9) * Geometry.SpacingZ);

    private static Volume Image(Func<Point3, double> intensity) =>
        new(Geometry, [.. Enumerable.Range(0, Geometry.Count).Select(n => (float)intensity(Position(n)))]);

    private static Volume Noise()
    {
        var random = new CounterRandom(5);
        return new(Geometry, [.. Enumerable.Range(0, Geometry.Count).Select(n => (float)random.Normal((ulong)n))]);
    }

    private static Mask Ball(double radius) =>
        new(Geometry, [.. Enumerable.Range(0, Geometry.Count).Select(n => Position(n).Length <= radius ? (byte)1 : (byte)0)]);

    private static Point3 Center(Mask roi)
    {
        var inside = Enumerable.Range(0, Geometry.Count).Where(n => roi.Voxels[n] == 1).Select(Position).ToArray();
        return new(inside.Average(p => p.X), inside.Average(p => p.Y), inside.Average(p => p.Z));
    }

    private static float Nearest(Volume image, double x, double y) =>
        image.Voxels[At(20 + (int)Math.Round(x / Geometry.SpacingX), 18 + (int)Math.Round(y / Geometry.SpacingY), 9)];
}
