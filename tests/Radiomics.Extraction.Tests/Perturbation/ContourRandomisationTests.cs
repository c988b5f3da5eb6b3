namespace Radiomics.Extraction.Tests;

public class ContourRandomisationTests
{
    private static readonly VolumeGeometry s_grid = new() { SizeX = 48, SizeY = 44, SizeZ = 20, SpacingX = 1, SpacingY = 1.2, SpacingZ = 2.5 };

    [Fact]
    public void Supervoxels_keep_to_the_edges_of_the_image()
    {
        // Two halves of other intensity, with the edge amid a cell of the initial grid: no supervoxel reaches over it.
        var voxels = Enumerable.Range(0, s_grid.Count).Select(n => n % 48 < 21 ? 0.2f : 0.8f).ToArray();
        var (labels, count) = Of(voxels);
        for (var label = 0; label < count; label++)
        {
            Assert.Single(Enumerable.Range(0, labels.Length).Where(n => labels[n] == label).Select(n => voxels[n]).Distinct());
        }
    }

    [Fact]
    public void Supervoxels_of_an_even_image_are_as_large_as_asked_for_and_all_of_it()
    {
        var (labels, count) = Of(new float[s_grid.Count]);

        // 48 × 44 × 20 voxels of 3 mm³ in cubes of about 500 mm³: 6 × 7 × 6 cells.
        Assert.Equal(6 * 7 * 6, count);
        Assert.All(labels.CountBy(label => label), one => Assert.InRange(one.Value * 3.0, 250, 1000));
        Assert.Equal(count, labels.Distinct().Count());
    }

    [Fact]
    public void Supervoxels_hang_together()
    {
        var random = new CounterRandom(3);
        var voxels = Enumerable.Range(0, s_grid.Count).Select(n => (float)(0.5 + 0.1 * random.Normal((ulong)n))).ToArray();
        GaussianSmoothing.Apply(voxels, (48, 44, 20), (1, 0.8, 0.4));
        var (labels, count) = Of(voxels);
        for (var label = 0; label < count; label++)
        {
            Assert.Equal(1, Pieces([.. labels.Select(one => one == label)]));
        }
    }

    [Fact]
    public void Share_is_probability_with_certainty_at_both_ends()
    {
        double[] shares = [0.95, 0.9, 0.19, 0, 0.5, 0.25];
        var often = new int[shares.Length];
        for (var seed = 0; seed < 4000; seed++)
        {
            var chosen = ContourRandomisation.Choose(shares, new CounterRandom((ulong)seed).Stream(4));
            for (var i = 0; i < shares.Length; i++)
            {
                often[i] += chosen[i] ? 1 : 0;
            }
        }

        // Of 4000 draws, within four standard deviations.
        Assert.Equal([4000, 4000, 0, 0], often[..4]);
        Assert.InRange(often[4], 2000 - 127, 2000 + 127);
        Assert.InRange(often[5], 1000 - 110, 1000 + 110);
        Assert.Equal([false, true], ContourRandomisation.Choose([0.01, 0.1], new CounterRandom(1)));
    }

    [Fact]
    public void A_roi_on_an_edge_keeps_it_and_one_without_edge_changes_its_rim()
    {
        var roi = Ball(14);
        var sharp = new Volume(s_grid, [.. roi.Voxels.Select(voxel => voxel == 1 ? 100f : 0f)]);
        var (_, kept) = Perturbations.Apply(sharp, roi, new() { Name = "contour", Contour = true }, 1);
        Assert.InRange(Dice(roi, kept), 0.97, 1);

        var random = new CounterRandom(9);
        var noise = new Volume(s_grid, [.. Enumerable.Range(0, s_grid.Count).Select(n => (float)random.Normal((ulong)n))]);
        var drawn = Enumerable.Range(1, 4).Select(seed => Perturbations.Apply(noise, roi, new() { Name = "contour", Contour = true }, seed).Roi).ToArray();
        Assert.All(drawn, one => Assert.InRange(Dice(roi, one), 0.6, 0.97));
        Assert.Equal(4, drawn.Select(one => one.CountInside()).Distinct().Count());
        Assert.Equal(drawn[0].Voxels, Perturbations.Apply(noise, roi, new() { Name = "contour", Contour = true }, 1, maxThreads: 1).Roi.Voxels);
    }

    [Fact]
    public void A_roi_of_one_voxel_and_voxels_without_numbers_are_let_pass()
    {
        var inside = new byte[s_grid.Count];
        inside[s_grid.Count / 2] = 1;
        var voxels = new float[s_grid.Count];
        voxels[3] = float.NaN;
        Assert.InRange(Perturbations.Apply(new(s_grid, voxels), new(s_grid, inside), new() { Name = "contour", Contour = true }, 1).Roi.CountInside(), 1, 1000);
    }

    [Fact]
    public void A_chain_draws_within_its_ranges_and_more_of_it_begin_alike()
    {
        var chain = new PerturbationChain { Rotation = 6, Translation = 0.5, Noise = 1, Volume = 0.15, Contour = true };
        var drawn = chain.Draw(200, 3);
        Assert.Equal("RTNVC", chain.Letters);
        Assert.All(drawn, one => Assert.True(
            Math.Abs(one.Rotation) <= 6 && Math.Abs(one.Translation.X) <= 0.5 && Math.Abs(one.Growth) <= 0.15 && one is { Noise: 1, Contour: true }));
        Assert.InRange(drawn.Max(one => one.Rotation), 5, 6);
        Assert.InRange(drawn.Min(one => one.Growth), -0.15, -0.12);
        Assert.Equal(drawn.Take(20), chain.Draw(20, 3));
        Assert.NotEqual(drawn.Take(20), chain.Draw(20, 4));
        Assert.Equal("V", new PerturbationChain { Volume = 0.1 }.Letters);
        Assert.Equal("InvalidPerturbation", Assert.Throws<RadiomicsException>(() => new PerturbationChain().Draw(1, 1)).Code);
        Assert.Equal("InvalidPerturbation", Assert.Throws<RadiomicsException>(() => (chain with { Volume = 1 }).Draw(1, 1)).Code);
    }

    private static (int[] Labels, int Count) Of(float[] voxels) => Supervoxels.Of(voxels, (48, 44, 20), (1, 1.2, 2.5), 500);

    private static int Pieces(bool[] voxels)
    {
        var pieces = 0;
        var waiting = new Stack<int>();
        for (var n = 0; n < voxels.Length; n++)
        {
            if (!voxels[n])
            {
                continue;
            }

            pieces++;
            waiting.Push(n);
            while (waiting.TryPop(out var at))
            {
                voxels[at] = false;
                var (x, y, z) = (at % 48, at / 48 % 44, at / 48 / 44);
                foreach (var (isThere, to) in new[] { (x > 0, at - 1), (x < 47, at + 1), (y > 0, at - 48), (y < 43, at + 48), (z > 0, at - 48 * 44), (z < 19, at + 48 * 44) })
                {
                    if (isThere && voxels[to])
                    {
                        waiting.Push(to);
                    }
                }
            }
        }

        return pieces;
    }

    private static double Dice(Mask a, Mask b) => 2.0 * a.Voxels.Zip(b.Voxels).Count(pair => pair is (1, 1)) / (a.CountInside() + b.CountInside());

    private static Mask Ball(double radius) => new(s_grid, [.. Enumerable.Range(0, s_grid.Count).Select(n =>
        new Point3(n % 48 - 23.5, (n / 48 % 44 - 21.5) * 1.2, (n / 48 / 44 - 9.5) * 2.5).Length <= radius ? (byte)1 : (byte)0)]);
}
